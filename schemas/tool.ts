import { Type, type Static } from 'typebox';
import type { AgentQueue } from './queues';

/** A JSON Schema (draft 2020-12) as plain data. */
export type JsonSchema = { [key: string]: unknown };

/** Effect of an execution on the world. `once` cannot be repeated safely and is attempted once. */
export type Effect = 'none' | 'idempotent' | 'once';

/** Class of an error; decides whether the call is tried again. */
export type ErrorClass = 'transient' | 'permanent' | 'policy' | 'input';

/**
 * Facts that the platform needs of a tool or an agent. An attribute left out counts as its worst case:
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
  /** money per call, if known */
  cost?: { amount: number; currency: string };
  /** hosts that it may reach; none if empty */
  egress?: string[];
  /** for an agent: the workers set aside for it, if not those of all agents */
  queue?: AgentQueue;
  /** short and without effect (or idempotent by key): may run in a segment, with other short steps */
  local?: boolean;
}

/** Mode of a tool: for real, or as a stub that reaches nothing. */
export type ToolMode = 'live' | 'simulate';

/** One fault that a check found, and its remedy. */
export const Finding = Type.Object({
  code: Type.String(),
  message: Type.String(),
  pointer: Type.Optional(Type.String()),
});
export type Finding = Static<typeof Finding>;

/** Answer of a check tool (see `until`). */
export const Verdict = Type.Object({ accepted: Type.Boolean(), findings: Type.Array(Finding) });
export type Verdict = Static<typeof Verdict>;
