import type { Joined } from '../../core/joined';
import { createAttemptReader } from './attempts';
import { createClosedSince } from './closed-since';
import { createController } from './control';
import { createUnderWayCounts } from './count-runs';
import { createDecider } from './decide';
import type { ProcessRuns } from './end';
import { closedOutside } from './ends';
import type { RunDependencies } from './ports';
import * as processes from './processes';
import { createRunReader } from './read-run';

export { RunError, type RunFault, type Pointed } from './errors';
export type { RunDependencies, RunSettings, RunStore } from './ports';
export { newProjectId, type AuditRequest, type AuditStarted } from './audit/start';
export { newAgentRunId, newJobId, type JobRequest, type JobStarted } from './job/start';
export type { WantedChange } from './job/change';
export type { JobNow } from './job/desk';
export type { ListedAgentRun, ListedJob } from './job/list';
export { newOperationName, type OperationRequest } from './operations/start';
export { newOrderId, type OrderRequest, type OrderStarted } from './order/start';
export type { ListedOrder } from './order/list';
export type { DraftPart, Made, OrderNow } from './order/desk';
export type { EventsAnswer } from './read-run';
export type { Control } from './control';

type Row = (typeof processes)[keyof typeof processes];
type OperationsOf<R> = R extends { operations(...given: never): infer O } ? O : never;

/** All operations of the API, the CLI and the consumers on runs. Holds no state of its own. */
export function createRuns(dependencies: RunDependencies) {
  const rows: ProcessRuns[] = Object.values(processes);
  const reader = createRunReader(dependencies, closedOutside);
  const operations = rows.map((row) => row.operations?.(dependencies, reader));
  return {
    ...(Object.assign({}, ...operations) as Joined<OperationsOf<Row>>),
    ...reader,
    decide: createDecider(dependencies),
    control: createController(dependencies),
    readAttempts: createAttemptReader(dependencies),
    closedSince: createClosedSince(dependencies),
    countUnderWay: createUnderWayCounts(dependencies),
  };
}

export type Runs = ReturnType<typeof createRuns>;
