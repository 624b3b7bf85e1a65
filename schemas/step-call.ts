import type { PolicyLimits } from './policy';
import type { StepQueue } from './queues';
import type { PromptRef } from './llm-call';
import type { Value } from './refs';
import type { Terms } from './terms';
import type { Finding, ToolMode } from './tool';

/**
 * Scope of expressions: `input.…` and `steps.<id>.output|status|error`; for an element of a step `item` and `index`, from
 * 0; for a round of a group `index`. Values may still be references.
 */
export interface Scope {
  input: Value;
  steps: Record<string, ScopeStep>;
  item?: Value;
  index?: number;
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

/** A request of the interpreter to the tool runtime. */
export interface StepCall {
  workflow_id: string;
  correlation_id: string;
  step_id: string;
  /** the tool or the agent */
  uses: string;
  /** counts executions of the step, from 1; attempts within a round have the same number */
  round: number;
  /** the same for every attempt of a round, different for each round; makes effects safe to repeat */
  key: string;
  mode: ToolMode;
  arguments: StepArguments;
  /** bounds of the whole run; none where it is left out */
  limits?: PolicyLimits;
  /** what else holds for each call of the run */
  terms?: Terms;
  /** in a rework: faults that the check found in the output of the round before */
  rework?: { previous: Value; findings: Finding[]; instruction?: string };
}

/** Result of a call: the output, by reference if it is larger than 2 KiB of JSON. */
export interface StepResult {
  output: Value;
  /** of an agent whose task a model has done: what that has taken */
  spent?: ModelSpending;
  /** the number of the attempt that gave it, where it was not the first */
  attempt?: number;
}

/** What a model has taken. `tokens` null, `cost` `unknown`: nobody knows. */
export interface ModelSpending {
  tokens: number | null;
  /** a decimal and its currency, or `unknown` */
  cost: string;
  /** as it calls itself, and the prompt that it was asked with */
  model?: string;
  prompt?: PromptRef;
}

/** Facts of the attempt that has failed, among the details of its failure. */
export interface FailureDetails {
  step: string;
  attempt: number;
}

/** Settings for running a step, taken from its tool's specification when the plan is loaded. */
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
  /** milliseconds without a sign of life after which another worker takes the step over */
  idleMs?: number;
}
