import { CancellationScope, continueAsNew, isCancellation, workflowInfo } from '@temporalio/workflow';
import { ApplicationFailure } from '@temporalio/common';
import { scheduledName, type ScheduledInput, type ScheduledRun } from '../schemas/schedules/run';
import { Work } from './engine/work';

/** Milliseconds between two looks at what was started, growing from the first to the last. */
const PAUSE = { first: 2_000, last: 60_000 };

/** Looks after which it goes on as a new run, so that its history stays short. */
const LOOKS = 200;

/**
 * A start of a schedule: it starts a job or an audit, by the starter that everybody uses, and lasts as long as that does,
 * so that the schedule knows what still runs. Cancelled, it cancels what it has started.
 */
export async function scheduled(input: ScheduledInput, started?: ScheduledRun): Promise<ScheduledRun> {
  const work = new Work();
  const { schedule_id } = input;
  const name = scheduledName(schedule_id, workflowInfo().workflowId);
  if (name === undefined) throw ApplicationFailure.nonRetryable('only a schedule starts this', 'schedule.no_time');
  const run = started ?? (await work.io('startScheduled', { ...input, name }, `start ${name}`));
  const look = { workflow_id: run.workflow_id };
  try {
    for (let looks = 0, pause = PAUSE.first; !(await work.io('hasEnded', look, 'does it still run?')); looks++) {
      if (looks >= LOOKS) return await continueAsNew(input, run);
      await work.rest(pause, `until ${name} has ended`);
      pause = Math.min(PAUSE.last, pause * 2);
    }
    return run;
  } catch (error) {
    const cancel = { ...look, by: `schedule ${schedule_id}` };
    if (isCancellation(error))
      await CancellationScope.nonCancellable(() => work.io('cancelScheduled', cancel, `cancel ${name}`));
    throw error;
  }
}
