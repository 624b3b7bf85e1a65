/** What Temporal's histories say of how runs went, and whether the workflow code still follows them. */
import { temporal } from '@temporalio/proto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { workflowBundle } from '../../setup/servers';

type History = temporal.api.history.v1.IHistory;

/** A workflow's history, of the run that is the last of its chain. */
export interface Told {
  workflowId: string;
  history: History;
}

export async function historiesOf(handles: WorkflowHandle[]): Promise<Told[]> {
  const told: Told[] = [];
  for (const handle of handles) told.push({ workflowId: handle.workflowId, history: await handle.fetchHistory() });
  return told;
}

/** Workflow tasks that failed, as `<cause>: <message>`. A worker that is killed fails none: its tasks time out. */
export function taskFailures(told: Told[]): string[] {
  const causes = temporal.api.enums.v1.WorkflowTaskFailedCause;
  return told.flatMap(({ workflowId, history }) =>
    (history.events ?? []).flatMap(({ workflowTaskFailedEventAttributes: failed }) =>
      failed ? [`${workflowId}: ${causes[failed.cause ?? 0]}: ${failed.failure?.message ?? ''}`] : [],
    ),
  );
}

/** How many tasks and activities ended because their worker was gone. */
export function timeouts(told: Told[]): { tasks: number; activities: number } {
  let [tasks, activities] = [0, 0];
  for (const event of told.flatMap(({ history }) => history.events ?? [])) {
    if (event.workflowTaskTimedOutEventAttributes) tasks += 1;
    if (event.activityTaskTimedOutEventAttributes) activities += 1;
    // An attempt that was tried again leaves its failure in the next start.
    if (event.activityTaskStartedEventAttributes?.lastFailure?.timeoutFailureInfo) activities += 1;
  }
  return { tasks, activities };
}

/** Replays histories on the workflow code as it is now; what does not follow its history is told in words. */
export async function replayFaults(told: Told[]): Promise<string[]> {
  const faults: string[] = [];
  const options = { workflowBundle: workflowBundle() };
  for await (const { workflowId, error } of Worker.runReplayHistories(options, told))
    if (error) faults.push(`${workflowId}: ${error.name}: ${error.message}`);
  return faults;
}

/** Ids of the namespace's workflows that have not ended. */
export async function openWorkflows(client: Client, namespace: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { workflowId } of client.workflow.list({ query: 'ExecutionStatus = "Running"' }))
    if (workflowId.startsWith(`${namespace}.`)) ids.push(workflowId);
  return ids;
}
