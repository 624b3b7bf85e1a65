import { randomUUID } from 'node:crypto';
import { ApplicationFailure, WorkflowFailedError } from '@temporalio/client';
import type { RevisionInput, StoredVersion } from '../../../schemas/definition/run';
import { workflowIdOf } from '../../temporal/ids';
import { RunError } from '../errors';
import { explainFault } from '../faults';
import type { RunDependencies } from '../ports';
import { createRunStarter } from '../start-run';
import { definitionKey } from './execution';

/** Milliseconds that a caller waits until its version is written and told. */
const PATIENCE = 10_000;

/**
 * Has a version of a definition written and told. Throws `conflict` where somebody else has written one under its
 * number, `no_worker` and `unavailable` where it is not known whether it will be: it is read again then.
 */
export function createReviser(dependencies: Pick<RunDependencies, 'temporal' | 'store' | 'settings'>) {
  const { temporal, store, settings } = dependencies;
  const startRun = createRunStarter(dependencies);
  return async function commitVersion(stored: StoredVersion, name: string): Promise<void> {
    const { id, version, change, by, from } = stored;
    const run = `${definitionKey(id, version)} ${randomUUID()}`;
    const workflowId = workflowIdOf(settings.namespace, 'revision', run);
    const input: RevisionInput = {
      stored: await store.putValue(stored),
      about: { id, version, change, by, from, name },
      correlation_id: workflowId,
    };
    await startRun({
      process: 'revision',
      name: run,
      subject: workflowId,
      input,
      memo: { title: `${id}, version ${version}: ${change}`, by },
      summary: `${id}, version ${version}: ${change} by ${by}`.slice(0, 200),
    });
    try {
      await temporal.call((client) => client.workflow.getHandle(workflowId).result(), PATIENCE);
    } catch (error) {
      const failed = failureIn(error);
      if (failed?.type === 'definition.conflict')
        throw new RunError('conflict', 'Somebody else has just changed the definition. Read it, and try again.');
      throw failed ?? (await explainFault(temporal, error, { noun: 'change of the definition', run: workflowId }));
    }
  };
}

/** Why the workflow has failed; undefined where it has not. */
function failureIn(error: unknown): ApplicationFailure | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++)
    if (current instanceof WorkflowFailedError && current.cause instanceof ApplicationFailure) return current.cause;
  return undefined;
}
