import { openStatuses, type commonOutcomes } from '../../schemas/run';

/** Ends that Temporal itself tells, by the number of an execution's status, each with its name in queries. */
const endings: ReadonlyMap<number, { word: (typeof commonOutcomes)[number]; name: string }> = new Map([
  [3, { word: 'failed', name: 'Failed' }],
  [4, { word: 'cancelled', name: 'Canceled' }],
  [5, { word: 'terminated', name: 'Terminated' }],
  [7, { word: 'timed_out', name: 'TimedOut' }],
]);

const isOpen = (status: string): boolean => (openStatuses as readonly string[]).includes(status);

/** Status of a run in lists: by its execution's status, and by what the run itself has said in Temporal's index. */
export function statusOf(execution: number, said: string | undefined): string {
  const ending = endings.get(execution);
  if (ending) return ending.word;
  if (execution === COMPLETED && (said === undefined || isOpen(said))) return 'completed';
  return said ?? 'running';
}

/** `WORKFLOW_EXECUTION_STATUS_COMPLETED` */
const COMPLETED = 2;

/** The runs of a status, as a query of Temporal's index. */
export function queryOf(status: string): string {
  const ending = [...endings.values()].find(({ word }) => word === status);
  if (ending) return `ExecutionStatus = '${ending.name}'`;
  return `ExecutionStatus = '${isOpen(status) ? 'Running' : 'Completed'}' AND AweStatus = '${status}'`;
}

/** False where only runs under way have the status, of which no record can be left. */
export const isInRecords = (status: string | undefined): boolean => status === undefined || !isOpen(status);
