import { temporal as protocol } from '@temporalio/proto';
import type { TemporalPort } from './client';
import { queueName } from './ids';

/** A run whose workflow tasks fail again and again: it stands still until a worker has code that fits it. */
export interface StuckRun {
  workflow_id: string;
  process: string;
  /** when its task failed for the first time, ISO 8601 */
  since: string;
  attempts: number;
  reason: string;
}

/** Attempts from which on a task fails again and again: one or two fail when a worker is killed. */
const AGAIN = 3;

/** Milliseconds between two looks; for one call. */
const EVERY = 10_000;
const LIMIT = 1_500;

/** Open runs that one look takes in, and of these at once. The server's index does not tell which are stuck. */
const PAGE = 200;
const AT_ONCE = 10;

/**
 * Watches for stuck runs among the open ones. Each reading is answered at once, with those that were found so far, and
 * makes the next look follow: at a page of the open runs, and at those found before. 1,000 open runs are seen through
 * after five looks.
 */
export function watchStuckRuns(temporal: TemporalPort, namespace: string): () => StuckRun[] {
  const found = new Map<string, StuckRun>();
  let token: Uint8Array = new Uint8Array();
  let next = 0;

  async function look(): Promise<void> {
    const page = await openRuns(temporal, namespace, token, PAGE);
    token = page.token;
    await lookAt(
      temporal,
      [...new Set([...found.keys(), ...page.runs.map(({ workflow_id }) => workflow_id)])],
      (id, run) => (run ? found.set(id, run) : found.delete(id)),
    );
  }

  return () => {
    if (Date.now() >= next) {
      next = Infinity;
      // while Temporal is away, what was found stays
      const over = () => void (next = Date.now() + EVERY);
      look().then(over, over);
    }
    return inOrder(found);
  };
}

/** The stuck runs among the newest open ones, `most` at most. Rejects while Temporal is away. */
export async function findStuckRuns(temporal: TemporalPort, namespace: string, most: number): Promise<StuckRun[]> {
  const { runs } = await openRuns(temporal, namespace, new Uint8Array(), most);
  const found = new Map<string, StuckRun>();
  const ids = runs.map(({ workflow_id }) => workflow_id);
  await lookAt(temporal, ids, (id, run) => run && found.set(id, run));
  return inOrder(found);
}

/** The first to stand still is the first. */
const inOrder = (found: Map<string, StuckRun>): StuckRun[] =>
  [...found.values()].sort((a, b) => a.since.localeCompare(b.since));

/** The line about a stuck run for operators. */
export const stuckLine = ({ workflow_id, since, attempts, reason }: StuckRun): string =>
  `${workflow_id} stands still since ${since}, ${attempts} attempts: ${reason}`;

/** An open run, as the server's index knows it. */
export interface OpenRun {
  workflow_id: string;
  run_id: string;
  process: string;
  /** ISO 8601 */
  started_at: string;
}

/** A page of open runs from the server's index, newest first. */
export async function openRuns(
  temporal: TemporalPort,
  namespace: string,
  token: Uint8Array,
  pageSize: number,
): Promise<{ runs: OpenRun[]; token: Uint8Array }> {
  const query = `TaskQueue = '${queueName(namespace, 'workflows')}' AND ExecutionStatus = 'Running'`;
  const { executions, nextPageToken } = await temporal.call(
    ({ workflowService }) =>
      workflowService.listWorkflowExecutions({
        namespace: temporal.namespace,
        query,
        pageSize,
        nextPageToken: token,
      }),
    LIMIT,
  );
  const runs = (executions ?? []).map(({ execution, type, startTime }) => ({
    workflow_id: execution?.workflowId ?? '',
    run_id: execution?.runId ?? '',
    process: type?.name ?? '',
    started_at: instantOf(startTime),
  }));
  return { runs, token: nextPageToken ?? new Uint8Array() };
}

async function lookAt(
  temporal: TemporalPort,
  ids: string[],
  see: (id: string, run: StuckRun | undefined) => unknown,
): Promise<void> {
  const queue = ids.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const id of queue) see(id, await findStuck(temporal, id));
    }),
  );
}

/** The run, if it is stuck: what the server knows of it, without a worker. */
export async function findStuck(temporal: TemporalPort, workflowId: string): Promise<StuckRun | undefined> {
  const { namespace } = temporal;
  const execution = { workflowId };
  const { pendingWorkflowTask: task, workflowExecutionInfo: info } = await temporal.call(
    ({ workflowService }) => workflowService.describeWorkflowExecution({ namespace, execution }),
    LIMIT,
  );
  const attempts = task?.attempt ?? 0;
  if (attempts < AGAIN) return undefined;
  const { history } = await temporal.call(
    ({ workflowService }) =>
      workflowService.getWorkflowExecutionHistoryReverse({ namespace, execution, maximumPageSize: 10 }),
    LIMIT,
  );
  // of the attempts of one task, the history holds the first
  const first = history?.events?.find(
    (event) => event.workflowTaskFailedEventAttributes ?? event.workflowTaskTimedOutEventAttributes,
  );
  return {
    workflow_id: workflowId,
    process: info?.type?.name ?? '',
    since: instantOf(first?.eventTime),
    attempts,
    reason: reasonOf(first),
  };
}

const instantOf = (time: protocol.api.history.v1.IHistoryEvent['eventTime']): string =>
  new Date(Number(time?.seconds ?? 0) * 1_000).toISOString();

const { WorkflowTaskFailedCause } = protocol.api.enums.v1;

/** The failure of a workflow task, in words. */
function reasonOf(event: protocol.api.history.v1.IHistoryEvent | undefined): string {
  const failed = event?.workflowTaskFailedEventAttributes;
  if (!failed) return 'its workflow task takes longer than its time limit';
  const message = essence(failed.failure?.message ?? 'its workflow task fails');
  const unfit = failed.cause === WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR;
  return unfit ? `the code of the workers does not fit it: ${message}` : message;
}

/** The core of the SDK's message about a replay, which may be wrapped in another; at most 300 characters. */
export function essence(message: string): string {
  const inner = /message: "((?:[^"\\]|\\.)*)"/.exec(message)?.[1] ?? message.split('\n')[0] ?? '';
  return inner.slice(0, 300);
}
