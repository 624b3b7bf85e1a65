import { messages } from '../../schemas/run';
import { classifyTemporalError } from '../temporal/errors';
import { noSuchRun, RunError } from './errors';
import type { RunDependencies } from './ports';
import { createSignaller } from './signal';

export type Control = 'pause' | 'resume' | 'cancel';

/** Asks a run to pause, resume or end. Needs no worker: Temporal keeps the request until there is one. */
export function createController(dependencies: Pick<RunDependencies, 'temporal' | 'store' | 'prover'>) {
  const { temporal, store } = dependencies;
  const signal = createSignaller(dependencies);
  return async function control(workflowId: string, what: Control, by: string): Promise<void> {
    if (await signal(workflowId, messages[what], { by })) return;
    const ended =
      (await store.readRecord(workflowId)) !== undefined ||
      (await temporal
        .call((client) => client.workflow.getHandle(workflowId).describe(), 1_000)
        .then(() => true)
        .catch((e: unknown) => {
          if (classifyTemporalError(e).fault === 'not_found') return false;
          throw e;
        }));
    if (ended) throw new RunError('closed', 'The run has ended.');
    throw noSuchRun(workflowId);
  };
}
