import { defaultPayloadConverter } from '@temporalio/common';
import { decodeTypedSearchAttributes } from '@temporalio/common/lib/converter/payload-search-attributes';
import type { temporal } from '@temporalio/proto';
import type { ProcessName } from '../../schemas/catalogue';
import type { RunRecord } from '../../schemas/run';
import { Slots } from '../documents/slots';
import { classifyTemporalError } from '../temporal/errors';
import { parseWorkflowId, queueName } from '../temporal/ids';
import { createInFlight } from '../in-flight';
import { searchAttributes } from '../temporal/search-attributes';
import { createRunCounts, kindIs, type RunCounts } from './count-runs';
import { decodeCursor, encodeCursor, foreignCursor } from './cursor';
import { explainFault } from './faults';
import type { RunDependencies } from './ports';
import { isInRecords, queryOf, statusOf } from './statuses';

/** A run of a process, from Temporal's index or its record. */
export interface ListedRun {
  /** its state under way, or its end in a word */
  status: string;
  correlation_id?: string;
  workflow_id: string;
  started_at: string;
  ended_at?: string;
}

export interface RunList<T> {
  runs: T[];
  /** how many runs Temporal knows now, by status; on the first page */
  counts?: RunCounts;
  next_cursor?: string;
}

export interface RunListRequest {
  limit: number;
  cursor?: string;
  /** only runs of this status */
  status?: string;
  /** only some of the process's runs */
  narrowed?: Narrowing;
  /** only runs that Temporal still knows: no record is looked for */
  known?: true;
}

/** A condition on runs: as a query of Temporal's index, and the same on records. */
export interface Narrowing {
  query: string;
  holds(record: RunRecord): boolean;
}

/** Makes list entries of a process's runs: from the index with its memo, and from the record. */
export interface Listing<T extends { workflow_id: string }> {
  /** all processes, where none is named */
  process?: ProcessName;
  listed(run: ListedRun, subject: string, memo: (name: string) => unknown): T;
  recorded(run: ListedRun, record: RunRecord): T;
}

/** `t`: a page of what Temporal still knows; `r`: a page of records that outlived it. */
type Position = { t: string } | { r: string };

/**
 * Lists the runs of a process: first those that Temporal still has, newest first; then those whose executions are
 * gone and have only a record left, in no meaningful order. No run is listed twice within one walk. A page may
 * hold fewer runs than asked for, even none, while there is a next one: records are looked through in bounded parts.
 */
export function createRunList<T extends { workflow_id: string }>(
  { temporal, store, settings }: RunDependencies,
  listing: Listing<T>,
) {
  const share = createInFlight<RunList<T>>();
  const slots = new Slots(AT_ONCE);
  const countRuns = createRunCounts({ temporal, settings });
  const prefix = `${settings.namespace}.${listing.process === undefined ? '' : `${listing.process}.`}`;
  const scope = `TaskQueue = '${queueName(settings.namespace, 'workflows')}' AND ${kindIs(listing.process)}`;

  async function fromTemporal(token: string, { limit, status, narrowed, known }: RunListRequest): Promise<RunList<T>> {
    const parts = [...(status === undefined ? [] : [queryOf(status)]), ...(narrowed ? [narrowed.query] : [])];
    const query = [scope, "ExecutionStatus != 'ContinuedAsNew'", ...parts].join(' AND ');
    const answer = await visible(query, limit, token);
    const runs = answer.executions
      .map((info) => listed(info, listing))
      .filter(({ workflow_id }) => workflow_id.startsWith(prefix));
    if (answer.token.length > 0) return { runs, next_cursor: encodeCursor({ t: answer.token }) };
    if (known || !isInRecords(status)) return { runs };
    if (runs.length >= limit) return { runs, next_cursor: encodeCursor({ r: '' }) };
    const rest = await fromRecords('', { limit: limit - runs.length, status, narrowed });
    return { runs: [...runs, ...rest.runs], next_cursor: rest.next_cursor };
  }

  async function fromRecords(after: string, { limit, status, narrowed }: RunListRequest): Promise<RunList<T>> {
    const runs: T[] = [];
    for (let position = after, looked = 0; ;) {
      const page = await store.listRecords(prefix, { ...(position ? { after: position } : {}), limit: BATCH });
      const names = page.workflow_ids;
      const known = await stillKnown(names);
      for (const name of names) {
        position = name;
        if (known.has(name)) continue;
        const record = await store.readRecord(name);
        const run = record && told(record);
        const isWanted = run && (status === undefined || run.status === status) && (narrowed?.holds(record) ?? true);
        if (isWanted) runs.push(listing.recorded(run, record));
        looked += 1;
        if (runs.length >= limit || looked >= MOST_LOOKED) return { runs, next_cursor: encodeCursor({ r: position }) };
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

  return (request: RunListRequest): Promise<RunList<T>> =>
    share(`${request.limit} ${request.cursor} ${request.status} ${request.known} ${request.narrowed?.query}`, () =>
      slots.run(() => list(request)),
    );

  async function list(request: RunListRequest): Promise<RunList<T>> {
    const { cursor } = request;
    const position: Position = cursor === undefined ? { t: '' } : decodeCursor(cursor, isPosition);
    try {
      if ('r' in position) return await fromRecords(position.r, request);
      const page = fromTemporal(position.t, request);
      if (cursor !== undefined || request.narrowed) return await page;
      const [first, counts] = await Promise.all([page, countRuns(listing.process)]);
      return { ...first, counts };
    } catch (error) {
      const fault = classifyTemporalError(error);
      // Temporal reads its own part of a cursor itself
      if (cursor !== undefined && fault.fault === 'unexpected') throw foreignCursor(fault);
      throw await explainFault(temporal, error, { noun: 'list of runs' });
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

/** Records looked through for one page. */
const MOST_LOOKED = 500;

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
    status: statusOf(Number(info.status), attributes.get(searchAttributes.status)),
    ...(typeof correlation === 'string' ? { correlation_id: correlation } : {}),
    workflow_id: info.execution?.workflowId ?? '',
    started_at: instant(info.startTime) ?? new Date(0).toISOString(),
    ...(ended === undefined ? {} : { ended_at: ended }),
  };
  return listing.listed(run, attributes.get(searchAttributes.subject) ?? '', memo);
}

const told = ({ status, outcome, correlation_id, workflow_id, started_at, ended_at }: RunRecord): ListedRun => ({
  status: outcome ?? status,
  ...{ correlation_id, workflow_id, started_at, ended_at },
});

function instant(time: Execution['startTime']): string | undefined {
  if (!time?.seconds) return undefined;
  return new Date(Number(time.seconds) * 1_000 + Math.floor((time.nanos ?? 0) / 1e6)).toISOString();
}
