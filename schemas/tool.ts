import { Type, type Static } from 'typebox';
import { JsonObjectValue, JsonValue } from './json';
import type { AgentQueue } from './queues';

/** A JSON Schema (draft 2020-12) as plain data. */
export type JsonSchema = { [key: string]: unknown };

/** Effect of an execution on the world. `once` cannot be repeated safely and is attempted once. */
export type Effect = 'none' | 'idempotent' | 'once';

/** Class of an error; decides whether the call is tried again. */
export type ErrorClass = 'transient' | 'permanent' | 'policy' | 'input';

/** The effect of calls whose arguments are among those named; null stands for an argument that is left out. */
export interface EffectCase {
  when: { [argument: string]: (string | number | boolean | null)[] };
  effect: Effect;
  retry?: Retry;
}

/** A task that an agent knows by its name. */
export const AgentTask = Type.Object(
  {
    name: Type.String(),
    description: Type.String(),
    given: Type.Unsafe<JsonSchema>({
      type: 'object',
      description: 'JSON Schema of the members that it reads, in `parameters` first, then in `input`',
    }),
    output: Type.Unsafe<JsonSchema>({ type: 'object', description: 'JSON Schema of its output' }),
    example: Type.Object({
      task: Type.String(),
      parameters: Type.Optional(JsonObjectValue),
      input: Type.Optional(JsonValue),
    }),
  },
  { $id: 'AgentTask' },
);
export type AgentTask = Static<typeof AgentTask>;

/** Attempts in all, for errors of class `transient`. */
export interface Retry {
  attempts: number;
  initialMs: number;
  backoff: number;
  maxMs: number;
}

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
  /** effects of calls with certain arguments, the first case that fits; all others have `effect` */
  effects?: EffectCase[];
  risk?: 'low' | 'medium' | 'high';
  approval?: boolean;
  /** milliseconds for one attempt */
  timeout?: number;
  retry?: Retry;
  /** stable error types that the tool may fail with, and their class */
  errors?: Record<string, ErrorClass>;
  /** money per call, if known */
  cost?: { amount: number; currency: string };
  /** hosts that it may reach; none if empty, any public one if `*` */
  egress?: string[];
  /** reads databases in a simulation too; else it reaches none there */
  reads_in_simulation?: boolean;
  /** takes secrets among its arguments, and hands them to nothing but `context.fetch` */
  secrets?: boolean;
  /** other names under which plans may use it */
  aliases?: string[];
  /** for an agent: the workers set aside for it, if not those of all agents */
  queue?: AgentQueue;
  /** of an agent: the tasks that it knows, by which its input names them */
  tasks?: AgentTask[];
  /** short and without effect (or idempotent by key): may run in a segment, with other short steps */
  local?: boolean;
  /** why no new plan may use it for now, with a stable code and what to do about it */
  withheld?: { code: string; message: string };
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
