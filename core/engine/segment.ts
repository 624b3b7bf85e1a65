import type { Failure } from '../../schemas/catalogue';
import type { PlatformEvent } from '../../schemas/envelope';
import type { Json } from '../../schemas/json';
import type { PlanPage } from '../../schemas/loaded-plan';
import type { PolicyLimits } from '../../schemas/policy';
import type { Ref, Value } from '../../schemas/refs';
import type { RecordedCourse } from '../../schemas/recordings/recording';
import type { RunView } from '../../schemas/run';
import type { Terms } from '../../schemas/terms';
import type { ToolMode } from '../../schemas/tool';
import type { CausesState } from './causes';
import type { Lineage } from './event';
import type { Job } from './job';
import type { StepState, TableState } from './table';
import type { StepMoment } from './voice';

/**
 * A moment of a step as it travels: by the step's id, with its time (UTC milliseconds); with its state where the rows that
 * travel along may lack it, since its group has ended.
 */
export type SegmentMoment = { [A in StepMoment['at']]: Travelling<Extract<StepMoment, { at: A }>> }[StepMoment['at']];
type Travelling<M extends StepMoment> = Omit<M, 'step' | 'state'> & { step: string; time: number; state?: StepState };

/** Permission to end the run at the end of the plan, with all that the end needs besides the table. */
export interface EndingOffer {
  view: RunView;
  archives: Ref[];
  /** the run's events that are in no archive */
  events: PlatformEvent[];
  /** the number of the last event that is known to be in the stream */
  flushed: number;
  before: Lineage;
  causes: CausesState;
}

/** A part of a plan that one activity carries out. */
export interface SegmentTask {
  plan: Ref;
  /** value that the plan's expressions see as `input` */
  input: Value;
  correlation_id: string;
  mode: ToolMode;
  /** bounds of the whole run, and the steps that this segment may begin */
  limits?: PolicyLimits;
  allowance?: number;
  /** what else holds for each call of the run */
  terms?: Terms;
  /** steps at a time; the plan's own bound, unless given */
  most?: number;
  /** the table of steps: a snapshot in the document store, and the rows that have changed since */
  base?: Ref;
  rows: TableState;
  /** somebody has paused the run: no step begins */
  paused?: boolean;
  /** of a replay: the course of the recorded run */
  course?: RecordedCourse;
  /** the workflow does not know the plan yet: the answer brings its first page */
  unknown?: true;
  ending?: EndingOffer;
}

/** Result of a segment: one answer, so that nothing interleaves. */
export type SegmentAnswer =
  | {
      /** rows that have changed, and moments in their order */
      rows: TableState;
      moments: SegmentMoment[];
      /** steps that have begun, as limits count them */
      begun?: number;
      /** a snapshot of the whole table, where it has grown */
      base?: Ref;
      page?: PlanPage;
    }
  | { ended: SegmentEnd };

/** End of a run in a segment. Its record is written; its events are out up to `flushed`. */
export interface SegmentEnd {
  status: 'completed' | 'failed';
  result: Json;
  error?: Failure;
  seq: number;
  flushed: number;
}

/** True for a job that begins an execution of a tool or an agent, as limits count them; another attempt is none. */
export const isExecution = ({ do: what }: Job, { apart }: StepState): boolean => what === 'round' && !apart;

/** Place of a job: a segment for short ones, the workflow itself for the others. */
export function placeOf(job: Job, { apart }: StepState): 'segment' | 'workflow' {
  switch (job.do) {
    case 'condition':
    case 'list':
    case 'gather':
    case 'open':
    case 'close':
      return 'segment';
    case 'round':
      return job.step.class?.class === 'local' && !apart ? 'segment' : 'workflow';
    case 'check':
      return job.until.class.class === 'local' && !apart ? 'segment' : 'workflow';
    case 'rest':
    case 'review':
    case 'ask':
    case 'wait':
      return 'workflow';
  }
}
