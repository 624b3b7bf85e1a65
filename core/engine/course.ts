import type { RecordedCourse } from '../../schemas/recordings/recording';
import type { Job } from './job';
import { outermostOf } from './row-id';
import type { StepTable } from './table';

/** The name of an execution in a recorded course. */
export const executionOf = (step: string, round: number): string => `${step} ${round}`;

/** True for a step whose execution under way was cut off when it was recorded. */
export const isCut = ({ cut }: Pick<RecordedCourse, 'cut'>, step: string, table: Pick<StepTable, 'get'>): boolean =>
  cut.includes(executionOf(step, table.get(step).rounds));

/** True for a job that a replay does not begin: not at all, or not before the steps have ended that had ended then. */
export function isHeldBack(
  { idle, before, cut }: RecordedCourse,
  { do: what, step }: Job,
  table: Pick<StepTable, 'get' | 'hasEnded'>,
): boolean {
  if (idle.includes(step.id)) return true;
  const id = outermostOf(step.id);
  // a list or a group that was cut off does not come to its end, whatever its parts have come to
  if ((what === 'gather' || what === 'close') && step.id === id && isCut({ cut }, id, table)) return true;
  const ended = before[executionOf(id, table.get(id).rounds + 1)] ?? [];
  return ended.some((other) => !table.hasEnded(other));
}
