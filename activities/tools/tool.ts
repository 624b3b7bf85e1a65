import type { Log } from './log';
import type { Json } from '../../schemas/json';
import type { PolicyLimits } from '../../schemas/policy';
import type { Value } from '../../schemas/refs';
import type { Locks } from '../../schemas/terms';
import type { StepArguments } from '../../schemas/step-call';
import type { Finding, ToolMode, ToolSpec } from '../../schemas/tool';
import type { Databases } from '../../src/databases/databases';
import type { Documents } from '../../src/documents/content';
import type { Memory } from '../../src/memory/memory';
import type { Meaning } from '../../src/meaning/meaning';
import type { State } from '../../src/state/state';
import type { Workspace } from '../../src/workspaces/port';
import type { Solve } from '../agents/loop/port';
import type { AgentState } from '../agents/state';
import type { Egress } from './egress';
import type { Apart } from './pure/apart';

/**
 * A tool as the runtime runs it: its specification and its function, JSON in and JSON out. Made with `defineTool`, or
 * with `defineAgent`: an agent is a tool too.
 */
export interface Tool {
  spec: ToolSpec;
  kind?: 'tool' | 'agent';
  /** `input` is the tool's own and validated; its result has to be JSON and is validated too. */
  run(input: Json, context: ToolContext): Promise<Json | Kept>;
  /** Does the same elsewhere, where the arguments are large: they are read, and the output is checked and kept, there. */
  apart?(given: StepArguments, context: ToolContext): Promise<Json | Kept>;
  /** Result in a simulation; without it a sample is made from the output's schema. */
  simulate?(input: Json, context: ToolContext): Promise<Json>;
}

/** An output that is checked, and in the document store, already. */
export class Kept {
  constructor(readonly value: Value) {}
}

/** Context of a tool: everything it needs from outside comes through here. `Output` is the type of its result. */
export interface ToolContext<Output = Json> {
  workflow_id: string;
  correlation_id: string;
  step_id: string;
  /** counts executions of the step, from 1 */
  round: number;
  /** the same for every attempt of a round, so that a repeated effect counts once */
  key: string;
  mode: ToolMode;
  /** bounds of the whole run; none where it is left out */
  limits?: PolicyLimits;
  /** what the run is bound to */
  locks?: Locks;
  /** counts attempts within the round, from 1 */
  attempt: number;
  /** aborted when the time is up or the step is cancelled */
  signal: AbortSignal;
  /** deadline, UTC milliseconds */
  deadline: number;
  /** heartbeats; the platform does so by itself too */
  heartbeat(detail?: unknown): void;
  log: Log;
  /** values and artifacts; in a simulation no artifact can be put */
  documents: Documents;
  /** files of the run, which all its steps share; in a simulation they can be read alone */
  workspace: Workspace;
  /** values that the steps of the run share by name; in a simulation they can be read alone */
  memory: Memory;
  /** texts that are found by their meaning, of the run and of spaces by their names; in a simulation they can be read alone */
  meaning: Meaning;
  /** values that the tool or agent keeps between its calls, in all runs and workers; in a simulation they can be read alone */
  state: State;
  /** the way out, to the hosts that the specification names; closed in a simulation */
  fetch: Egress;
  /** places where tools compute, besides this thread */
  apart: Apart;
  /** the databases that the operator has opened; in a simulation none, or to read where the specification says so */
  databases: Databases;
  /**
   * Asks something of the world that no other way here leads to: of a service by its own client, say. A recorded run keeps
   * request and answer, both JSON, and a replay answers from there. `kind`: a word for such exchanges.
   */
  exchange<Q, T>(kind: string, request: Q, ask: (request: Q) => Promise<T>): Promise<T>;
  /** the time, UTC milliseconds; in a replay what it was */
  now(): number;
  /** a number from 0 up to 1, without 1; in a replay the same as before */
  random(): number;
  /** Rests for milliseconds, which a replay passes over. @throws the reason of the signal */
  pause(ms: number): Promise<void>;
  /** answers come from a recording, and nothing goes out */
  replayed: boolean;
  /** health reports of agents */
  agents: AgentState;
  /** has a model do a task, for agents where `WORKER_MODE` is `llm`; not in a simulation, which asks no model */
  solve?: Solve;
  /** in a rework: the check's findings on the output of the round before */
  rework?: { previous: Output; findings: Finding[]; instruction?: string };
}
