import type { Json } from '../../schemas/json';
import type { Finding, ToolMode, ToolSpec } from '../../schemas/tool';
import type { Documents } from '../../src/documents/content';
import type { AgentState } from '../agents/state';
import type { Egress } from './egress';

/**
 * A tool as the runtime runs it: its specification and its function, JSON in and JSON out. Made with `defineTool`, or
 * with `defineAgent`: an agent is a tool too.
 */
export interface Tool {
  spec: ToolSpec;
  kind?: 'tool' | 'agent';
  /** `input` is the tool's own and validated; its result has to be JSON and is validated too. */
  run(input: Json, context: ToolContext): Promise<Json>;
  /** Result in a simulation; without it a sample is made from the output's schema. */
  simulate?(input: Json, context: ToolContext): Promise<Json>;
}

/** The part of a logger that is needed here; pino's fits. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
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
  /** the way out, to the hosts that the specification names; closed in a simulation */
  fetch: Egress;
  /** health reports of agents */
  agents: AgentState;
  /** in a rework: the check's findings on the output of the round before */
  rework?: { previous: Output; findings: Finding[]; instruction?: string };
}
