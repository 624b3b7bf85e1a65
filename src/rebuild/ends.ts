import { WorkflowClient } from '@temporalio/client';
import type { PlatformEvent, Subject } from '../../schemas/envelope';
import { processes, type Failure } from '../../schemas/catalogue';
import type { Json, JsonObject } from '../../schemas/json';
import {
  messages,
  type EventPage,
  type RunRecord,
  type RunView,
  type StepPage,
  type StepView,
} from '../../schemas/run';
import { joinEvents } from '../runs/all-events';
import { failedRun } from '../runs/end';
import { causeOutside, endedOutside, outsideEndOf } from '../runs/ends';
import { eventId } from '../runs/event-id';
import { READ_LIMIT_MS, type Execution } from './executions';
import { readHistory, type RunHistory } from './history';
import type { UpkeepParts } from './ports';
import { publishRun } from './publish';
import { findEvents } from './scan';

/** Milliseconds for a query to a closed run: a worker replays its history to answer. */
const ASK_LIMIT_MS = 5_000;

/** Steps per question. */
const STEPS = 500;

/**
 * Publishes the end of a run that could not do so itself, because it was terminated or timed out: writes
 * its record and publishes events that the stream lacks, with an end event as the last. Once, however often it is
 * called: the first record stays, and its events are the ones published. Returns the record.
 */
export async function speakEnd(parts: UpkeepParts, closed: Execution, signal?: AbortSignal): Promise<RunRecord> {
  const { records, mirror, log } = parts;
  const { workflowId } = closed;
  if (!(await records.readRecord(workflowId))) {
    await records.writeRecord(await recordOf(parts, closed));
    log.warn(
      { run: workflowId, status: closed.status },
      'run closed without its end event: published it on behalf of the run',
    );
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
  const error = causeOutside(closed.status) ??
    history.failure ?? { type: 'run.failed', message: 'the run ended without a record' };
  const ended = new Date(closed.closedAt ?? Date.now()).toISOString();
  const last = endEvent(history, view, events, { error, ended });
  return {
    ...endedOutside(view, error, ended),
    run_id: runId,
    seq: last.seq,
    result: { inline: null },
    step_views: known?.steps ?? [],
    events: [...events, last],
  };
}

/** Events of the run: from its history, from its memory, and from the stream if its history lacks them. */
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

/** Queries the closed run; undefined if no worker can replay its history. */
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
    const said = await joinEvents({ archives: archives.map(({ ref }) => ref), events }, readEvents);
    return { view, steps, events: said };
  } catch (error) {
    log.warn(
      { run: workflowId, error: String(error) },
      'cannot query the closed run: its end is published from its history alone',
    );
    return undefined;
  }
}

/** The end of a run in the words of its process, under an id that is always the same. */
function endEvent(
  { workflowId, runId, type, input }: RunHistory,
  view: RunView,
  events: PlatformEvent[],
  { error, ended }: { error: Failure; ended: string },
): PlatformEvent {
  const before = events.at(-1);
  const seq = (before?.seq ?? 0) + 1;
  const words = outsideEndOf(view.process);
  const cause = textOf(words.causeId?.((input[0] ?? {}) as JsonObject));
  return {
    event_id: eventId(workflowId, runId, seq),
    ...(words.lastEvent(view, error) ?? failedRun(workflowId, error)),
    schema_version: 1,
    source: before?.source ?? `awe.${type}`,
    occurred_at: ended,
    correlation_id: before?.correlation_id ?? view.correlation_id,
    causation_id: before?.event_id ?? (cause || null),
    subject: before?.subject ?? view.subject,
    seq,
  };
}

/** A run that cannot be queried, from its history alone. */
function viewOf({ workflowId, runId, type, input, startedAt, events }: RunHistory): RunView {
  const first = events[0];
  const given = (input[0] ?? {}) as JsonObject;
  return {
    workflow_id: workflowId,
    run_id: runId,
    process: type,
    engine_version: 1,
    subject: first?.subject ?? subjectOf(type, workflowId, given),
    correlation_id: (first?.correlation_id ?? textOf(given['correlation_id'])) || workflowId,
    status: 'failed',
    started_at: startedAt,
    steps: { total: 0, ended: 0 },
    approvals: [],
    seq: 0,
    view: outsideEndOf(type).view?.(given) ?? given,
  };
}

function subjectOf(type: string, workflowId: string, input: JsonObject): Subject {
  const id = textOf(outsideEndOf(type).subjectId?.(input)) || workflowId;
  return { kind: processes.get(type)?.subject ?? 'run', id };
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
