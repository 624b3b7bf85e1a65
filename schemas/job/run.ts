import { Type, type Static } from 'typebox';
import type { AgentRunFacts } from '../agent-run/run';
import type { Failure } from '../events/define';
import type { Json } from '../json';
import type { LedgerHead } from '../ledger';
import type { Plan } from '../plan';
import { refTo, type Ref, type Value } from '../refs';
import type { SignalPolicy, Used } from '../run';
import type { Locks, Terms } from '../terms';
import { PolicyDecision, PolicyLimits, StepDecision } from '../policy';
import { CriticFinding } from './critic';
import { Forecast } from './forecast';
import { Touches, type Touch } from './touches';

/** A job's treatment of its plan: `plan` shows it and waits for a person, `simulate` runs it without effects. */
export const JobMode = Type.Enum(['run', 'plan', 'simulate']);
export type JobMode = Static<typeof JobMode>;

/** Input of a job. */
export interface JobInput {
  job_id: string;
  goal: string;
  /** the value that the plan's expressions see as `input` */
  context: Value;
  /** 1 (first) to 5 (last), between jobs */
  priority: number;
  mode: JobMode;
  /** a plan that the caller has written; without it the planner writes one */
  plan?: Ref<Plan>;
  requested_by: string;
  correlation_id: string;
  /** the event that asked for it */
  causation_id?: string;
  /** identity of what was asked for: the same `job_id` with another is a conflict */
  request_digest?: string;
  options: JobOptions;
  /** what holds for each call of its steps, besides the policy's limits */
  terms?: Terms;
  /** the job is an agent run */
  agent_run?: AgentRunFacts;
}

/** Settings that a job keeps from its start to its end. Times are milliseconds. */
export interface JobOptions {
  approval_signals: SignalPolicy;
  remind_after: number;
  escalate_after: number;
  expire_after: number;
}

const Text = Type.String({ maxLength: 4_000 });

/** A part of the goal that was not planned, and why. */
export const Refusal = Type.Object({
  part: Text,
  message: Text,
  /** what the planner knows near it */
  near: Type.Array(Text),
});
export type Refusal = Static<typeof Refusal>;

/** A version of a job's plan, as it was checked and as people are shown it. */
export const DrawnPlan = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  plan: refTo<Plan>({ description: 'the plan by its content hash: what is approved is exactly this' }),
  steps: Type.Integer({ minimum: 1 }),
  by: Type.Enum(['rules', 'llm', 'person', 'recovery']),
  notes: Type.Array(Text),
  ...Touches.properties,
  forecast: Forecast,
  criticism: Type.Array(CriticFinding),
  policy: PolicyDecision,
  tools: Type.Array(Type.Object({ name: Type.String(), version: Type.String() }), {
    description: 'tools and agents that it was drawn with; those of MCP servers by the hash of their definition',
  }),
  limits: Type.Array(Type.Object({ limit: Type.String(), certain: Type.Boolean(), message: Type.String() }), {
    description: 'limits of the policy that the plan exceeds, or may',
  }),
  bounds: Type.Optional(
    Type.Unsafe<PolicyLimits>({
      ...PolicyLimits,
      description: 'limits that hold for the job, over all versions of its plan',
    }),
  ),
  asks: Type.Array(Type.Unsafe<StepDecision>({ ...StepDecision, $id: undefined }), {
    description: 'steps that a person is asked about: of a changed plan, those that are new or riskier',
  }),
  changes: Type.Array(Text, { description: 'difference from the version before, in words' }),
});
export type DrawnPlan = Static<typeof DrawnPlan>;

/** Outcome of planning. */
export type Planned =
  | { drawn: DrawnPlan }
  | { refused: Refusal[] }
  /** a plan that was written and does not hold; all its faults */
  | { faults: { code: string; pointer: string; message: string; hint?: string }[] };

/** Outcome of planning the first time; `ask`: the plan by which a model is asked first, within the job's `bounds`. */
export type Drafted = Planned | { ask: Ref<Plan>; bounds?: PolicyLimits };

/** A person's wish for a job's plan, while it runs or after its end. */
export const JobChange = Type.Union([
  Type.Object({ do: Type.Literal('retry'), step: Type.String({ maxLength: 80 }) }),
  Type.Object({ do: Type.Literal('skip'), step: Type.String({ maxLength: 80 }) }),
  Type.Object({ do: Type.Literal('retry_failed') }),
  Type.Object({
    do: Type.Literal('replan'),
    goal: Type.Optional(Type.String({ minLength: 1, maxLength: 8_000 })),
    plan: Type.Optional(Type.Unsafe<Ref<Plan>>({})),
  }),
]);
export type JobChange = Static<typeof JobChange>;

/** What a limit has cut off, or failed, goes on: a person has extended it. */
export interface GoOn {
  do: 'go_on';
}

/** Rung of the recovery ladder, as chosen for a failed step. */
export const RecoveryChoice = Type.Enum(['retry', 'modify', 'ask', 'fail']);
export type RecoveryChoice = Static<typeof RecoveryChoice>;

export type JobStatus = 'planning' | 'awaiting_approval' | 'running' | 'recovering' | 'at_limit' | 'ended';

/**
 * Result of a simulation: the proof that it has changed nothing, which was counted, and `result`, which the plan would
 * give on what the stubs gave.
 */
export interface SimulationReport {
  simulated: true;
  /** times that a step was refused the way to the outside, or a write to a database */
  egress_attempts: number;
  /** effects that the run has had, or may have had */
  effects: number;
  /** what the run would have changed outside */
  would: Touch[];
  result: Json;
}

/** A person's approval of a version of the plan, and its place in the ledger. */
export interface PlanApproval {
  by: string;
  version: number;
  ledger: LedgerHead;
}

/** What the recovery ladder has chosen for a failed step. */
export interface Recovery {
  /** the turn of the plan that it ended */
  turn: number;
  step: string;
  choice: RecoveryChoice;
  reason: string;
  error: Failure;
}

/** A plan that is followed from where its steps stand. */
export interface JobTurn {
  drawn: DrawnPlan;
  /** the table of steps; none at the beginning */
  table?: Ref;
  /** counts plans and retries of the job, from 1 */
  turn: number;
}

/** Result of changing a plan under way. `table`: where its steps stand in the plan that came of it. */
export interface Revision {
  drawn: DrawnPlan;
  table: Ref;
  /** steps that are carried out again */
  retried: { step: string; round: number }[];
}

/** Result of a wish: a revision, or why there is none. */
export type Revised = { revision: Revision } | { fault: string };

/** What somebody needs to judge a step that fails for good, besides its error. */
export interface DeadTask {
  uses?: string;
  /** executions of the step */
  rounds: number;
  /** the most attempts of each */
  attempts: number;
  /** the step as the plan writes it, the outputs that it reads, and the job's context: `{step, outputs, context}` */
  input: Ref;
}

/**
 * The rung that a failed step is taken to; `after_ms`: a rest before the next try; `dead`: for the letter that the step
 * becomes if the job fails by it, where there are such letters.
 */
export type Rung =
  | { choice: 'ask' | 'fail'; reason: string; dead?: DeadTask }
  | { choice: 'retry' | 'modify'; reason: string; revision: Revision; after_ms?: number };

/** A limit of the policy that a turn of the plan has reached. */
export interface ReachedLimit {
  turn: number;
  error: Failure;
}

/** A job as its workflow's `view`. */
export interface JobView {
  job_id: string;
  goal: string;
  priority: number;
  mode: JobMode;
  requested_by: string;
  /** workflow id of the run that it replays */
  replay_of?: string;
  stage: JobStatus;
  plan?: DrawnPlan;
  /** identity of what was asked for */
  request_digest?: string;
  /** of an agent run: its facts, and what it is bound to */
  agent_run?: AgentRunFacts;
  locks?: Locks;
  /** parts of the goal that were not planned */
  refused?: Refusal[];
  faults?: Extract<Planned, { faults: unknown }>['faults'];
  approved?: PlanApproval;
  recoveries: Recovery[];
  used?: Used;
}
