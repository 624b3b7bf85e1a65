/** Checks on Temporal's histories: failed tasks, timeouts, and replay by the current workflow code. */
import { temporal } from '@temporalio/proto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { workflowBundle } from '../../setup/servers';
import { fetchChain, replay } from '../histories';

type History = temporal.api.history.v1.IHistory;

/** The history of one run. */
export interface Told {
  workflowId: string;
  runId: string;
  history: History;
}

/** Reads all runs of the workflows; of one that continued as new, from the first of its chain to the last. */
export async function historiesOf(handles: WorkflowHandle[]): Promise<Told[]> {
  const told: Told[] = [];
  for (const { client, workflowId } of handles)
    for (const history of await fetchChain({ workflow: client }, workflowId)) {
      const { originalExecutionRunId } = history.events?.[0]?.workflowExecutionStartedEventAttributes ?? {};
      told.push({ workflowId, runId: originalExecutionRunId ?? '', history });
    }
  return told;
}

/** The runs of each workflow, in order. */
export const chainsOf = (told: Told[]): Map<string, string[]> =>
  told.reduce(
    (chains, { workflowId, runId }) => chains.set(workflowId, [...(chains.get(workflowId) ?? []), runId]),
    new Map<string, string[]>(),
  );

/**
 * Workflow tasks that failed, as `<cause>: <message>`. A killed worker fails none: its tasks time out. The server
 * itself fails a task that would end the run just when a message comes, or during which too many events come, and
 * issues it again with them; those are left out.
 */
export function taskFailures(told: Told[]): string[] {
  const causes = temporal.api.enums.v1.WorkflowTaskFailedCause;
  const byServer: unknown[] = [
    causes.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND,
    causes.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND,
  ];
  return told.flatMap(({ workflowId, history }) =>
    (history.events ?? []).flatMap(({ workflowTaskFailedEventAttributes: failed }) =>
      failed && !byServer.includes(failed.cause)
        ? [`${workflowId}: ${causes[failed.cause ?? 0]}: ${failed.failure?.message ?? ''}`]
        : [],
    ),
  );
}

/** Counts the tasks and activities that ended because their worker was gone. */
export function timeouts(told: Told[]): { tasks: number; activities: number } {
  let [tasks, activities] = [0, 0];
  for (const event of told.flatMap(({ history }) => history.events ?? [])) {
    if (event.workflowTaskTimedOutEventAttributes) tasks += 1;
    if (event.activityTaskTimedOutEventAttributes) activities += 1;
    // A retried attempt leaves its failure in the next start.
    if (event.activityTaskStartedEventAttributes?.lastFailure?.timeoutFailureInfo) activities += 1;
  }
  return { tasks, activities };
}

/** Replays histories on the current workflow code; returns the faults in words. */
export const replayFaults = (told: Told[]): Promise<string[]> =>
  replay(
    workflowBundle(),
    told.map(({ workflowId, runId, history }) => ({ name: `${workflowId}/${runId}`, history })),
  );

/** Ids of the namespace's workflows that have not ended. */
export async function openWorkflows(client: Client, namespace: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { workflowId } of client.workflow.list({ query: 'ExecutionStatus = "Running"' }))
    if (workflowId.startsWith(`${namespace}.`)) ids.push(workflowId);
  return ids;
}
