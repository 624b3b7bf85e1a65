import { Type, type Static } from 'typebox';
import type { AgentQueue } from './queues';

/** A JSON Schema (draft 2020-12) as plain data. */
export type JsonSchema = { [key: string]: unknown };

/** What an execution does to the world. `once` can not be repeated safely and is attempted once. */
export type Effect = 'none' | 'idempotent' | 'once';

/** What kind of fault an error is; decides whether it is tried again. */
export type ErrorClass = 'transient' | 'permanent' | 'policy' | 'input';

/**
 * What the platform has to know of a tool or an agent. An attribute that is left out counts as its worst case:
 * effect `once`, risk `high`, approval needed, not local, one attempt.
 */
export interface ToolSpec {
  name: string;
  version: string;
  description: string;
  input: JsonSchema;
  output: JsonSchema;
  effect?: Effect;
  risk?: 'low' | 'medium' | 'high';
  approval?: boolean;
  /** milliseconds for one attempt */
  timeout?: number;
  /** attempts in all, for errors of class `transient` */
  retry?: { attempts: number; initialMs: number; backoff: number; maxMs: number };
  /** stable error types that the tool may fail with, and their class */
  errors?: Record<string, ErrorClass>;
  /** money per call, where it is known */
  cost?: { amount: number; currency: string };
  /** hosts that it may reach; none if empty */
  egress?: string[];
  /** for an agent: the workers set aside for it, if not those of all agents */
  queue?: AgentQueue;
  /** short and without effect (or idempotent by key): may run in a segment, with other short steps */
  local?: boolean;
}

/** How a tool runs: for real, or as a stub that reaches nothing. */
export type ToolMode = 'live' | 'simulate';

/** One thing that a check found wrong, and how to mend it. */
export const Finding = Type.Object({
  code: Type.String(),
  message: Type.String(),
  pointer: Type.Optional(Type.String()),
});
export type Finding = Static<typeof Finding>;

/** What a check tool (see `until`) answers. */
export const Verdict = Type.Object({ accepted: Type.Boolean(), findings: Type.Array(Finding) });
export type Verdict = Static<typeof Verdict>;
