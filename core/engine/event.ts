import type { EventPayload, EventType } from '../../schemas/catalogue';
import type { PlatformEvent, Subject } from '../../schemas/envelope';
import { uuid5 } from '../identity';

/** An event as a process speaks it. */
export type Spoken = { [T in EventType]: { type: T; payload: EventPayload<T> } }[EventType];

/** Executions of a run before the present one, oldest first, each with the number of the last event that it said. */
export type Lineage = { runId: string; upTo: number }[];

/** The run that speaks: facts that all its events share. */
export interface Speaker {
  workflowId: string;
  /** the execution that appends; a reset or a continue-as-new changes it */
  runId: string;
  before: Lineage;
  source: string;
  subject: Subject;
  correlationId: string;
  /** the event of others that led to the run */
  causationId?: string;
}

/** Place of an event in its run: its number, its time (UTC milliseconds), and the number of the event that caused it. */
export interface EventPlace {
  seq: number;
  at: number;
  cause?: number;
}

/** The id of an event: the same run, appending the same number in the same execution, always gives the same. */
export const eventId = (workflowId: string, runId: string, seq: number): string =>
  uuid5(`${workflowId}:${runId}:${seq}`);

/** An event with its number, its time and its cause. One without a cause in the run has that of the run. */
export function eventOf(speaker: Speaker, { type, payload }: Spoken, { seq, at, cause }: EventPlace): PlatformEvent {
  const { source, subject, correlationId } = speaker;
  const { event_id, causation_id } = idsOf(speaker, seq, cause);
  return {
    event_id,
    event_type: type,
    schema_version: 1,
    source,
    occurred_at: new Date(at).toISOString(),
    correlation_id: correlationId,
    causation_id,
    subject,
    seq,
    payload,
  };
}

/** The ids of an event and of its cause. */
export const idsOf = (speaker: Speaker, seq: number, cause: number | undefined) => ({
  event_id: idOf(speaker, seq),
  causation_id: cause === undefined ? (speaker.causationId ?? null) : idOf(speaker, cause),
});

function idOf({ workflowId, runId, before }: Speaker, seq: number): string {
  return eventId(workflowId, before.find(({ upTo }) => seq <= upTo)?.runId ?? runId, seq);
}
