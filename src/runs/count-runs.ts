import { processes, statusesOf, type ProcessName } from '../../schemas/catalogue';
import { queueName } from '../temporal/ids';
import type { RunDependencies } from './ports';
import { queryOf } from './statuses';

/** Number of runs by status; statuses without any are left out. */
export type RunCounts = { [status: string]: number };

export interface CountedRuns {
  temporal: RunDependencies['temporal'];
  settings: Pick<RunDependencies['settings'], 'namespace'>;
}

/** Milliseconds for which an answer is reused: each is a call for every status. */
const FRESH = 3_000;

/** Temporal's index holds runs of these processes. */
export const kindIs = (process: ProcessName | undefined): string =>
  `AweKind IN (${(process === undefined ? [...processes.keys()] : [process]).map((name) => `'${name}'`).join(', ')})`;

/** How many runs are under way of each process; those without any are left out. */
export type UnderWay = { [process: string]: number };

const scopeOf = ({ settings }: CountedRuns, process: ProcessName | undefined): string =>
  `TaskQueue = '${queueName(settings.namespace, 'workflows')}' AND ${kindIs(process)}`;

async function countOf({ temporal }: CountedRuns, query: string): Promise<number> {
  const { count } = await temporal.call(({ workflowService }) =>
    workflowService.countWorkflowExecutions({ namespace: temporal.namespace, query }),
  );
  return Number(count ?? 0);
}

/** Counts the runs that Temporal knows, of a process or of all; those that have only a record left are not counted. */
export function createRunCounts(counted: CountedRuns) {
  return createFresh(async (process?: ProcessName): Promise<RunCounts> => {
    const scope = scopeOf(counted, process);
    return await countEach(statusesOf(process), (status) => countOf(counted, `${scope} AND ${queryOf(status)}`));
  });
}

/** Counts the runs under way by process. */
export function createUnderWayCounts(counted: CountedRuns) {
  return createFresh(
    async (): Promise<UnderWay> =>
      await countEach([...processes.keys()] as ProcessName[], (process) =>
        countOf(counted, `${scopeOf(counted, process)} AND ExecutionStatus = 'Running'`),
      ),
  );
}

/** Numbers by name; nothing is there without any. */
async function countEach<N extends string>(
  names: readonly N[],
  count: (name: N) => Promise<number>,
): Promise<{ [name: string]: number }> {
  const counted = await Promise.all(names.map(async (name) => [name, await count(name)] as const));
  return Object.fromEntries(counted.filter(([, number]) => number > 0));
}

/** Reuses an answer while it is fresh. */
function createFresh<K, T>(ask: (key?: K) => Promise<T>): (key?: K) => Promise<T> {
  const known = new Map<K | undefined, { at: number; answer: Promise<T> }>();
  return (key) => {
    const there = known.get(key);
    if (there && Date.now() - there.at < FRESH) return there.answer;
    const answer = ask(key);
    known.set(key, { at: Date.now(), answer });
    answer.catch(() => known.delete(key));
    return answer;
  };
}
