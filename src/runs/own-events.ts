import type { Client } from '@temporalio/client';
import type { Envelope } from '../../schemas/envelope';
import { classifyTemporalError } from '../temporal/errors';
import { parseWorkflowId, workflowIdOfEvent } from '../temporal/ids';
import { eventId } from './event-id';
import { explainFault } from './faults';
import type { RunDependencies } from './ports';

/** Number of workflows whose executions are remembered. */
const REMEMBERED = 5_000;

/** Executions in a chain, at most: no chain is longer, since each link holds hundreds of steps. */
const LONGEST_CHAIN = 200;

/**
 * Tells the platform's own events from others in the stream by their ids, which are derived from workflow,
 * execution and number. `source` only says which run to ask. Throws `RunError` (`unavailable`) if it cannot tell now.
 */
export function createOwnEvents({
  temporal,
  store,
  settings,
}: Pick<RunDependencies, 'temporal' | 'store' | 'settings'>) {
  const executions = new Map<string, ReadonlySet<string>>();

  function matches(event: Envelope & { seq: number }, workflowId: string): boolean {
    for (const runId of executions.get(workflowId) ?? [])
      if (eventId(workflowId, runId, event.seq) === event.event_id) return true;
    return false;
  }

  function remember(workflowId: string, runIds: Iterable<string>): void {
    const known = executions.get(workflowId) ?? [];
    executions.delete(workflowId);
    if (executions.size >= REMEMBERED) executions.delete(executions.keys().next().value ?? '');
    executions.set(workflowId, new Set([...known, ...runIds]));
  }

  /** The newest execution of a workflow; undefined if there is no such workflow. */
  async function newest(workflowId: string): Promise<string | undefined> {
    try {
      return (await temporal.call((client) => client.workflow.getHandle(workflowId).describe())).runId;
    } catch (error) {
      if (classifyTemporalError(error).fault === 'not_found') return undefined;
      throw await explainFault(temporal, error);
    }
  }

  /** Those before it: its continue-as-new chain, and others in the index, such as runs before a reset. */
  async function earlier(workflowId: string, newestRun: string): Promise<string[]> {
    const { namespace } = temporal;
    try {
      return await temporal.call(async (client) => {
        const query = `WorkflowId = '${workflowId}'`;
        const list = await client.workflowService.listWorkflowExecutions({ namespace, query, pageSize: LONGEST_CHAIN });
        const known = (list.executions ?? []).flatMap(({ execution }) => execution?.runId ?? []);
        for (let runId: string | null | undefined = newestRun; runId && known.length < 2 * LONGEST_CHAIN;) {
          known.push(runId);
          runId = await continuedFrom(client, { workflowId, runId });
        }
        return known;
      });
    } catch (error) {
      // its retention has just ended: from now on the record answers
      if (classifyTemporalError(error).fault === 'not_found') return [];
      throw await explainFault(temporal, error);
    }
  }

  /** The execution that this one continues; undefined if it is the first. */
  async function continuedFrom(client: Client, execution: { workflowId: string; runId: string }) {
    const { history } = await client.workflowService.getWorkflowExecutionHistory({
      ...{ namespace: temporal.namespace, execution, maximumPageSize: 1 },
    });
    return history?.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
  }

  return async function isOwn(event: Envelope): Promise<boolean> {
    const { seq } = event;
    const { namespace } = settings;
    const workflowId = workflowIdOfEvent(namespace, event);
    if (seq === undefined || workflowId === undefined || !parseWorkflowId(namespace, workflowId)) return false;
    const numbered = { ...event, seq };
    if (matches(numbered, workflowId)) return true;

    const runId = await newest(workflowId);
    if (runId !== undefined) {
      remember(workflowId, [runId]);
      if (matches(numbered, workflowId)) return true;
    }
    const record = await store.readRecord(workflowId);
    if (record?.events.some(({ event_id }) => event_id === event.event_id)) return true;
    if (runId === undefined) return false;
    remember(workflowId, await earlier(workflowId, runId));
    return matches(numbered, workflowId);
  };
}

export type OwnEvents = ReturnType<typeof createOwnEvents>;
