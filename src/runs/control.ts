import { messages } from '../../schemas/run';
import { classifyTemporalError } from '../temporal/errors';
import { noSuchRun, RunError } from './errors';
import type { RunDependencies } from './ports';
import { createSignaller } from './signal';

export type Control = 'pause' | 'resume' | 'cancel';

/** The parts of a run's world that requests need. */
type ControllerParts = Pick<RunDependencies, 'temporal' | 'prover'> & {
  store: Pick<RunDependencies['store'], 'readRecord'>;
};

/**
 * Asks a run to pause, resume or end. `through`: the workflow id of the run around it, of which it was asked. Needs no
 * worker: Temporal keeps the request until there is one.
 */
export function createController(dependencies: ControllerParts) {
  const { temporal, store } = dependencies;
  const signal = createSignaller(dependencies);
  return async function control(workflowId: string, what: Control, by: string, through?: string): Promise<void> {
    if (await signal(workflowId, messages[what], through === undefined ? { by } : { by, through })) return;
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
