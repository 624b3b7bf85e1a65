import { ApplicationFailure } from '@temporalio/activity';
import type { ScheduledInput, ScheduledRun } from '../../schemas/schedules/run';
import type { Documents } from '../../src/documents/content';
import { RunError, type AuditRequest, type JobRequest, type Runs } from '../../src/runs';
import { classifyTemporalError } from '../../src/temporal/errors';
import type { TemporalPort } from '../../src/temporal/client';
import { withStore } from '../engine/values';

export interface ScheduleActivityParts {
  documents: Documents;
  temporal: Pick<TemporalPort, 'call'>;
  runs: Pick<Runs, 'startJob' | 'startAudit' | 'control'>;
}

/** Activities of schedules: a start, and what becomes of it. All may be repeated at will. */
export function createScheduleActivities({ documents, temporal, runs }: ScheduleActivityParts) {
  return {
    /** Starts a job or an audit under a name, once. */
    async startScheduled({ kind, request, name }: ScheduledInput & { name: string }): Promise<ScheduledRun> {
      const asked: unknown = await withStore(() => documents.fromValue(request));
      const { workflow_id } = await onRuns<ScheduledRun>(() =>
        kind === 'job'
          ? runs.startJob({ ...(asked as JobRequest), job_id: name })
          : runs.startAudit({ ...(asked as AuditRequest), project_id: name }),
      );
      return { workflow_id };
    },

    /** True when no execution of a run is open. */
    async hasEnded({ workflow_id }: ScheduledRun): Promise<boolean> {
      try {
        const { status } = await temporal.call((client) => client.workflow.getHandle(workflow_id).describe());
        return status.name !== 'RUNNING';
      } catch (error) {
        if (classifyTemporalError(error).fault === 'not_found') return true;
        throw error;
      }
    },

    /** Cancels a run, unless it has ended. */
    async cancelScheduled({ workflow_id, by }: ScheduledRun & { by: string }): Promise<void> {
      await onRuns(() => runs.control(workflow_id, 'cancel', by)).catch((error: unknown) => {
        if (!(error instanceof ApplicationFailure && error.type === 'run.closed')) throw error;
      });
    },
  };
}

export type ScheduleActivities = ReturnType<typeof createScheduleActivities>;

/** Runs work on runs; its faults tell Temporal to try again, or not to. */
async function onRuns<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    const nonRetryable = error.fault !== 'unavailable' && error.fault !== 'no_worker';
    throw ApplicationFailure.create({ message: error.message, type: `run.${error.fault}`, nonRetryable });
  }
}
