import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import type { PlatformEvent } from '../../schemas/envelope';
import type { Ref } from '../../schemas/refs';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
type Payloads = temporal.api.common.v1.IPayloads | null | undefined;

/** Facts of a run in the history of an execution. */
export interface RunHistory {
  workflowId: string;
  runId: string;
  type: string;
  /** the workflow's input */
  input: unknown[];
  /** UTC instant */
  startedAt: string;
  /** all events of all runs of its chain, in order of `seq` */
  events: PlatformEvent[];
  /** if it came out of a reset: the run that was reset, and the last `seq` before the point of the reset */
  reset?: { baseRunId: string; after: number; reason?: string };
  /** cause of its failure, if it failed */
  failure?: { type: string; message: string };
}

export interface HistoryParts {
  /** events that a run has put into the document store */
  readEvents: (ref: Ref) => Promise<PlatformEvent[]>;
}

/**
 * All events of a run, read from the history of its newest execution (or the one given). Events of the executions
 * before it in a chain of continue-as-new are in archives, whose references the newest one was started
 * with, so a chain may be longer than Temporal's retention. A reset execution begins with a copy of earlier history.
 */
export async function readHistory(
  client: Client,
  execution: { workflowId: string; runId?: string },
  { readEvents }: HistoryParts,
): Promise<RunHistory> {
  const { workflowId, runId } = execution;
  const { events: history = [] } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const started = history?.[0]?.workflowExecutionStartedEventAttributes;
  const input = decodeAll(started?.input);
  const spoken = new Spoken(readEvents);
  for (const { ref } of carriedArchives(input)) await spoken.archive(ref);

  let run = runId ?? started?.originalExecutionRunId ?? '';
  let reset: RunHistory['reset'];
  let failure: RunHistory['failure'];
  for (const event of history ?? []) {
    await readActivity(event, spoken);
    const task = event.workflowTaskFailedEventAttributes;
    if (task && Number(task.cause) === RESET_WORKFLOW) {
      const reason = task.failure?.message ?? undefined;
      reset = { baseRunId: task.baseRunId ?? '', after: spoken.last, ...(reason ? { reason } : {}) };
      run = task.newRunId ?? run;
    }
    const failed = event.workflowExecutionFailedEventAttributes?.failure;
    if (failed) {
      const type = failed.applicationFailureInfo?.type ?? 'run.failed';
      failure = { type: type || 'run.failed', message: failed.message ?? '' };
    }
  }
  return {
    workflowId,
    runId: run,
    type: started?.workflowType?.name ?? '',
    input,
    startedAt: new Date(Number(history?.[0]?.eventTime?.seconds ?? 0) * 1_000).toISOString(),
    events: spoken.inOrder(),
    ...(reset ? { reset } : {}),
    ...(failure ? { failure } : {}),
  };
}

/** All events of a run, oldest first: of every run of its chain and, after a reset, of the branch that counts. */
export async function historyEvents(
  client: Client,
  execution: { workflowId: string; runId?: string },
  parts: HistoryParts,
): Promise<PlatformEvent[]> {
  return (await readHistory(client, execution, parts)).events;
}

/** `WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW` */
const RESET_WORKFLOW = 20;

/** Events as they are found, each number once: the first one found stays. */
class Spoken {
  private readonly bySeq = new Map<number, PlatformEvent>();
  private readonly seen = new Set<string>();
  last = 0;

  constructor(private readonly readEvents: HistoryParts['readEvents']) {}

  add(events: unknown): void {
    if (!Array.isArray(events)) return;
    for (const event of events as PlatformEvent[]) {
      if (typeof event?.seq !== 'number' || this.bySeq.has(event.seq)) continue;
      this.bySeq.set(event.seq, event);
      this.last = Math.max(this.last, event.seq);
    }
  }

  async archive(ref: Ref | undefined): Promise<void> {
    if (ref?.$ref === undefined || this.seen.has(ref.$ref)) return;
    this.seen.add(ref.$ref);
    this.add(await this.readEvents(ref));
  }

  inOrder(): PlatformEvent[] {
    return [...this.bySeq.values()].sort((a, b) => a.seq - b.seq);
  }
}

/** Events are in the input of activities: carried with a step, in batches, as archives, or as the last ones. */
async function readActivity(
  { activityTaskScheduledEventAttributes: begun }: HistoryEvent,
  spoken: Spoken,
): Promise<void> {
  const name = begun?.activityType?.name;
  const [input, riding] = decodeAll(begun?.input) as [SpokenInput?, { events?: unknown }?];
  spoken.add(riding?.events);
  if (name === 'publishBatch' || name === 'mirrorBatch' || name === 'endRun') spoken.add(input?.events);
  if (name === 'runSegment') spoken.add(input?.ending?.events);
  if (name === 'mirrorArchive') await spoken.archive(input?.ref);
  if (name === 'storeEvents') spoken.add(input);
}

interface SpokenInput {
  events?: unknown;
  ending?: { events?: unknown };
  ref?: Ref;
}

/** The second argument of a run that has continued as new names the archives of its earlier events. */
function carriedArchives(input: unknown[]): { ref: Ref }[] {
  const carried = input[1] as { outbox?: { archives?: { ref: Ref }[] } } | undefined;
  return carried?.outbox?.archives ?? [];
}

function decodeAll(payloads: Payloads): unknown[] {
  return (payloads?.payloads ?? []).map((payload) => {
    try {
      return defaultPayloadConverter.fromPayload(payload);
    } catch {
      return undefined; // not ours: an encoded payload
    }
  });
}
