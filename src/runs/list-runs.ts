import { defaultPayloadConverter } from '@temporalio/common';
import { decodeTypedSearchAttributes } from '@temporalio/common/lib/converter/payload-search-attributes';
import type { temporal } from '@temporalio/proto';
import type { RunRecord } from '../../schemas/run';
import { Slots } from '../documents/slots';
import { classifyTemporalError } from '../temporal/errors';
import { parseWorkflowId, queueName } from '../temporal/ids';
import { createInFlight } from '../in-flight';
import { searchAttributes } from '../temporal/search-attributes';
import { decodeCursor, encodeCursor, foreignCursor } from './cursor';
import { explainFault } from './faults';
import type { RunDependencies } from './ports';

/** A run of a process, from Temporal's index or its record. */
export interface ListedRun {
  status: string;
  correlation_id?: string;
  workflow_id: string;
  started_at: string;
  ended_at?: string;
}

export interface RunList<T> {
  runs: T[];
  next_cursor?: string;
}

/** Makes list entries of a process's runs: from the index with its memo, and from the record. */
export interface Listing<T extends { workflow_id: string }> {
  process: string;
  listed(run: ListedRun, subject: string, memo: (name: string) => unknown): T;
  recorded(run: ListedRun, record: RunRecord): T;
}

/** `t`: a page of what Temporal still knows; `r`: a page of records that outlived it. */
type Position = { t: string } | { r: string };

/**
 * Lists the runs of a process: first those that Temporal still has, newest first; then those whose executions are
 * gone and have only a record left, in no meaningful order. No run is listed twice within one walk. `only`
 * narrows the list, as a query of Temporal's index, and leaves out the records.
 */
export function createRunList<T extends { workflow_id: string }>(
  { temporal, store, settings }: RunDependencies,
  listing: Listing<T>,
) {
  const share = createInFlight<RunList<T>>();
  const slots = new Slots(AT_ONCE);
  const prefix = `${settings.namespace}.${listing.process}.`;
  const scope = `TaskQueue = '${queueName(settings.namespace, 'workflows')}' AND AweKind = '${listing.process}'`;

  async function fromTemporal(token: string, limit: number, only?: string): Promise<RunList<T>> {
    const narrowed = only === undefined ? '' : ` AND ${only}`;
    const answer = await visible(`${scope} AND ExecutionStatus != 'ContinuedAsNew'${narrowed}`, limit, token);
    const runs = answer.executions
      .map((info) => listed(info, listing))
      .filter(({ workflow_id }) => workflow_id.startsWith(prefix));
    if (answer.token.length > 0) return { runs, next_cursor: encodeCursor({ t: answer.token }) };
    if (only !== undefined) return { runs };
    if (runs.length >= limit) return { runs, next_cursor: encodeCursor({ r: '' }) };
    const rest = await fromRecords('', limit - runs.length);
    return { runs: [...runs, ...rest.runs], next_cursor: rest.next_cursor };
  }

  async function fromRecords(after: string, limit: number): Promise<RunList<T>> {
    const runs: T[] = [];
    for (let position = after; ;) {
      const page = await store.listRecords(prefix, { ...(position ? { after: position } : {}), limit: BATCH });
      const names = page.workflow_ids;
      const known = await stillKnown(names);
      for (const name of names) {
        position = name;
        if (known.has(name)) continue;
        const record = await store.readRecord(name);
        if (record) runs.push(listing.recorded(told(record), record));
        if (runs.length >= limit) return { runs, next_cursor: encodeCursor({ r: position }) };
      }
      if (page.next === undefined) return { runs };
      position = page.next;
    }
  }

  async function stillKnown(names: string[]): Promise<Set<string>> {
    if (names.length === 0) return new Set();
    const ids = names.map((name) => `'${name}'`).join(', ');
    const { executions } = await visible(`WorkflowId IN (${ids})`, names.length * 2, '');
    return new Set(executions.map((e) => e.execution?.workflowId ?? ''));
  }

  async function visible(query: string, pageSize: number, token: string) {
    const answer = await temporal.call((client) =>
      client.workflowService.listWorkflowExecutions({
        namespace: temporal.namespace,
        query,
        pageSize,
        nextPageToken: Buffer.from(token, 'base64url'),
      }),
    );
    return {
      executions: answer.executions ?? [],
      token: Buffer.from(answer.nextPageToken ?? []).toString('base64url'),
    };
  }

  return (limit: number, cursor?: string, only?: string): Promise<RunList<T>> =>
    share(`${limit} ${cursor} ${only}`, () => slots.run(() => list(limit, cursor, only)));

  async function list(limit: number, cursor?: string, only?: string): Promise<RunList<T>> {
    const position: Position = cursor === undefined ? { t: '' } : decodeCursor(cursor, isPosition);
    try {
      return 't' in position ? await fromTemporal(position.t, limit, only) : await fromRecords(position.r, limit);
    } catch (error) {
      const fault = classifyTemporalError(error);
      // Temporal reads its own part of a cursor itself
      if (cursor !== undefined && fault.fault === 'unexpected') throw foreignCursor(fault);
      throw await explainFault(temporal, error);
    }
  }

  function isPosition(value: unknown): value is Position {
    if (typeof value !== 'object' || value === null) return false;
    const { t, r } = value as { t?: unknown; r?: unknown };
    if (typeof t === 'string') return r === undefined && /^[\w-]+$/.test(t);
    return typeof r === 'string' && (r === '' || parseWorkflowId(settings.namespace, r) !== undefined);
  }
}

/** Lists asked for at once; more would run into the time limit of a call. */
const AT_ONCE = 8;

/** Records read at once. */
const BATCH = 50;

type Execution = temporal.api.workflow.v1.IWorkflowExecutionInfo;

function listed<T extends { workflow_id: string }>(info: Execution, listing: Listing<T>): T {
  const attributes = decodeTypedSearchAttributes(info.searchAttributes?.indexedFields);
  const memo = (name: string): unknown => {
    const payload = info.memo?.fields?.[name];
    return payload && defaultPayloadConverter.fromPayload(payload);
  };
  const correlation = memo('correlation_id');
  const ended = instant(info.closeTime);
  const run: ListedRun = {
    status: statusOf(info.status, attributes.get(searchAttributes.status)),
    ...(typeof correlation === 'string' ? { correlation_id: correlation } : {}),
    workflow_id: info.execution?.workflowId ?? '',
    started_at: instant(info.startTime) ?? new Date(0).toISOString(),
    ...(ended === undefined ? {} : { ended_at: ended }),
  };
  return listing.listed(run, attributes.get(searchAttributes.subject) ?? '', memo);
}

/** The run's own status, unless it was ended from outside and could not set it. */
function statusOf(execution: Execution['status'], said: string | undefined): string {
  return ENDED_FROM_OUTSIDE.has(Number(execution)) ? 'failed' : (said ?? 'running');
}

/** `WORKFLOW_EXECUTION_STATUS_TERMINATED` and `…_TIMED_OUT` */
const ENDED_FROM_OUTSIDE: ReadonlySet<number> = new Set([5, 7]);

const told = ({ status, correlation_id, workflow_id, started_at, ended_at }: RunRecord): ListedRun => ({
  ...{ status, correlation_id, workflow_id, started_at, ended_at },
});

function instant(time: Execution['startTime']): string | undefined {
  if (!time?.seconds) return undefined;
  return new Date(Number(time.seconds) * 1_000 + Math.floor((time.nanos ?? 0) / 1e6)).toISOString();
}
