import type { StepQueue } from './queues';
import type { Value } from './refs';
import type { Finding, ToolMode } from './tool';

/** What expressions can see: `input.…` and `steps.<id>.output|status|error`. Values may still be references. */
export interface Scope {
  input: Value;
  steps: Record<string, ScopeStep>;
}

/** A step as expressions see it. */
export interface ScopeStep {
  status: string;
  output: Value;
  error?: { type: string; message: string };
}

/**
 * The arguments of an execution: rendered already; or a template (inline, or by reference into the plan's file) with
 * the values it reads, which the tool runtime renders because some of them are references.
 */
export type StepArguments = { value: Value } | { template: Value; scope: Scope };

/** What the interpreter asks the tool runtime to do. */
export interface StepCall {
  workflow_id: string;
  correlation_id: string;
  step_id: string;
  /** the tool or the agent */
  uses: string;
  /** counts executions of the step, from 1; attempts within a round have the same number */
  round: number;
  /** the same for every attempt of a round, never the same for two rounds: what effects are made safe by */
  key: string;
  mode: ToolMode;
  arguments: StepArguments;
  /** in a rework: what the check found wrong with the output of the round before */
  rework?: { previous: Value; findings: Finding[]; instruction?: string };
}

/** What comes back: the output, by reference when it is larger than 2 KiB of JSON. */
export interface StepResult {
  output: Value;
}

/** How the interpreter runs a step, taken from the specification of its tool when the plan is loaded. */
export interface StepClass {
  /** local: in a segment, with other short steps; retried: by Temporal, with its attempts; once: a single attempt */
  class: 'local' | 'retried' | 'once';
  /** agents have workers of their own, and so may those of one process */
  queue: StepQueue;
  /** milliseconds for one attempt */
  timeout: number;
  attempts: number;
  initialMs: number;
  backoff: number;
  maxMs: number;
}
