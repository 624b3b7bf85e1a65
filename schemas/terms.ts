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
  /** step from which on the replay is live, with all that depends on it */
  live_from?: string;
}
