/** The API as its users call it, and the facts that must hold for a project in the end. */
import type { Clarification, Project, RequestAccepted } from '../../../schemas/audit/api';
import type { PlatformEvent } from '../../../schemas/envelope';
import type { RunRecord } from '../../../schemas/run';
import type { RecordStore } from '../../../src/documents/records';
import { until } from '../../support/until';

export const workContext = {
  rows: [
    { category: 'Invoicing', estimated_minutes: 45, text: 'Re-type delivery notes into the ERP' },
    { category: 'Mail', estimated_minutes: 60, text: 'Sort the shared mailbox by hand and forward' },
    { category: 'Reports', estimated_minutes: 25, text: 'Copy yesterday’s numbers into the weekly sheet' },
  ],
  hourly_rate: 42,
  period: { type: 'monthly', working_days: 21 },
};

export interface Answer<T> {
  status: number;
  body: T;
}

export async function post<T>(url: string, body: unknown, key?: string): Promise<Answer<T>> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  return { status: answer.status, body: (await answer.json()) as T };
}

export async function get<T>(url: string): Promise<T> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  if (!answer.ok) throw new Error(`GET ${url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Requests an audit; without rows unless the test asks for them. */
export const request = (api: string, project_id: string | undefined, rows: boolean, key?: string) =>
  post<RequestAccepted>(
    `${api}/initial-request`,
    {
      ...(project_id ? { project_id } : {}),
      request_text: 'full audit',
      ...(rows ? { work_context: workContext } : {}),
    },
    key,
  );

export const projectOf = (api: string, id: string) => get<Project>(`${api}/projects/${id}`);

/** Waits until a project asks for something, and returns the question's id. */
export async function asked(api: string, project: string, ms = 30_000): Promise<string> {
  let id: string | undefined;
  await until(async () => {
    const path = `${api}/projects/${project}/clarifications`;
    const list = await get<{ clarifications: Clarification[] }>(path).catch(() => undefined);
    id = list?.clarifications.find(({ status }) => status === 'open')?.approval_id;
    return id !== undefined;
  }, ms);
  return id!;
}

/** Follows the events of a project by SSE until one of this type comes; returns all that came. */
export async function follow(api: string, project: string, last: string, ms = 60_000): Promise<PlatformEvent[]> {
  const answer = await fetch(`${api}/projects/${project}/events`, { signal: AbortSignal.timeout(ms) });
  const events: PlatformEvent[] = [];
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) {
      const data = /^data: (.*)$/m.exec(frame)?.[1];
      if (data !== undefined && !/^event: /m.test(frame)) events.push(JSON.parse(data) as PlatformEvent);
    }
    if (events.some(({ event_type }) => event_type === last)) return events;
  }
  return events;
}

/** The records of runs, once all have ended. */
export async function recordsOf(records: RecordStore, workflowIds: string[], ms = 90_000): Promise<RunRecord[]> {
  const found = new Map<string, RunRecord>();
  await until(async () => {
    for (const id of workflowIds.filter((id) => !found.has(id))) {
      const record = await records.readRecord(id);
      if (record) found.set(id, record);
    }
    return found.size === workflowIds.length;
  }, ms);
  return workflowIds.map((id) => found.get(id)!);
}

/** Asserts that a project is complete: every moment once, each deliverable once, `seq` without gap or repeat. */
export function expectDoneOnce({ status, events }: RunRecord): void {
  expect(status).toBe('completed');
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  for (const type of ['PROJECT.INITIAL_REQUEST_RECEIVED', 'PROJECT.BACKLOG_GENERATED', 'PROJECT.COMPLETED'])
    expect([type, ofType(events, type).length]).toEqual([type, 1]);
  for (const type of ['WORK.ITEM_DISPATCHED', 'DELIVERABLE.PUBLISHED', 'WORK.ITEM_COMPLETED']) {
    const items = ofType(events, type).map(({ payload }) => (payload as { backlog_item_id: string }).backlog_item_id);
    expect(items.sort()).toEqual(['cost', 'friction', 'scenario', 'summary', 'time_waste']);
  }
}

const ofType = (events: PlatformEvent[], type: string) => events.filter(({ event_type }) => event_type === type);
