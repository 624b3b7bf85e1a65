import { countedApart } from '../../schemas/catalogue';
import { openStatuses } from '../../schemas/run';
import type { TemporalPort } from './client';
import { queueClasses, type QueueClass } from '../../schemas/queues';
import { queueName } from './ids';
import type { StuckRun } from './stuck';

/** Tasks that wait for workers, and open runs by status, as the server reports them. */
export interface TemporalState {
  queues: {
    queue: QueueClass;
    /** tasks that no worker has taken yet; undefined if the server does not say */
    backlog?: number;
    /** age of the oldest of them */
    ageSeconds?: number;
    /** workers that have asked for work lately */
    pollers: number;
  }[];
  /** open runs by status */
  runs: Record<OpenStatus, number>;
  /** runs that wait for a person, of the processes that are counted apart */
  pending: { [process: string]: number };
  /** runs that stand still */
  stuck: StuckRun[];
}

export type OpenStatus = (typeof openStatuses)[number];

/** Milliseconds for which an answer is reused: there are several readers, and each reading is a dozen calls. */
const FRESH = 10_000;
const LIMIT = 1_500;

/** Reads the state at most every 10 s. Rejects while Temporal is away. */
export function createTemporalState(
  temporal: TemporalPort,
  namespace: string,
  stuck: () => StuckRun[],
): () => Promise<TemporalState> {
  let known: { at: number; state: Promise<TemporalState> } | undefined;

  async function queue(work: QueueClass): Promise<TemporalState['queues'][number]> {
    const taskQueueType = work === 'workflows' ? 1 : 2; // TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY
    const [{ stats }, pollers] = await Promise.all([
      temporal.call(
        ({ workflowService }) =>
          workflowService.describeTaskQueue({
            namespace: temporal.namespace,
            taskQueue: { name: queueName(namespace, work) },
            taskQueueType,
            reportStats: true,
          }),
        LIMIT,
      ),
      temporal.pollers(work, LIMIT),
    ]);
    if (!stats) return { queue: work, pollers };
    const { approximateBacklogCount: backlog, approximateBacklogAge: age } = stats;
    return { queue: work, pollers, backlog: Number(backlog ?? 0), ageSeconds: Number(age?.seconds ?? 0) };
  }

  async function count(query: string): Promise<number> {
    const scope = `TaskQueue = '${queueName(namespace, 'workflows')}' AND ExecutionStatus = 'Running'`;
    const { count: found } = await temporal.call(
      ({ workflowService }) =>
        workflowService.countWorkflowExecutions({ namespace: temporal.namespace, query: `${scope} AND ${query}` }),
      LIMIT,
    );
    return Number(found ?? 0);
  }

  async function look(): Promise<TemporalState> {
    const [queues, counts, waiting] = await Promise.all([
      Promise.all(queueClasses.map(queue)),
      Promise.all(openStatuses.map(async (status) => [status, await count(`AweStatus = '${status}'`)] as const)),
      Promise.all(
        countedApart.map(
          async ([kind]) => [kind, await count(`AweKind = '${kind}' AND AweStatus = 'waiting'`)] as const,
        ),
      ),
    ]);
    const runs = Object.fromEntries(counts) as TemporalState['runs'];
    return { queues, runs, pending: Object.fromEntries(waiting), stuck: stuck() };
  }

  return () => {
    if (known && Date.now() - known.at < FRESH) return known.state;
    const state = look();
    known = { at: Date.now(), state };
    state.catch(() => (known = undefined));
    return state;
  };
}
