import type { EventPayload, EventType, Failure } from '../../schemas/catalogue';
import type { Json, JsonObject } from '../../schemas/json';
import type { RunView } from '../../schemas/run';
import type { Asking } from './asked/asking';
import type { RunDependencies } from './ports';
import type { RunReader } from './read-run';

/** An event before it has a number and an id. */
export type Said = { [T in EventType]: { event_type: T; payload: EventPayload<T> } }[EventType];

/** A process's words for the end of a run that was ended from outside and so could not publish its own. */
export interface OutsideEnd {
  /** The last event; undefined if the view lacks the facts for it. */
  lastEvent(run: Pick<RunView, 'workflow_id' | 'subject' | 'view'>, error: Failure): Said | undefined;
  /** The id of the subject, from the run's input; undefined if that is the workflow id. */
  subjectId?(input: JsonObject): Json | undefined;
  /** The event that caused the run, from the run's input. */
  causeId?(input: JsonObject): Json | undefined;
  /** The process's picture of a run once it is over, from its last one; the same where it says nothing about the end. */
  ended?(view: Json): Json;
  /** The view of a run that cannot be asked any more, made from its input; else the input itself. */
  view?(input: JsonObject): Json;
}

/** What a process does with its runs, from outside them. */
export interface ProcessRuns {
  /** its operations, for the API, the CLI and the consumers: they become those of `Runs` */
  operations?(dependencies: RunDependencies, reader: RunReader): object;
  /** of a process whose runs ask people */
  asking?: Asking;
  end: OutsideEnd;
}

/** The end of a run, in words that fit every process. */
export const failedRun = (run: string, error: Failure): Said => ({ event_type: 'RUN.FAILED', payload: { run, error } });
