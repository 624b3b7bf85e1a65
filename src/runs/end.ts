import type { EventPayload, EventType, Failure } from '../../schemas/catalogue';
import type { Json, JsonObject } from '../../schemas/json';
import type { RunView } from '../../schemas/run';

/** An event as it is said, before it has a number and an id. */
export type Said = { [T in EventType]: { event_type: T; payload: EventPayload<T> } }[EventType];

/** How a process words the end of a run that could not say it itself, because it was ended from outside. */
export interface OutsideEnd {
  /** The last event; undefined where the view lacks what it would have to say. */
  lastEvent(run: Pick<RunView, 'workflow_id' | 'subject' | 'view'>, error: Failure): Said | undefined;
  /** The id of the subject, from what the run was started with; undefined where that is the workflow id. */
  subjectId?(input: JsonObject): Json | undefined;
  /** The event that caused the run, from what it was started with. */
  causeId?(input: JsonObject): Json | undefined;
  /** The view of a run that cannot be asked any more, from what it was started with; else that itself. */
  view?(input: JsonObject): Json;
}

/** The end of a run in words that fit every process. */
export const failedRun = (run: string, error: Failure): Said => ({ event_type: 'RUN.FAILED', payload: { run, error } });
