import type { Json } from '../../schemas/json';
import type { messages } from '../../schemas/run';
import { classifyTemporalError } from '../temporal/errors';
import { explainFault } from './faults';
import type { RunDependencies } from './ports';

/** What a person wants of a run, as its signal holds it. */
type Request = { by: string; [name: string]: Json };

/**
 * Sends signals with a proof of who has asked. Needs no worker: Temporal keeps them until there is one. False where no
 * such run is open. Throws `unavailable`.
 */
export function createSignaller({ temporal, prover }: Pick<RunDependencies, 'temporal' | 'prover'>) {
  return async function signal(
    workflowId: string,
    name: (typeof messages)['pause' | 'resume' | 'cancel' | 'change'],
    content: Request,
  ): Promise<boolean> {
    const proof = prover.prove({ run: workflowId, name, content });
    try {
      await temporal.call((client) =>
        client.workflow.getHandle(workflowId).signal<[Request]>(name, { ...content, proof: { ...proof } }),
      );
      return true;
    } catch (error) {
      const fault = classifyTemporalError(error);
      if (fault.fault === 'not_found') return false;
      throw await explainFault(temporal, fault);
    }
  };
}
