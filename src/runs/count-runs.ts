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

/** Counts the runs that Temporal knows, of a process or of all; those that have only a record left are not counted. */
export function createRunCounts({ temporal, settings }: CountedRuns) {
  const known = new Map<ProcessName | undefined, { at: number; counts: Promise<RunCounts> }>();

  async function count(process: ProcessName | undefined): Promise<RunCounts> {
    const scope = `TaskQueue = '${queueName(settings.namespace, 'workflows')}' AND ${kindIs(process)}`;
    const counted = await Promise.all(
      statusesOf(process).map(async (status) => {
        const query = `${scope} AND ${queryOf(status)}`;
        const { count: found } = await temporal.call(({ workflowService }) =>
          workflowService.countWorkflowExecutions({ namespace: temporal.namespace, query }),
        );
        return [status, Number(found ?? 0)] as const;
      }),
    );
    return Object.fromEntries(counted.filter(([, number]) => number > 0));
  }

  return function countRuns(process?: ProcessName): Promise<RunCounts> {
    const there = known.get(process);
    if (there && Date.now() - there.at < FRESH) return there.counts;
    const counts = count(process);
    known.set(process, { at: Date.now(), counts });
    counts.catch(() => known.delete(process));
    return counts;
  };
}
