import type { RunRecord } from '../../../schemas/run';
import type { RetryDeadTask } from '../../dlq/task-mover';
import { workflowIdOf } from '../../temporal/ids';
import { RunError } from '../errors';
import type { RunDependencies } from '../ports';
import { createJobChanger } from './change';

/** The dead task by which a job has ended, by the event that told of it. */
const deadTaskOf = ({ events, status }: RunRecord): string | undefined =>
  status === 'failed' ? events.findLast(({ event_type }) => event_type === 'TASK.DEAD_LETTERED')?.event_id : undefined;

/** Retries dead tasks: the retry of a job's task, for a job that still stands where its letter says. */
export function createDeadTaskRetrier(dependencies: RunDependencies): RetryDeadTask {
  const changeJob = createJobChanger(dependencies);
  return async function retryDeadTask({ job_id, run, step, event_id }, by) {
    if (run !== workflowIdOf(dependencies.settings.namespace, 'job', job_id))
      return { refused: `${run} is not the run of job ${job_id}: the letter was not written by a job` };
    const record = await dependencies.store.readRecord(run);
    if (!record || deadTaskOf(record) !== event_id) return 'stale';
    try {
      await changeJob(job_id, by, { do: 'retry', step });
      return 'retried';
    } catch (error) {
      if (!(error instanceof RunError) || error.fault === 'unavailable') throw error;
      return error.fault === 'not_found' ? 'stale' : { refused: error.message };
    }
  };
}
