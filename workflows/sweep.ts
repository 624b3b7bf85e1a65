import { workflowInfo } from '@temporalio/workflow';
import type { SweepResult, SweepState } from '../activities/operations/upkeep';
import { Work } from './engine/work';

/**
 * A pass over the runs that cannot speak for themselves: terminated, timed out, reset. A schedule starts it every
 * minute; each pass begins where the last successful one ended, or where it is told to.
 */
export async function sweep(from?: SweepState): Promise<SweepResult> {
  const before = from ?? (workflowInfo().lastResult as SweepState | undefined) ?? null;
  return await new Work().upkeep('sweepRuns', { before }, 'look after runs that cannot speak');
}
