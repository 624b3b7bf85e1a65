import type { Ref } from './refs';

/** Terms of a run, which hold for each of its calls from its start to its end. */
export interface Terms {
  locks?: Locks;
  recording?: Recording;
}

/** Facts that a run is bound to: a step for which one of them has changed fails. */
export interface Locks {
  /** the model that is asked; an answer of any other fails its step */
  model_version?: string;
  /** without that, the one that has answered first */
  answered?: string;
  seed?: number;
  temperature?: number;
  /** versions of the tools that the plan was drawn with */
  tools?: { [name: string]: string };
  /** hashes of prompts that the run has asked with, by name and language */
  prompts?: { [name: string]: string };
}

/**
 * Treatment of what the calls of a run exchange with the world: models, HTTP, databases, MCP servers, clocks. `record`
 * keeps each exchange; `replay` answers from those that were kept and lets nothing out.
 */
export type Recording = { mode: 'record' } | Replaying;

/** A replay. */
export interface Replaying {
  mode: 'replay';
  /** workflow id of the run that was recorded */
  of: string;
  /** ids of the steps that are live all the same: a change is tried, and everything that depends on it */
  live?: Ref<string[]>;
  /** the change that is tried in these */
  change?: TriedChange;
}

/** A change that a replay tries in its live steps. */
export interface TriedChange {
  /** the model that is asked, by its name at the gateway */
  model?: string;
  /** instructions that models are given in place of others, by task */
  prompts?: { [task: string]: Ref<string> };
}

/** Workflow id of the run that a replay replays. */
export const replayOf = ({ recording }: Terms = {}): string | undefined =>
  recording?.mode === 'replay' ? recording.of : undefined;

/** True for a replay in which every answer comes from the recording. */
export const isWholeReplay = (recording: Recording | undefined): recording is Replaying =>
  recording?.mode === 'replay' && recording.live === undefined;

/** True for a run whose exchanges are kept: one that is recorded, and a replay with live steps. */
export const isKept = (recording: Recording | undefined): recording is Recording =>
  recording !== undefined && !isWholeReplay(recording);
