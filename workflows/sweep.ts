import { setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { SweepResult, SweepState } from '../activities/operations/upkeep';
import { Work } from './engine/work';

/** Input of the sweeper; the schedule gives none. */
export interface SweepInput {
  /** where the first pass begins; else where the last successful run has ended */
  from?: SweepState;
  /** of this run: an hour of them, so that Temporal's list is not full of passes, and an old release is soon left */
  passes?: number;
  /** milliseconds between two */
  pause?: number;
}

/**
 * Passes over the runs that cannot speak for themselves: terminated, timed out, reset. Each begins where the one before
 * has ended. A schedule starts the next run within a minute of this one's end, however it ends.
 */
export async function sweep({ from, passes = 60, pause = 60_000 }: SweepInput = {}): Promise<SweepResult> {
  const work = new Work();
  const pass = (before: SweepState | null) => work.upkeep('sweepRuns', { before }, 'look after runs that cannot speak');
  let result = await pass(from ?? (workflowInfo().lastResult as SweepState | undefined) ?? null);
  for (let done = 1; done < passes; done++) {
    const { until, epoch } = result;
    setCurrentDetails(`Looks after runs that cannot speak for themselves. Last pass: ${until}`);
    await work.rest(pause, 'until the next pass');
    result = await pass({ until, epoch });
  }
  return result;
}
