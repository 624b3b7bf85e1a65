import type { Static, TSchema } from 'typebox';
import type { Agent } from '../../activities/agents/base';
import type { TaskAgent } from '../../activities/agents/task-agent';
import type { analyst } from '../../activities/agents/ready/analyst';
import type { research } from '../../activities/agents/ready/research';
import type { reviewer } from '../../activities/agents/ready/reviewer';
import type { sales } from '../../activities/agents/ready/sales';
import type { writer } from '../../activities/agents/ready/writer';
import type { TypedTool } from '../../activities/tools/define';
import type { HttpInput, HttpOutput } from '../../activities/tools/builtin/http/schema';
import type { Json } from '../../schemas/json';
import type { Approval, OnError, RetryPolicy } from '../../schemas/plan';
import type { Tool } from '../../activities/tools/tool';
import type { Expression, Resolved, Written } from './expressions';

/** Agents that come with the platform, whose tasks type parameters and outputs. */
interface PlatformAgents {
  analyst: typeof analyst;
  research: typeof research;
  reviewer: typeof reviewer;
  sales: typeof sales;
  writer: typeof writer;
}

type Condition = string | Expression<boolean>;

interface Common {
  /** later steps name it as `steps.<step_id>` */
  step_id: string;
  name?: string;
  depends_on?: readonly string[];
  /** false skips the step */
  when?: Condition;
  on_error?: OnError;
}

/** Of a step that is one call. */
interface Called extends Common {
  timeout?: string;
  retry?: RetryPolicy;
  /** takes the place of the output, made of it */
  output?: { readonly [name: string]: unknown };
}

interface AgentStep extends Called {
  step_type: 'agent_task';
  /** an agent that comes with the platform, one of your own as `defineTaskAgent` gives it, or the name of any */
  agent_type: string | Agent;
  task: string;
  parameters?: object;
}

interface ToolStep extends Called {
  step_type: 'tool';
  /** a tool's name, or one of your own as `defineTool` gives it */
  tool: string | Tool;
  parameters?: object;
}

interface ApiCallStep extends Called {
  step_type: 'api_call';
  parameters: { readonly [Name in keyof HttpInput]: Written<HttpInput[Name]> };
}

interface TransformStep extends Common {
  step_type: 'transform';
  parameters: { readonly [name: string]: unknown };
}

interface ConditionStep extends Common {
  step_type: 'condition';
  condition: Condition;
  then?: readonly string[];
  else?: readonly string[];
}

/** With a fallback its steps are not read from outside: its own output is. */
interface ParallelStep extends Common {
  step_type: 'parallel';
  steps: readonly StepInput[];
}

/** Once for each element of a list; the step within reads `item` and `index`. */
interface EachStep extends Common {
  step_type: 'loop';
  items: string | Expression<readonly unknown[]>;
  max_parallel?: number;
  steps: readonly [SingleStep];
}

/** In rounds, while or until a condition holds. */
interface RoundsStep extends Common {
  step_type: 'loop';
  while?: Condition;
  until?: Condition;
  max_iterations: number;
  every?: string;
  steps: readonly [SingleStep];
}

interface WaitStep extends Common {
  step_type: 'wait';
  parameters: { for: string | Expression<string> } | { until: string | Expression<string> };
}

interface ApprovalStep extends Common {
  step_type: 'approval';
  approval: Omit<Approval, 'question' | 'shows' | 'assignee'> & {
    question: string | Expression<string>;
    shows?: { readonly [name: string]: unknown };
    assignee?: string | Expression<string>;
  };
}

type SingleStep = AgentStep | ToolStep | ApiCallStep | TransformStep;

/** A step as it may be written. */
export type StepInput = SingleStep | ConditionStep | ParallelStep | EachStep | RoundsStep | WaitStep | ApprovalStep;

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Anything = any;

type TasksOf<A> =
  A extends TaskAgent<infer Tasks> ? Tasks : A extends keyof PlatformAgents ? TasksOf<PlatformAgents[A]> : never;

type GivenOf<Task> = Task extends { given: infer Given extends TSchema } ? Static<Given> : never;
type DeliveryOf<Task> = Task extends { output: infer Output extends TSchema } ? Static<Output> : never;

/** The part of a step that its agent or tool types; what nobody types may be anything. */
export type Checked<S> = S extends { step_type: 'agent_task'; agent_type: infer A }
  ? [TasksOf<A>] extends [never]
    ? unknown
    : S extends { task: infer T extends keyof TasksOf<A> }
      ? { parameters?: Partial<WrittenMembers<GivenOf<TasksOf<A>[T]>>> }
      : { task: keyof TasksOf<A> }
  : S extends { step_type: 'tool'; tool: TypedTool<infer Input, Anything> }
    ? { parameters: WrittenMembers<Static<Input>> }
    : unknown;

type WrittenMembers<T> = { readonly [Name in keyof T]: Written<T[Name]> };

/** The output of a step. */
export type OutputOf<S> = S extends { step_type: 'agent_task' | 'tool' | 'api_call'; output: infer Made }
  ? Resolved<Made>
  : S extends { step_type: 'agent_task'; agent_type: infer A; task: infer T }
    ? T extends keyof TasksOf<A>
      ? DeliveryOf<TasksOf<A>[T]> & { task: T; by: string }
      : Anything
    : S extends { step_type: 'tool'; tool: TypedTool<Anything, infer Output> }
      ? Static<Output>
      : S extends { step_type: 'api_call' }
        ? HttpOutput & { body: Anything }
        : S extends { step_type: 'transform'; parameters: infer Given }
          ? Resolved<Given>
          : S extends { step_type: 'condition' }
            ? { met: boolean }
            : S extends { step_type: 'approval' }
              ? { choice: string; by: string; comment: string | null; data?: Json }
              : S extends { step_type: 'parallel'; steps: infer Inner extends readonly StepInput[] }
                ? { [One in Inner[number] as One['step_id']]: OutputOf<One> }
                : S extends { step_type: 'loop'; items: unknown; steps: readonly [infer One] }
                  ? { items: OutputOf<One>[]; count: number; failed: number; errors: ElementError[] }
                  : S extends { step_type: 'loop'; steps: readonly [infer One] }
                    ? OutputOf<One>
                    : Anything;

interface ElementError {
  index: number;
  type: string;
  message: string;
}

/** A step after it: what later steps may read, and of those within it too. */
export type Outcomes<S> = S extends StepInput
  ? { [Id in S['step_id']]: Outcome<OutputOf<S>> } & (S extends { on_error: { fallback: string } }
      ? unknown
      : S extends { step_type: 'parallel'; steps: infer Inner extends readonly unknown[] }
        ? { [One in Inner[number] as One extends StepInput ? One['step_id'] : never]: Outcome<OutputOf<One>> }
        : unknown)
  : never;

export interface Outcome<Output> {
  output: Output;
  status: 'completed' | 'failed' | 'skipped' | 'cancelled';
  error: { type: string; message: string };
}
