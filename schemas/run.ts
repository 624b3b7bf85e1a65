import { Type, type Static } from 'typebox';
import type { PlatformEvent, Subject } from './envelope';
import type { Failure } from './events/define';
import { Identifier, Instant, JsonObjectValue, JsonValue, type Json } from './json';
import type { PromptRef } from './llm-call';
import type { Ref, Value } from './refs';
import type { ToolMode } from './tool';

/** State of a run. `mirroring`: the work is done, its last events are still on their way to Redis. */
export type RunStatus = 'running' | 'waiting' | 'paused' | 'mirroring' | 'completed' | 'failed' | 'cancelled';

/** States of a run that is under way. */
export const openStatuses = ['running', 'waiting', 'paused', 'mirroring'] as const satisfies readonly RunStatus[];

/** Ends of a run in a word, whatever its process; `terminated` and `timed_out`: Temporal has ended it. */
export const commonOutcomes = ['completed', 'failed', 'cancelled', 'terminated', 'timed_out'] as const;

/** State of a step. */
export type StepStatus = 'pending' | 'ready' | 'running' | 'waiting' | 'completed' | 'failed' | 'skipped' | 'cancelled';

/** A step as people see it. Times are UTC milliseconds since 1970. */
export interface StepView {
  id: string;
  name?: string;
  kind: string;
  uses?: string;
  status: StepStatus;
  rounds: number;
  /** attempts of the last round, where there were several; of one under way, those before it became an activity */
  attempts?: number;
  started_at?: number;
  ended_at?: number;
  output?: Value;
  error?: Failure;
  /** of a step that runs for each element of a list */
  elements?: ElementCounts;
}

/** Elements of a step: all, those that have ended, and those that have failed. */
export interface ElementCounts {
  count: number;
  ended: number;
  failed: number;
}

/** A page of step views; `next` is the position to ask for next, absent on the last page. */
export interface StepPage {
  total: number;
  steps: StepView[];
  next?: number;
}

/** A question to a person that a run is waiting on, or was. */
export interface ApprovalView {
  approval_id: string;
  kind: string;
  question: string;
  choices: string[];
  shows?: Json;
  digest: string;
  /** not part of the digest */
  rules?: DecisionRules;
  assignee?: string;
  status: 'open' | 'decided' | 'expired' | 'cancelled';
  requested_at: string;
  due_at: string;
  expires_at: string;
  decision?: DecisionView;
}

/** Rules of a question, as data: who may not decide what, and what a choice needs. */
export interface DecisionRules {
  /**
   * People who have a part in the matter: the choices that somebody else has to make, and their part in words, such as
   * `has sent the order in`. Where there are any, a decision that proves nobody is not taken.
   */
  parties?: { by: string; not: string[]; why: string }[];
  /** Choices that whoever changes the matter in the same step has to leave to somebody else, and their part in words. */
  changes?: { not: string[]; why: string };
  /** Choices that need a comment, each with the point it must make. */
  comment?: { [choice: string]: string };
  /** Choices that need data, each with the content it must have. */
  data?: { [choice: string]: string };
  /** Choices that faults forbid unless data comes along to mend them: number of faults, and the codes of the first. */
  blocking?: { [choice: string]: { count: number; codes: string[] } };
}

/** A decision as taken: the choice, its author, and its channel. */
export interface DecisionView {
  decision_id: string;
  choice: string;
  by: string;
  comment?: string;
  channel: 'api' | 'signal' | 'stream';
  verified: boolean;
  decided_at: string;
}

/** Proof that a message comes from who may speak for a person (`src/access/proof.ts`): when it was made, and a MAC. */
export const Proof = Type.Object(
  { at: Type.String({ maxLength: 40 }), mac: Type.String({ maxLength: 100 }) },
  { additionalProperties: false },
);
export type Proof = Static<typeof Proof>;

/** A decision as it is sent, by the signal or the update `decide`. Without a proof it proves nobody. */
export const Decision = Type.Object(
  {
    approval_id: Type.String({ minLength: 1, maxLength: 120 }),
    decision_id: Type.Optional(Identifier),
    choice: Type.String({ minLength: 1, maxLength: 40 }),
    by: Type.String({ minLength: 1, maxLength: 200 }),
    comment: Type.Optional(Type.String({ maxLength: 4000 })),
    digest: Type.Optional(Type.String({ maxLength: 80 })),
    data: Type.Optional(JsonValue),
    roles: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 20, description: 'of the person' })),
    proof: Type.Optional(Proof),
  },
  { $id: 'Decision', additionalProperties: false },
);
export type Decision = Static<typeof Decision>;

/** Reasons to refuse a decision. */
export type RefusalReason =
  | 'signals_refused' // signals cannot decide here
  | 'unknown_approval' // the run asks no such question
  | 'closed' // the question has been answered or given up
  | 'unknown_choice'
  | 'digest_mismatch' // the question has changed since
  | 'forbidden' // this person may not make this choice
  | 'incomplete' // the choice needs a comment or data
  | 'blocked' // faults forbid the choice
  | 'malformed'; // it cannot be read

/** Answer to the sender of a decision. `late`: somebody else was first, with `decision`. */
export type DecisionAnswer =
  | { outcome: 'accepted' | 'repeated' | 'late'; decision: DecisionView }
  | { outcome: 'refused'; reason: RefusalReason; message: string };

/** A pause: who has asked for it, since when, and through which run around this one, by its workflow id. */
export const Pause = Type.Object({
  by: Type.String(),
  since: Instant,
  through: Type.Optional(Type.String({ description: 'the workflow id of the run around this one that was paused' })),
});
export type Pause = Static<typeof Pause>;

/** Answer of a run to the query `status`. `view` is the process's own picture, such as a project. */
export interface RunView {
  workflow_id: string;
  run_id: string;
  process: string;
  engine_version: number;
  subject: Subject;
  correlation_id: string;
  status: RunStatus;
  started_at: string;
  ended_at?: string;
  /** while it is paused */
  paused?: Pause;
  steps: { total: number; ended: number };
  approvals: ApprovalView[];
  seq: number;
  error?: Failure;
  /** its end in a word, once it has one: its process's own, such as `exported`, or one of `commonOutcomes` */
  outcome?: string;
  view: Json;
}

/** A page of a run's own events after a `seq`; `archives` hold older ones, as JSON arrays in the document store. */
export interface EventPage {
  events: PlatformEvent[];
  archives: { from: number; to: number; ref: Ref }[];
  last: number;
}

/**
 * The record of a finished run, kept in the document store for good: its steps, its events, its decisions.
 * It answers once Temporal's retention is over.
 */
export interface RunRecord extends RunView {
  ended_at: string;
  result: Value;
  step_views: StepView[];
  events: PlatformEvent[];
  /**
   * Of an ended run that another may go on from: its input, the parts of its story that are done, and the rows that its
   * failed steps held: a `TableState`.
   */
  left?: { input: Json; once: { [name: string]: Json }; rows?: [string, object][] };
}

/** Treatment of decisions sent by signal: taken as they are, only with a token that the API issued, or not at all. */
export type SignalPolicy = 'accept' | 'token' | 'refuse';

/** Input that starts a run of a plan. */
export interface PlanRunInput {
  title: string;
  plan: Ref;
  /** steps of the plan */
  steps: number;
  /** the value that the plan's expressions see as `input` */
  input: Value;
  correlation_id: string;
  mode: ToolMode;
  options: { approval_signals: SignalPolicy; expire_after: number };
}

/** The file of a run's record. */
export const recordPath = (workflowId: string): string => `records/${workflowId}.json`;

/** Signals, updates and queries that every process answers. */
export const messages = {
  /** signal and update: a `Decision`; the update answers with a `DecisionAnswer` */
  decide: 'decide',
  /** signals with a `ControlRequest` */
  pause: 'pause',
  resume: 'resume',
  cancel: 'cancel',
  /** signal with a `ChangeRequest` */
  change: 'change',
  /** query without argument: a `RunView` */
  status: 'status',
  /** query with `{from, limit}`: a `StepPage` */
  steps: 'steps',
  /** query with `{after, limit}`: an `EventPage` */
  events: 'events',
} as const;

/**
 * The person who asks for a run to be paused, resumed or cancelled; `through`: the run around it of which they have asked
 * it. Without a proof it proves nobody.
 */
export const ControlRequest = Type.Object(
  {
    by: Type.String({ minLength: 1, maxLength: 200 }),
    through: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'its workflow id' })),
    proof: Type.Optional(Proof),
  },
  { additionalProperties: false },
);
export type ControlRequest = Static<typeof ControlRequest>;

/** A person's wish for the plan that a run follows, in the process's own form. Without a proof it proves nobody. */
export const ChangeRequest = Type.Object(
  {
    by: ControlRequest.properties.by,
    proof: ControlRequest.properties.proof,
    change: JsonObjectValue,
  },
  { additionalProperties: false },
);
export type ChangeRequest = Static<typeof ChangeRequest>;

/** What a run has used of its limits, over its whole chain. What nobody knows is null. */
export interface Used {
  /** executions of steps that have begun */
  steps: number;
  /** without that of pauses, and of waits for people */
  time_ms: number;
  /** tokens and money (a decimal and its currency, or `0`) of models, as far as their answers say */
  tokens: number | null;
  money: string | null;
  /** versions of models that have answered, as they call themselves, and prompts that they were asked with */
  models?: string[];
  prompts?: PromptRef[];
}
