import { Context } from '@temporalio/activity';
import { classifyTemporalError } from '../../src/temporal/errors';
import type { TemporalPort } from '../../src/temporal/client';

export function createCancelActivities({ temporal }: { temporal: Pick<TemporalPort, 'call'> }) {
  return {
    /** Asks Temporal to cancel the run that asks for this: one that a person has cancelled is then called so. */
    async requestCancel(run: { workflow_id: string }): Promise<void> {
      const { runId } = Context.current().info.workflowExecution ?? {};
      try {
        await temporal.call((client) => client.workflow.getHandle(run.workflow_id, runId).cancel());
      } catch (error) {
        const fault = classifyTemporalError(error);
        if (fault.fault !== 'not_found') throw fault;
      }
    },
  };
}

export type CancelActivities = ReturnType<typeof createCancelActivities>;
