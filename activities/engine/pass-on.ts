import { ApplicationFailure, Context } from '@temporalio/activity';
import { createController } from '../../src/runs/control';
import { RunError } from '../../src/runs/errors';
import type { RunDependencies } from '../../src/runs/ports';

/** A pause of a run, or its end, for an execution within it. `by`: the person who has asked it of that run. */
export interface PassedOn {
  workflow_id: string;
  request: 'pause' | 'resume';
  by: string;
}

/** Messages of a run to the executions within it, sent as the API sends those of people: with a proof. */
export function createPassOnActivities({ temporal, records, prover }: PassOnParts) {
  const control = createController({ temporal, store: records, prover });
  return {
    /** An execution that has ended needs none; one whose start is still on its way is told at the next attempt. */
    async passOn({ workflow_id, request, by }: PassedOn): Promise<void> {
      const { workflowId: through } = Context.current().info.workflowExecution ?? {};
      try {
        await control(workflow_id, request, by, through);
      } catch (error) {
        if (!(error instanceof RunError)) throw error;
        if (error.fault === 'closed') return;
        throw ApplicationFailure.retryable(error.message, `run.${error.fault}`);
      }
    },
  };
}

export interface PassOnParts extends Pick<RunDependencies, 'temporal' | 'prover'> {
  records: Pick<RunDependencies['store'], 'readRecord'>;
}
