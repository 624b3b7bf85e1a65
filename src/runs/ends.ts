import type { ProcessName } from '../../schemas/processes';
import { auditEnd } from './audit/end';
import { dispatchEnd } from './audit/dispatch-end';
import { failedRun, type OutsideEnd } from './end';
import { operationEnd } from './operations/end';
import { orderEnd } from './order/end';

/** The end of a process that says what every run of a plan says. */
const planEnd: OutsideEnd = { lastEvent: ({ workflow_id }, error) => failedRun(workflow_id, error) };

/** How the end of a run is worded that is told from outside: a row a process. */
const ends = {
  audit: auditEnd,
  dispatch: dispatchEnd,
  order: orderEnd,
  operations: operationEnd,
  run: planEnd,
} satisfies Record<ProcessName, OutsideEnd>;

/** How a process words such an end; one that this release does not know is worded as a run of a plan. */
export const outsideEndOf = (process: string): OutsideEnd =>
  Object.hasOwn(ends, process) ? ends[process as ProcessName] : planEnd;
