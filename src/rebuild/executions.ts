import type { Client } from '@temporalio/client';
import { queueName } from '../temporal/ids';
import type { TemporalPort } from '../temporal/client';

/** An execution as Temporal's list shows it. Times are UTC milliseconds. */
export interface Execution {
  workflowId: string;
  runId: string;
  type: string;
  status: ExecutionStatus;
  startedAt: number;
  closedAt?: number;
}

export type ExecutionStatus =
  'running' | 'completed' | 'failed' | 'cancelled' | 'terminated' | 'timed_out' | 'continued';

export interface ExecutionPage {
  executions: Execution[];
  next?: string;
}

/** Milliseconds that reading histories and lists may take. */
export const READ_LIMIT_MS = 60_000;

/** Workflows that publish no events of their own. */
const SILENT = ['mirrorRecord', 'sweep', 'deliver'];

const STATUS: Record<number, ExecutionStatus> = {
  1: 'running',
  2: 'completed',
  3: 'failed',
  4: 'cancelled',
  5: 'terminated',
  6: 'continued',
  7: 'timed_out',
};

/** The executions of a namespace, from Temporal's list (about a second late), in its order. */
export function createExecutions(temporal: TemporalPort, namespace: string) {
  const silent = SILENT.map((type) => ` AND WorkflowType != '${type}'`).join('');
  const scope = `TaskQueue = '${queueName(namespace, 'workflows')}'${silent}`;

  async function list(where: string, pageSize: number, token?: string): Promise<ExecutionPage> {
    const answer = await temporal.call(
      (client: Client) =>
        client.workflowService.listWorkflowExecutions({
          namespace: temporal.namespace,
          query: `${scope} AND ${where}`,
          pageSize,
          nextPageToken: Buffer.from(token ?? '', 'base64url'),
        }),
      READ_LIMIT_MS,
    );
    const next = Buffer.from(answer.nextPageToken ?? []).toString('base64url');
    const executions = (answer.executions ?? []).map((info): Execution => ({
      workflowId: info.execution?.workflowId ?? '',
      runId: info.execution?.runId ?? '',
      type: info.type?.name ?? '',
      status: STATUS[Number(info.status)] ?? 'running',
      startedAt: milliseconds(info.startTime) ?? 0,
      ...(info.closeTime ? { closedAt: milliseconds(info.closeTime) ?? 0 } : {}),
    }));
    return {
      executions: executions.filter((e) => e.workflowId.startsWith(`${namespace}.`)),
      ...(next ? { next } : {}),
    };
  }

  async function all(where: string): Promise<Execution[]> {
    const found: Execution[] = [];
    for (let token: string | undefined; ;) {
      const page = await list(where, 1_000, token);
      found.push(...page.executions);
      if (page.next === undefined) return found;
      token = page.next;
    }
  }

  return {
    /** A page of all that Temporal still has, except those that continued as new. */
    page: (size: number, token?: string) => list(`ExecutionStatus != 'ContinuedAsNew'`, size, token),
    /** The local server's index gives open executions a close time in the far future, so they are left out by name. */
    closedSince: (since: Date) =>
      all(
        `CloseTime > '${since.toISOString()}' AND ExecutionStatus != 'Running' AND ExecutionStatus != 'ContinuedAsNew'`,
      ),
    startedSince: (since: Date) => all(`StartTime > '${since.toISOString()}'`),
    /** Those of the given workflow ids that Temporal still has. */
    async known(workflowIds: string[]): Promise<Set<string>> {
      if (workflowIds.length === 0) return new Set();
      const ids = workflowIds.map((id) => `'${id}'`).join(', ');
      return new Set((await all(`WorkflowId IN (${ids})`)).map(({ workflowId }) => workflowId));
    },
    /** The newest run of a workflow id; undefined if Temporal has deleted it. */
    async latest(workflowId: string): Promise<{ runId: string; open: boolean } | undefined> {
      try {
        const found = await temporal.call((client) => client.workflow.getHandle(workflowId).describe(), READ_LIMIT_MS);
        return { runId: found.runId, open: found.status.name === 'RUNNING' };
      } catch (error) {
        if ((error as { fault?: string }).fault === 'not_found') return undefined;
        throw error;
      }
    },
    /** True if a run came out of a reset: its id differs from the one that its history began with. */
    async wasReset({ workflowId, runId }: Pick<Execution, 'workflowId' | 'runId'>): Promise<boolean> {
      const first = await temporal.call(
        (client) =>
          client.workflowService.getWorkflowExecutionHistory({
            namespace: temporal.namespace,
            execution: { workflowId, runId },
            maximumPageSize: 1,
          }),
        READ_LIMIT_MS,
      );
      const started = first.history?.events?.[0]?.workflowExecutionStartedEventAttributes;
      const original = started?.originalExecutionRunId;
      return !!original && original !== runId;
    },
  };
}

export type Executions = ReturnType<typeof createExecutions>;

function milliseconds(time: { seconds?: unknown; nanos?: number | null } | null | undefined): number | undefined {
  return time?.seconds == null ? undefined : Number(time.seconds) * 1_000 + Math.floor((time.nanos ?? 0) / 1e6);
}
