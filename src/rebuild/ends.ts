import { WorkflowClient } from '@temporalio/client';
import type { DispatchView, ProjectView } from '../../schemas/audit/run';
import type { PlatformEvent, Subject } from '../../schemas/envelope';
import type { Failure } from '../../schemas/catalogue';
import type { Json, JsonObject } from '../../schemas/json';
import type { OperationView } from '../../schemas/operations/run';
import {
  messages,
  type EventPage,
  type RunRecord,
  type RunView,
  type StepPage,
  type StepView,
} from '../../schemas/run';
import { eventId } from '../runs/event-id';
import { READ_LIMIT_MS, type Execution } from './executions';
import { readHistory, type RunHistory } from './history';
import type { UpkeepParts } from './ports';
import { publishRun } from './publish';
import { findEvents } from './scan';

/** Milliseconds for asking a closed run what it knew: a worker replays its history for it. */
const ASK_LIMIT_MS = 5_000;

/** Steps of one question. */
const STEPS = 500;

/**
 * Speaks the end of a run that could not speak it itself, because somebody has terminated it or its time was up: writes
 * its record and publishes what is not in the stream yet, with an end event as the last. Once, however often it is
 * called: the first record stays, and what it holds is what is published. Answers the record.
 */
export async function speakEnd(parts: UpkeepParts, closed: Execution, signal?: AbortSignal): Promise<RunRecord> {
  const { records, mirror, log } = parts;
  const { workflowId } = closed;
  if (!(await records.readRecord(workflowId))) {
    await records.writeRecord(await recordOf(parts, closed));
    log.warn({ run: workflowId, status: closed.status }, 'a run ended without a word: its end is spoken for it');
  }
  const record = await records.readRecord(workflowId);
  if (!record) throw new Error(`the record of ${workflowId} is gone`);
  if (record.run_id === closed.runId)
    await publishRun(mirror, { workflowId, events: record.events, ended: true }, signal);
  return record;
}

async function recordOf(parts: UpkeepParts, closed: Execution): Promise<RunRecord> {
  const { temporal } = parts;
  const { workflowId, runId } = closed;
  const history = await temporal.call((client) => readHistory(client, { workflowId, runId }, parts), READ_LIMIT_MS);
  const known = await askClosed(parts, closed);
  const view = known?.view ?? viewOf(history);
  const events = await everythingSaid(parts, history, known?.events ?? []);
  const error = causeOf(closed, history);
  const ended = new Date(closed.closedAt ?? Date.now()).toISOString();
  const last = endEvent(history, view, events, { error, ended });
  return {
    ...view,
    run_id: runId,
    status: 'failed',
    ended_at: ended,
    seq: last.seq,
    error,
    approvals: view.approvals.map((approval) =>
      approval.status === 'open' ? { ...approval, status: 'cancelled' as const } : approval,
    ),
    result: { inline: null },
    step_views: known?.steps ?? [],
    events: [...events, last],
  };
}

/** What the run has said: in its history, in its memory, and what went out without its history knowing. */
async function everythingSaid(
  parts: UpkeepParts,
  history: RunHistory,
  memory: PlatformEvent[],
): Promise<PlatformEvent[]> {
  const { redis, keys } = parts;
  const { workflowId, runId } = history;
  const events = new Map(history.events.map((event) => [event.seq, event]));
  for (const event of memory) if (!events.has(event.seq)) events.set(event.seq, event);
  const last = Math.max(0, ...events.keys());
  const watermark = Number((await redis.hget(keys.mirror, workflowId)) ?? 0);
  if (watermark > last) {
    const ids = Array.from({ length: watermark - last }, (_, i) => eventId(workflowId, runId, last + 1 + i));
    const found = await findEvents(
      redis,
      keys.events,
      new Set(ids),
      `${Math.max(0, Date.parse(history.startedAt) - 60_000)}`,
    );
    for (const event of found.values()) events.set(event.seq, event);
  }
  return [...events.values()].sort((a, b) => a.seq - b.seq);
}

/** Asks the closed run by its history; undefined where no worker can replay it. */
async function askClosed(
  { temporal, readEvents, log }: UpkeepParts,
  { workflowId, runId }: Execution,
): Promise<{ view: RunView; steps: StepView[]; events: PlatformEvent[] } | undefined> {
  const ask = async <T>(name: string, argument?: object): Promise<T> =>
    await temporal.call(
      (client) =>
        new WorkflowClient({ connection: client.connection, namespace: client.options.namespace })
          .getHandle(workflowId, runId)
          .query<T, object[]>(name, ...(argument ? [argument] : [])),
      ASK_LIMIT_MS,
    );
  try {
    const view = await ask<RunView>(messages.status);
    const steps: StepView[] = [];
    for (let from: number | undefined = 0; from !== undefined;) {
      const page: StepPage = await ask<StepPage>(messages.steps, { from, limit: STEPS });
      steps.push(...page.steps);
      from = page.next;
    }
    const { events, archives } = await ask<EventPage>(messages.events, { after: 0, limit: 100_000 });
    const archived = await Promise.all(archives.map(({ ref }) => readEvents(ref)));
    return { view, steps, events: [...archived.flat(), ...events] };
  } catch (error) {
    log.warn({ run: workflowId, error: String(error) }, 'a closed run cannot be asked: its history has to do');
    return undefined;
  }
}

/** The end of a run in the words of its process, under an id that is always the same. */
function endEvent(
  { workflowId, runId, type }: RunHistory,
  view: RunView,
  events: PlatformEvent[],
  { error, ended }: { error: Failure; ended: string },
): PlatformEvent {
  const before = events.at(-1);
  const seq = (before?.seq ?? 0) + 1;
  return {
    event_id: eventId(workflowId, runId, seq),
    ...wordsOf(workflowId, view, error),
    schema_version: 1,
    source: before?.source ?? `awe.${type}`,
    occurred_at: ended,
    correlation_id: before?.correlation_id ?? view.correlation_id,
    causation_id: before?.causation_id ?? null,
    subject: before?.subject ?? view.subject,
    seq,
  };
}

function wordsOf(
  run: string,
  { process, subject, view }: RunView,
  error: Failure,
): { event_type: string; payload: JsonObject } {
  switch (process) {
    case 'audit': {
      const items = (view as Partial<ProjectView> | null)?.items ?? [];
      const failed_items = items.filter(({ status }) => status !== 'completed').map((item) => item.backlog_item_id);
      return { event_type: 'PROJECT.FAILED', payload: { project_id: subject.id, error, failed_items } };
    }
    case 'dispatch': {
      const { backlog_item_id, agent_target } = (view ?? {}) as Partial<DispatchView>;
      if (!backlog_item_id || !agent_target) break;
      const payload = { project_id: subject.id, backlog_item_id, agent_target, error };
      return { event_type: 'WORK.ITEM_FAILED', payload };
    }
    case 'order':
      return { event_type: 'ORDER.FAILED', payload: { order_id: subject.id, error } };
    case 'operations': {
      const operation = view as Partial<OperationView> | null;
      if (!operation?.action) break;
      const { action, by = 'unknown', dry_run = false, counts = NOTHING } = operation;
      return { event_type: 'OPERATION.FAILED', payload: { operation: run, action, by, dry_run, counts, error } };
    }
  }
  return { event_type: 'RUN.FAILED', payload: { run, error } };
}

const NOTHING = { matched: 0, done: 0, skipped: 0, failed: 0 };

function causeOf({ status }: Execution, { failure }: RunHistory): Failure {
  switch (status) {
    case 'terminated':
      return { type: 'run.terminated', message: 'somebody has terminated the run in Temporal' };
    case 'timed_out':
      return { type: 'run.timed_out', message: "the run's time in Temporal was up" };
    case 'cancelled':
      return { type: 'run.cancelled', message: 'cancelled before the run could say so' };
    default:
      return failure ?? { type: 'run.failed', message: 'the run ended without a record' };
  }
}

/** What the history alone says of a run that cannot be asked. */
function viewOf({ workflowId, runId, type, input, startedAt, events }: RunHistory): RunView {
  const first = events[0];
  const given = (input[0] ?? {}) as { [name: string]: Json };
  const text = (name: string): string => (typeof given[name] === 'string' ? given[name] : '');
  const subject: Subject = first?.subject ?? subjectOf(type, workflowId, text('order_id') || text('project_id'));
  const view: Json =
    subject.kind === 'project'
      ? {
          project_id: subject.id,
          request_text: text('request_text'),
          requested_by: text('requested_by'),
          rows: typeof given['rows'] === 'number' ? given['rows'] : 0,
          items: [],
          deliverables: [],
          clarifications: [],
        }
      : given;
  return {
    workflow_id: workflowId,
    run_id: runId,
    process: type,
    engine_version: 1,
    subject,
    correlation_id: (first?.correlation_id ?? text('correlation_id')) || workflowId,
    status: 'failed',
    started_at: startedAt,
    steps: { total: 0, ended: 0 },
    approvals: [],
    seq: 0,
    view,
  };
}

function subjectOf(type: string, workflowId: string, name: string): Subject {
  if (name !== '') return { kind: type === 'order' ? 'order' : 'project', id: name };
  return { kind: type === 'operations' ? 'operation' : 'run', id: workflowId };
}
