import type { EventPayload, EventType } from '../../schemas/catalogue';
import type { PlatformEvent, Subject } from '../../schemas/envelope';
import { uuid5 } from '../identity';

/** An event as a process speaks it. */
export type Spoken = { [T in EventType]: { type: T; payload: EventPayload<T> } }[EventType];

/** The run that speaks: facts that all its events share. */
export interface Speaker {
  workflowId: string;
  /** the execution that appends; a reset or a continue-as-new changes it */
  runId: string;
  source: string;
  subject: Subject;
  correlationId: string;
  causationId?: string;
}

/** The id of an event: the same run, appending the same number in the same execution, always gives the same. */
export const eventId = (workflowId: string, runId: string, seq: number): string =>
  uuid5(`${workflowId}:${runId}:${seq}`);

/** An event with its number and its time (UTC milliseconds). */
export function eventOf(speaker: Speaker, { type, payload }: Spoken, seq: number, at: number): PlatformEvent {
  const { workflowId, runId, source, subject, correlationId, causationId } = speaker;
  return {
    event_id: eventId(workflowId, runId, seq),
    event_type: type,
    schema_version: 1,
    source,
    occurred_at: new Date(at).toISOString(),
    correlation_id: correlationId,
    causation_id: causationId ?? null,
    subject,
    seq,
    payload,
  };
}
