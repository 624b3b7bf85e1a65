import { randomUUID } from 'node:crypto';
import type { Change, ChangeInput, ChangeResult } from '../../../schemas/change/run';
import { workflowIdOf } from '../../temporal/ids';
import { explainFault } from '../faults';
import type { RunDependencies } from '../ports';
import { createRunStarter } from '../start-run';

/** Milliseconds that a caller waits until its change is made and told. */
const PATIENCE = 10_000;

/** A change that somebody wants. */
export interface WantedChange {
  change: Change;
  by: string;
  /** the same name is the same change; one of its own if left out */
  name?: string;
}

/** A change that is made, or, where that takes longer than the caller waits, that goes on by itself. */
export type MadeChange = { workflow_id: string } & ({ made: true; result: ChangeResult } | { made: false });

/** Starts changes. Each is durable once this returns. Throws `unavailable` while Temporal is away. */
export function createChangeStarter(dependencies: Pick<RunDependencies, 'temporal' | 'settings'>) {
  const startRun = createRunStarter(dependencies);
  return async function startChange({ change, by, name = randomUUID() }: WantedChange): Promise<string> {
    const { namespace } = dependencies.settings;
    const run = `${subjectOf(change)} ${name}`;
    const workflowId = workflowIdOf(namespace, 'change', run);
    const input: ChangeInput = { change, by, correlation_id: workflowId };
    const title = `${subjectOf(change)}, by ${by}`.slice(0, 200);
    await startRun({ process: 'change', name: run, subject: workflowId, input, memo: { title, by }, summary: title });
    return workflowId;
  };
}

export type StartChange = ReturnType<typeof createChangeStarter>;

/** Has changes made, and waits for that, for a while. Throws `no_worker` and `unavailable`, and what the change fails with. */
export function createChanger(dependencies: Pick<RunDependencies, 'temporal' | 'settings'>) {
  const { temporal } = dependencies;
  const startChange = createChangeStarter(dependencies);
  return async function makeChange(wanted: WantedChange): Promise<MadeChange> {
    const workflow_id = await startChange(wanted);
    try {
      const result = await temporal.call(
        (client) => client.workflow.getHandle(workflow_id).result() as Promise<ChangeResult>,
        PATIENCE,
      );
      return { workflow_id, made: true, result };
    } catch (error) {
      const fault = await explainFault(temporal, error, { noun: 'change', run: workflow_id });
      if (fault.fault === 'unavailable' || fault.fault === 'no_worker') return { workflow_id, made: false };
      throw fault;
    }
  };
}

function subjectOf(change: Change): string {
  if (change.what === 'webhook') return `webhook ${change.webhook_id} ${change.state}`;
  return 'workflow' in change ? `memory of ${change.workflow} deleted` : `memory ${change.namespace} deleted`;
}
