import { messages, type ControlRequest } from '../../schemas/run';
import { classifyTemporalError } from '../temporal/errors';
import { noSuchRun, RunError } from './errors';
import { explainFault } from './faults';
import type { RunDependencies } from './ports';

export type Control = 'pause' | 'resume' | 'cancel';

/** Asks a run to pause, resume or end. Needs no worker: Temporal keeps the request until there is one. */
export function createController({ temporal, store, prover }: RunDependencies) {
  return async function control(workflowId: string, what: Control, by: string): Promise<void> {
    const proof = prover.prove({ run: workflowId, name: messages[what], content: { by } });
    try {
      await temporal.call((client) =>
        client.workflow.getHandle(workflowId).signal<[ControlRequest]>(messages[what], { by, proof }),
      );
    } catch (error) {
      const fault = classifyTemporalError(error);
      if (fault.fault !== 'not_found') throw await explainFault(temporal, fault);
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
    }
  };
}
