/** Audit requests as a user makes them, and the checks that must hold in the end, whatever happened. */
import type { Clarification, Project, RequestAccepted } from '../../schemas/audit/api';
import type { PlatformEvent } from '../../schemas/envelope';
import type { RunRecord } from '../../schemas/run';
import type { ChaosStack } from './stack';
import { waitUntil, sleep } from './scenario';

export const workContext = {
  rows: [
    { category: 'Invoicing', estimated_minutes: 45, text: 'Re-type delivery notes into the ERP' },
    { category: 'Invoicing', estimated_minutes: 30, text: 'Wait for the price list from purchasing' },
    { category: 'Mail', estimated_minutes: 60, text: 'Sort the shared mailbox by hand and forward' },
    { category: 'Reports', estimated_minutes: 25, text: 'Copy yesterday’s numbers into the weekly sheet' },
  ],
  hourly_rate: 42,
  period: { type: 'monthly', working_days: 21 },
};

export interface Answered {
  status: number;
  retryAfter: string | null;
  body: unknown;
  milliseconds: number;
}

export async function post(stack: ChaosStack, path: string, body: unknown, key?: string): Promise<Answered> {
  const begin = performance.now();
  const answer = await fetch(stack.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await answer.text();
  const milliseconds = Math.round(performance.now() - begin);
  return {
    status: answer.status,
    retryAfter: answer.headers.get('retry-after'),
    body: parseOrText(text),
    milliseconds,
  };
}

export async function get<T>(stack: ChaosStack, path: string): Promise<T> {
  const answer = await fetch(stack.url + path, { signal: AbortSignal.timeout(30_000) });
  if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}`);
  return (await answer.json()) as T;
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Requests an audit until it is accepted, under one Idempotency-Key. */
export async function request(stack: ChaosStack, projectId: string, rows = true): Promise<RequestAccepted> {
  const body = { project_id: projectId, request_text: 'full audit', ...(rows ? { work_context: workContext } : {}) };
  for (const end = Date.now() + 120_000; ;) {
    const answer = await post(stack, '/initial-request', body, `key-${projectId}`).catch(() => undefined);
    if (answer?.status === 202) return answer.body as RequestAccepted;
    if (Date.now() > end) throw new Error(`${projectId} was not accepted: ${JSON.stringify(answer)}`);
    await sleep(250);
  }
}

/**
 * Waits until a project asks for rows, and provides them under one Idempotency-Key until the answer is 200, because
 * after a 503 they may have been taken. Returns the milliseconds of the last answer.
 */
export async function provideRows(stack: ChaosStack, projectId: string, ms = 60_000): Promise<number> {
  const path = `/projects/${projectId}/clarifications`;
  let asked: string | undefined;
  await waitUntil(async () => {
    const { clarifications } = await get<{ clarifications: Clarification[] }>(stack, path);
    asked = clarifications[0]?.approval_id;
    return asked !== undefined;
  }, ms);
  if (asked === undefined) throw new Error(`${projectId} asks for nothing`);
  const body = { choice: 'provide', work_context: workContext };
  for (const end = Date.now() + ms; ;) {
    const answer = await post(stack, `${path}/${asked}`, body, `answer-${projectId}`);
    if (answer.status === 200) return answer.milliseconds;
    if (Date.now() > end) throw new Error(`the answer to ${projectId} got ${answer.status}`);
    await sleep(250);
  }
}

/** Waits until all runs have ended; returns the records of those that have. */
export async function waitForRecords(stack: ChaosStack, workflowIds: string[], ms: number): Promise<RunRecord[]> {
  const records = new Map<string, RunRecord>();
  await waitUntil(
    async () => {
      for (const id of workflowIds) {
        if (records.has(id)) continue;
        const record = await stack.records.readRecord(id);
        if (record) records.set(id, record);
      }
      return records.size === workflowIds.length;
    },
    ms,
    250,
  );
  return [...records.values()];
}

/** Reads all events in the stream, in order, without entries that are not JSON. */
export async function readStream(stack: ChaosStack): Promise<PlatformEvent[]> {
  const events: PlatformEvent[] = [];
  for (let start = '-'; ;) {
    const page = await stack.redis.xrange(stack.keys.events, start, '+', 'COUNT', 1_000);
    for (const [, fields] of page) {
      const event = parseOrText(fields[1] ?? '');
      if (typeof event === 'object' && event !== null) events.push(event as PlatformEvent);
    }
    const last = page.at(-1)?.[0];
    if (last === undefined || page.length < 1_000) return events;
    start = `(${last}`;
  }
}

/** Waits until the stream holds all events of the records. */
export async function waitForMirror(stack: ChaosStack, records: RunRecord[], ms: number): Promise<boolean> {
  const ids = new Set(records.flatMap(({ events }) => events.map(({ event_id }) => event_id)));
  return await waitUntil(
    async () => (await readStream(stack)).filter(({ event_id }) => ids.delete(event_id)).length >= 0 && ids.size === 0,
    ms,
    500,
  );
}

const ONCE = ['PROJECT.INITIAL_REQUEST_RECEIVED', 'PROJECT.BACKLOG_GENERATED', 'PROJECT.COMPLETED'];
const ONCE_AN_ITEM = ['WORK.ITEM_DISPATCHED', 'WORK.ITEM_STARTED', 'DELIVERABLE.PUBLISHED', 'WORK.ITEM_COMPLETED'];

/**
 * Verifies records and stream: every project complete with the same figures as an undisturbed one, every
 * effect once, `seq` from 1 without gap or repeat, and the same events in the stream as in the records.
 */
export async function verify(
  stack: ChaosStack,
  expected: string[],
  records: RunRecord[],
  headlines?: string[],
): Promise<{ counts: Record<string, number>; problems: string[] }> {
  const problems: string[] = [];
  const stream = await readStream(stack);
  const byRun = new Map<string, PlatformEvent[]>();
  for (const event of stream) {
    const events = byRun.get(event.correlation_id) ?? [];
    byRun.set(event.correlation_id, [...events, event]);
  }
  const gone = expected.filter((id) => !records.some(({ workflow_id }) => workflow_id === id));
  if (gone.length > 0)
    problems.push(`${gone.length} of ${expected.length} runs have not ended: ${gone.slice(0, 3).join(', ')}`);

  for (const record of records) {
    const { workflow_id: id, status, events, correlation_id } = record;
    const wrong = (what: string) => problems.push(`${id}: ${what}`);
    if (status !== 'completed') wrong(`is ${status}: ${JSON.stringify(record.error)}`);
    if (events.some(({ seq }, i) => seq !== i + 1)) wrong('seq has a gap or a repeat');
    for (const type of ONCE) if (count(events, type) !== 1) wrong(`${count(events, type)} times ${type}`);
    const items = new Set(
      events.flatMap(({ payload }) => (payload as { backlog_item_id?: string }).backlog_item_id ?? []),
    );
    for (const type of ONCE_AN_ITEM)
      for (const item of items)
        if (count(events, type, item) !== 1) wrong(`${count(events, type, item)} times ${type} of ${item}`);
    if (headlines && headlinesOf(record).join('\n') !== headlines.join('\n'))
      wrong('other figures than an undisturbed run');
    const streamed = (byRun.get(correlation_id) ?? []).map(({ event_id }) => event_id);
    const own = events.map(({ event_id }) => event_id);
    if (streamed.join() !== own.join())
      wrong(`the stream has ${streamed.length} events, the record ${own.length}${firstDifference(streamed, own)}`);
  }
  const ids = stream.map(({ event_id }) => event_id).filter((id) => id !== undefined);
  const repeats = ids.length - new Set(ids).size;
  if (repeats > 0) problems.push(`${repeats} events are in the stream twice`);
  const events = records.reduce((sum, record) => sum + record.events.length, 0);
  return { counts: { runs: records.length, events, repeats }, problems };
}

function firstDifference(streamed: string[], own: string[]): string {
  const at = own.findIndex((id, i) => streamed[i] !== id);
  return `, different from seq ${at + 1} on`;
}

const count = (events: PlatformEvent[], type: string, item?: string): number =>
  events.filter(
    ({ event_type, payload }) =>
      event_type === type && (item === undefined || (payload as { backlog_item_id?: string }).backlog_item_id === item),
  ).length;

/** The deliverables of a project, in a line each; the same rows give the same lines. */
export const headlinesOf = ({ events }: RunRecord): string[] =>
  events
    .filter(({ event_type }) => event_type === 'DELIVERABLE.PUBLISHED')
    .map(({ payload }) => {
      const { backlog_item_id, status, headline } = payload as Record<string, string>;
      return `${backlog_item_id} ${status} ${headline}`;
    })
    .sort();

/** Runs an undisturbed project, for its figures and its time. */
export async function runUndisturbed(stack: ChaosStack): Promise<{ headlines: string[]; milliseconds: number }> {
  await runProject(stack, 'warm-up');
  const begin = Date.now();
  const record = await runProject(stack, 'reference');
  const milliseconds = Date.parse(record.ended_at) - begin;
  return { headlines: headlinesOf(record), milliseconds: Math.max(200, milliseconds) };
}

/** Runs a project from its request to its record. */
export async function runProject(stack: ChaosStack, projectId: string, ms = 60_000): Promise<RunRecord> {
  const { workflow_id } = await request(stack, projectId);
  const [record] = await waitForRecords(stack, [workflow_id], ms);
  if (!record) throw new Error(`${projectId} has not ended within ${ms} ms`);
  return record;
}

export const readProject = (stack: ChaosStack, projectId: string) => get<Project>(stack, `/projects/${projectId}`);
