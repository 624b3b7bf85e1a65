import type { ProcessName } from '../../schemas/processes';
import { auditEnd } from './audit/end';
import { dispatchEnd } from './audit/dispatch-end';
import { failedRun, type OutsideEnd } from './end';
import { operationEnd } from './operations/end';
import { orderEnd } from './order/end';

/** The end of a process whose events are those of any run of a plan. */
const planEnd: OutsideEnd = { lastEvent: ({ workflow_id }, error) => failedRun(workflow_id, error) };

/** Words for the end of a run that is told from outside, one row per process. */
const ends = {
  audit: auditEnd,
  dispatch: dispatchEnd,
  order: orderEnd,
  operations: operationEnd,
  run: planEnd,
} satisfies Record<ProcessName, OutsideEnd>;

/** A process's words for such an end; a process unknown to this release is worded as a run of a plan. */
export const outsideEndOf = (process: string): OutsideEnd =>
  Object.hasOwn(ends, process) ? ends[process as ProcessName] : planEnd;
