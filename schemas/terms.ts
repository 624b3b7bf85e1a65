/** Terms of a run, which hold for each of its calls from its start to its end. */
export interface Terms {
  locks?: Locks;
  recording?: Recording;
}

/** Facts of a model that a run is bound to. */
export interface Locks {
  /** an answer of any other model fails its step */
  model_version?: string;
  seed?: number;
  temperature?: number;
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
