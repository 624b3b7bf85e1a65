import { queueName } from '../temporal/ids';
import type { RunDependencies } from './ports';

/** Runs whose executions have closed since an instant, for any reason. From Temporal's index, a second late. */
export function createClosedSince({ temporal, settings }: RunDependencies) {
  const queue = queueName(settings.namespace, 'workflows');
  return async function closedSince(since: Date): Promise<string[]> {
    const query = `TaskQueue = '${queue}' AND CloseTime > '${since.toISOString()}' AND ExecutionStatus != 'Running' AND ExecutionStatus != 'ContinuedAsNew'`;
    const ids: string[] = [];
    let token: Uint8Array = new Uint8Array();
    do {
      const page = await temporal.call((client) =>
        client.workflowService.listWorkflowExecutions({
          namespace: temporal.namespace,
          query,
          pageSize: 1_000,
          nextPageToken: token,
        }),
      );
      for (const { execution } of page.executions ?? []) if (execution?.workflowId) ids.push(execution.workflowId);
      token = page.nextPageToken ?? new Uint8Array();
    } while (token.length > 0 && ids.length < 20_000);
    return ids;
  };
}
