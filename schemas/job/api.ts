import { Type, type Static, type TSchema } from 'typebox';
import {
  Approval,
  Costs,
  Counts,
  Cursor,
  decided,
  DecisionMade,
  Links,
  Outcome,
  retrying,
  RunStatus,
  Step,
} from '../api';
import { Failure } from '../events/define';
import { Identifier, Instant, JsonObjectValue, nullable, type Json } from '../json';
import { LedgerHead } from '../ledger';
import { Plan, WrittenPlan } from '../plan';
import { Ref } from '../refs';
import { DrawnPlan, JobMode, type JobStatus, RecoveryChoice, Refusal } from './run';

/** Bodies and answers of the API of jobs. Times are UTC, ISO 8601. */

const Goal = Type.String({
  minLength: 1,
  maxLength: 8_000,
  pattern: '\\S',
  description: 'what is to be done, in words',
});
const Priority = Type.Integer({ minimum: 1, maximum: 5, default: 3, description: '1 (first) to 5 (last)' });

/** What is asked for with a job, whoever starts it. */
export const jobRequest = {
  goal: Goal,
  context: Type.Optional(
    Type.Unsafe<Static<typeof JsonObjectValue>>({ ...JsonObjectValue, description: 'what expressions see as `input`' }),
  ),
  priority: Type.Optional(Priority),
  mode: Type.Optional(
    Type.Unsafe<JobMode>({
      ...JobMode,
      default: 'run',
      description:
        '`plan`: shown first, and carried out when somebody approves; `simulate`: run without effects, its result being the report that there were none',
    }),
  ),
  plan: Type.Optional(
    Type.Unsafe<WrittenPlan>({ ...WrittenPlan, $id: undefined, description: 'in place of one that is written here' }),
  ),
};

/** `POST /jobs` */
export const NewJob = Type.Object(
  {
    job_id: Type.Optional(Identifier),
    ...jobRequest,
    record: Type.Optional(
      Type.Boolean({
        description: 'keep what it exchanges with the world, so that it can be replayed (docs/recording.md)',
      }),
    ),
    context_json: Type.Optional(
      Type.Union([JsonObjectValue, Type.String({ maxLength: 1_000_000 })], {
        description: 'another name of `context`: the object, or its JSON as text',
      }),
    ),
  },
  { $id: 'NewJob', additionalProperties: false },
);
export type NewJob = Static<typeof NewJob>;

/** 202 of `POST /jobs`: the job is durable from here on. */
export const JobAccepted = Type.Object(
  {
    job_id: Identifier,
    correlation_id: Type.String(),
    workflow_id: Type.String(),
    status: Type.Literal('accepted'),
    links: Links,
  },
  { $id: 'JobAccepted' },
);
export type JobAccepted = Static<typeof JobAccepted>;

const ReplayOf = Type.Optional(Type.String({ description: 'workflow id of the run that it replays' }));

/** A job in a list. `status` is its state under way, or its end in a word. */
export const JobListed = Type.Object(
  {
    job_id: Type.String(),
    status: Type.String(),
    goal: Type.String({ description: 'its beginning' }),
    priority: Priority,
    mode: JobMode,
    asset_id: Type.Optional(Type.String({ description: 'of an agent run' })),
    replay_of: ReplayOf,
    started_at: Instant,
    ended_at: Type.Optional(Instant),
    links: Links,
  },
  { $id: 'JobListed' },
);
export type JobListed = Static<typeof JobListed>;

export const Jobs = Type.Object(
  { jobs: Type.Array(JobListed), counts: Type.Optional(Counts), next_cursor: Type.Optional(Cursor) },
  { $id: 'Jobs' },
);
export type Jobs = Static<typeof Jobs>;

const Approved = Type.Object({ by: Type.String(), version: Type.Integer(), ledger: LedgerHead });
const JobStage = Type.Enum([
  'planning',
  'awaiting_approval',
  'running',
  'recovering',
  'at_limit',
  'ended',
] satisfies JobStatus[]);
const Question = Type.Unsafe<Approval>({ ...Approval, $id: undefined });

const RecoveryMade = Type.Object({
  turn: Type.Integer({ description: 'of the plan: it grows with each change and each retry' }),
  step: Type.String(),
  choice: RecoveryChoice,
  reason: Type.String(),
  error: Failure,
});

const Count = Type.Integer({ minimum: 0 });

/** A limit, and what the job has used of it. No limit, and what nobody knows, is null. */
const use = <T extends TSchema>(of: T) => Type.Object({ limit: nullable(of), used: nullable(of) });

/** Limits that the policy has set for the job, and what it has used of them, over all versions of its plan. */
const JobLimits = Type.Object({
  steps: use(Count),
  time_ms: use(Count),
  tokens: use(Count),
  money: use(Type.String({ description: 'a decimal and its currency' })),
  effects: use(Count),
});
export type JobLimits = Static<typeof JobLimits>;

/** A job. `ETag` is the digest of the question that is open: a decision may be bound to it. */
export const Job = Type.Object(
  {
    job_id: Type.String(),
    status: RunStatus,
    stage: JobStage,
    goal: Type.String(),
    priority: Priority,
    mode: JobMode,
    requested_by: Type.String(),
    replay_of: ReplayOf,
    workflow_id: Type.String(),
    correlation_id: Type.String(),
    started_at: Instant,
    ended_at: Type.Optional(Instant),
    error: Type.Optional(Failure),
    outcome: Type.Optional(Outcome),
    tasks: Type.Object({ total: Type.Integer(), ended: Type.Integer() }),
    plan: Type.Optional(
      Type.Object({ version: Type.Integer(), steps: Type.Integer(), by: Type.String(), risk: Type.String() }),
    ),
    approved: Type.Optional(Approved),
    refused: Type.Optional(Type.Array(Refusal, { description: 'parts of the goal that were not planned' })),
    faults: Type.Optional(
      Type.Array(
        Type.Object({
          code: Type.String(),
          pointer: Type.String(),
          message: Type.String(),
          hint: Type.Optional(Type.String()),
        }),
        { description: 'of a plan that cannot run' },
      ),
    ),
    result: Type.Optional(Type.Unsafe<Json>({ description: 'what the plan has given back' })),
    result_ref: Type.Optional(
      Type.Unsafe<Ref>({ ...Ref, $id: undefined, description: 'the same, where it has over 1 MiB' }),
    ),
    questions: Type.Array(Question, { description: 'what waits for a person' }),
    decisions: Type.Array(DecisionMade),
    recoveries: Type.Array(RecoveryMade),
    limits: JobLimits,
    retrying,
    links: Links,
  },
  { $id: 'Job' },
);
export type Job = Static<typeof Job>;

/** The plan of a job with what is said of it. `digest`, and `ETag`: what an approval of exactly this names. */
export const JobPlan = Type.Object(
  {
    job_id: Type.String(),
    ...DrawnPlan.properties,
    plan: Type.Unsafe<Plan>({ ...Plan, $id: undefined }),
    ref: Type.Unsafe<Ref>({ ...Ref, $id: undefined, description: 'content hash of the plan' }),
    question: Type.Optional(Question),
    digest: Type.Optional(Type.String({ description: 'of the question, while it is open' })),
    approved: Type.Optional(Approved),
    links: Links,
  },
  { $id: 'JobPlan' },
);
export type JobPlan = Static<typeof JobPlan>;

/** A page of a job's steps. */
export const JobTasks = Type.Object(
  {
    job_id: Type.String(),
    total: Type.Integer(),
    tasks: Type.Array(Step),
    next_cursor: Type.Optional(Cursor),
  },
  { $id: 'JobTasks' },
);
export type JobTasks = Static<typeof JobTasks>;

const Seconds = nullable(Type.Number({ minimum: 0 }));

/** Figures of a job. */
export const JobMetrics = Type.Object(
  {
    job_id: Type.String(),
    status: Type.String(),
    success_rate: nullable(Type.Number({ minimum: 0, maximum: 1, description: 'completed of those that have run' })),
    average_task_duration_seconds: Seconds,
    duration_seconds: Type.Number({ minimum: 0, description: 'from its start to its end, or to now' }),
    tasks: Type.Object({
      total: Type.Integer(),
      completed: Type.Integer(),
      failed: Type.Integer(),
      skipped: Type.Integer(),
      cancelled: Type.Integer(),
      running: Type.Integer(),
      waiting: Type.Integer({ description: 'for a person or a time' }),
      pending: Type.Integer(),
    }),
    rounds: Type.Integer({ description: 'executions of all tasks' }),
    recoveries: Type.Integer(),
    costs: Costs,
  },
  { $id: 'JobMetrics' },
);
export type JobMetrics = Static<typeof JobMetrics>;

/** A line of a job's timeline. */
export const JobMoment = Type.Object({
  seq: Type.Integer({ minimum: 1 }),
  at: Instant,
  event: Type.String({ description: 'the event type' }),
  task: Type.Optional(Type.String()),
  what: Type.String({ description: 'in words' }),
});
export type JobMoment = Static<typeof JobMoment>;

/** Everything about a job: what it is, its figures, and a page of its timeline. */
export const JobDetails = Type.Object(
  {
    job: Type.Unsafe<Job>({ ...Job, $id: undefined }),
    metrics: Type.Unsafe<JobMetrics>({ ...JobMetrics, $id: undefined }),
    errors: Type.Array(Type.Object({ at: Instant, task: Type.Optional(Type.String()), error: Failure })),
    timeline: Type.Array(JobMoment),
    next_cursor: Type.Optional(Cursor),
  },
  { $id: 'JobDetails' },
);
export type JobDetails = Static<typeof JobDetails>;

/** `POST /jobs/:id/approve` and `/reject` */
export const JobDecisionRequest = Type.Object(
  {
    approval_id: Type.Optional(
      Type.String({ minLength: 1, maxLength: 120, description: 'where the job asks several things at once' }),
    ),
    ...decided,
  },
  { $id: 'JobDecisionRequest', additionalProperties: false },
);
export type JobDecisionRequest = Static<typeof JobDecisionRequest>;

/** `POST /jobs/:id/replan`. Without a goal and a plan, the rest is planned anew from the same goal. */
export const JobReplan = Type.Object(
  { goal: Type.Optional(Goal), plan: jobRequest.plan },
  { $id: 'JobReplan', additionalProperties: false },
);
export type JobReplan = Static<typeof JobReplan>;

/** 202 of what was asked of a job: the job has it, and tells in its events what comes of it. */
export const JobRequested = Type.Object(
  {
    job_id: Type.String(),
    workflow_id: Type.String(),
    requested: Type.Enum(['pause', 'resume', 'cancel', 'retry', 'skip', 'retry_failed', 'replan']),
    task_id: Type.Optional(Type.String()),
    links: Links,
  },
  { $id: 'JobRequested' },
);
export type JobRequested = Static<typeof JobRequested>;
