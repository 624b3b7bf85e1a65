import { Type, type Static } from 'typebox';
import { AgentCall } from './agents/work';
import { Subject } from './envelope';
import { Failure } from './events/define';
import { Identifier, Instant, JsonValue, nullable } from './json';
import { WrittenPlan } from './plan';
import { ArtifactRef, Ref } from './refs';
import {
  Decision,
  Pause,
  type ApprovalView,
  type DecisionView,
  type RunView,
  type StepPage,
  type StepView,
} from './run';

/**
 * Bodies and answers of the HTTP API that belong to no process; those of a process lie in its folder. Times are UTC,
 * ISO 8601, unless a name says otherwise.
 */

export const Links = Type.Record(Type.String(), Type.String(), { description: 'addresses, by what they lead to' });

/** Form of an identifier in a path. Wider than the form users may choose, because processes name their own. */
export const PathId = Type.String({ minLength: 1, maxLength: 200, pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]*$' });

/** An opaque position in a list: send it back unchanged. */
export const Cursor = Type.String({ minLength: 1, maxLength: 2_000, pattern: '^[A-Za-z0-9_-]+$' });

/** An error as every address answers it (RFC 9457). */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'what kind of problem, stable: `urn:awe:problem:<kind>`' }),
    title: Type.String({ description: 'the kind in words' }),
    status: Type.Integer({ description: 'the HTTP status' }),
    detail: Type.Optional(Type.String({ description: 'what happened here, and how to mend it' })),
    instance: Type.Optional(Type.String({ description: 'the path that was asked' })),
    request_id: Type.Optional(Type.String({ description: 'names this request in the logs' })),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({ description: 'JSON Pointer (RFC 6901) into the body, or the name of a parameter' }),
          detail: Type.String(),
        }),
      ),
    ),
  },
  { $id: 'Problem' },
);
export type Problem = Static<typeof Problem>;

export const RunStatus = Type.Enum(['running', 'waiting', 'paused', 'mirroring', 'completed', 'failed', 'cancelled'], {
  description: '`mirroring`: the work is done, its last events are still on their way',
});

/** A run's end in a word. */
export const Outcome = Type.String({
  description:
    'its end in a word, once it has one: `exported`, `rejected`, `expired`, `completed`, `failed`, `cancelled`; `terminated`, `timed_out` if Temporal ended it',
});

/** Number of runs by status. */
export const Counts = Type.Record(Type.String(), Type.Integer({ minimum: 1 }), {
  description: 'on the first page: how many there are now by status, of those that Temporal knows',
});

/** A file that a run has made, and the address to get it from. */
export const ArtifactLink = Type.Object({ ...ArtifactRef.properties, href: Type.String() }, { $id: 'ArtifactLink' });
export type ArtifactLink = Static<typeof ArtifactLink>;

export const DecisionMade = Type.Object(
  {
    decision_id: Type.String(),
    choice: Type.String(),
    by: Type.String(),
    comment: Type.Optional(Type.String()),
    channel: Type.Enum(['api', 'signal', 'stream']),
    verified: Type.Boolean({ description: 'false where the name is only what the sender typed' }),
    decided_at: Instant,
  },
  { $id: 'DecisionMade' },
);

export const Approval = Type.Object(
  {
    approval_id: Type.String(),
    kind: Type.String(),
    question: Type.String(),
    choices: Type.Array(Type.String()),
    shows: Type.Optional(JsonValue),
    digest: Type.String({ description: 'identity of exactly what is shown; a decision may carry it, or If-Match' }),
    assignee: Type.Optional(Type.String()),
    status: Type.Enum(['open', 'decided', 'expired', 'cancelled']),
    requested_at: Instant,
    due_at: Instant,
    expires_at: Instant,
    decision: Type.Optional(DecisionMade),
  },
  { $id: 'Approval' },
);
export type Approval = Static<typeof Approval>;

export const Step = Type.Object(
  {
    id: Type.String(),
    name: Type.Optional(Type.String()),
    kind: Type.String(),
    uses: Type.Optional(Type.String()),
    status: Type.Enum(['pending', 'ready', 'running', 'waiting', 'completed', 'failed', 'skipped', 'cancelled']),
    rounds: Type.Integer({ minimum: 0 }),
    attempts: Type.Optional(
      Type.Integer({ minimum: 1, description: 'attempts of its last round, where there were several' }),
    ),
    started_at: Type.Optional(Type.Number({ description: 'UTC milliseconds since 1970' })),
    ended_at: Type.Optional(Type.Number({ description: 'UTC milliseconds since 1970' })),
    output: Type.Optional(
      Type.Union([Type.Object({ inline: JsonValue }), Type.Object({ ref: Ref })], {
        description: 'inline up to 2 KiB of JSON, else a reference',
      }),
    ),
    error: Type.Optional(Failure),
    elements: Type.Optional(
      Type.Object(
        {
          count: Type.Integer({ minimum: 0 }),
          ended: Type.Integer({ minimum: 0, description: 'failed ones too' }),
          failed: Type.Integer({ minimum: 0 }),
        },
        { description: 'of a step with `for_each`, once its list is known' },
      ),
    ),
    calls: Type.Optional(
      Type.Array(Type.Unsafe<AgentCall>({ ...AgentCall, $id: undefined }), {
        description: 'of an agent whose task a model does: its calls of the model and of tools, over all attempts',
      }),
    ),
  },
  { $id: 'RunStep' },
);

/** A page of a run's steps. */
export const Steps = Type.Object(
  { total: Type.Integer(), steps: Type.Array(Step), next_cursor: Type.Optional(Cursor) },
  { $id: 'Steps' },
);
export type Steps = Static<typeof Steps>;

/** What models have cost. What nobody knows is null, never 0. */
export const Costs = Type.Object({
  tokens: nullable(Type.Integer({ minimum: 0 })),
  money: nullable(Type.String({ description: 'a decimal and its currency, `0` where no model was asked' })),
});
export type Costs = Static<typeof Costs>;

/** Work that has failed and is tried again: which, for which time, why, and since when it runs or waits. */
export const Attempt = Type.Object({
  activity: Type.String({ description: 'the kind of work, as Temporal’s Web UI names it' }),
  step: Type.Optional(Type.String({ description: 'of a step of the plan: its id' })),
  attempt: Type.Integer({ minimum: 2, description: 'counts from 1' }),
  state: Type.Enum(['running', 'waiting']),
  since: Type.Optional(Type.Unsafe<string>({ ...Instant, description: 'it runs, or has failed' })),
  next_at: Type.Optional(Type.Unsafe<string>({ ...Instant, description: 'while it waits' })),
  last_failure: Type.Optional(Failure),
});
export type Attempt = Static<typeof Attempt>;

/** Member of resources whose run tries something again. */
export const retrying = Type.Optional(
  Type.Array(Attempt, { description: 'what is tried again just now; absent where nothing is' }),
);

/** A run of any process. `view` is the process's own picture, such as a project. */
export const Run = Type.Object(
  {
    workflow_id: Type.String(),
    run_id: Type.String(),
    process: Type.String(),
    engine_version: Type.Integer(),
    subject: Subject,
    correlation_id: Type.String(),
    status: RunStatus,
    started_at: Instant,
    ended_at: Type.Optional(Instant),
    paused: Type.Optional(Pause),
    steps: Type.Object({ total: Type.Integer(), ended: Type.Integer() }),
    approvals: Type.Array(Approval),
    seq: Type.Integer({ description: 'the number of its last event' }),
    error: Type.Optional(Failure),
    outcome: Type.Optional(Outcome),
    retrying,
    view: JsonValue,
    links: Links,
  },
  { $id: 'Run' },
);
export type Run = Static<typeof Run>;

/** A run in a list: `status` is its state under way, or its end in a word. */
export const RunSummary = Type.Object(
  {
    workflow_id: Type.String(),
    process: Type.String(),
    subject: Type.String({ description: 'the id of what it is about' }),
    title: Type.String({ description: 'empty where only its record is left' }),
    status: Type.String(),
    correlation_id: Type.Optional(Type.String()),
    started_at: Instant,
    ended_at: Type.Optional(Instant),
    links: Links,
  },
  { $id: 'RunSummary' },
);
export type RunSummary = Static<typeof RunSummary>;

export const RunList = Type.Object(
  { runs: Type.Array(RunSummary), counts: Type.Optional(Counts), next_cursor: Type.Optional(Cursor) },
  { $id: 'RunList' },
);
export type RunList = Static<typeof RunList>;

/** Parts of a decision on any subject. */
export const decided = {
  decision_id: Type.Optional(Identifier),
  comment: Type.Optional(Type.String({ maxLength: 4_000 })),
  digest: Type.Optional(
    Type.String({ maxLength: 80, description: 'refuses the answer if something else is shown by now' }),
  ),
};

/** `POST /runs/{workflow_id}/decide`: a decision without `by`, which is the caller. */
export const DecisionRequest = Type.Object(
  {
    approval_id: Decision.properties.approval_id,
    choice: Decision.properties.choice,
    data: Decision.properties.data,
    ...decided,
  },
  { $id: 'DecisionRequest', additionalProperties: false },
);
export type DecisionRequest = Static<typeof DecisionRequest>;

/** 200 of a decision. `repeated`: the same decision was there already. */
export const DecisionResult = Type.Object(
  {
    outcome: Type.Enum(['accepted', 'repeated']),
    decision: DecisionMade,
  },
  { $id: 'DecisionResult' },
);
export type DecisionResult = Static<typeof DecisionResult>;

/** `POST /runs` */
export const NewRun = Type.Object(
  {
    run_id: Type.Optional(Identifier),
    plan: WrittenPlan,
    input: Type.Optional(JsonValue),
  },
  { $id: 'NewRun', additionalProperties: false },
);
export type NewRun = Static<typeof NewRun>;

/** 202 of `POST /runs`: the run is durable from here on. */
export const RunAccepted = Type.Object(
  { run_id: Identifier, workflow_id: Type.String(), status: Type.Literal('accepted'), links: Links },
  { $id: 'RunAccepted' },
);
export type RunAccepted = Static<typeof RunAccepted>;

/** 202 of pause, resume and cancel: the run has the request, and acts on it at its next step. */
export const ControlAccepted = Type.Object(
  {
    workflow_id: Type.String(),
    requested: Type.Enum(['pause', 'resume', 'cancel', 'retry']),
    links: Links,
  },
  { $id: 'ControlAccepted' },
);
export type ControlAccepted = Static<typeof ControlAccepted>;

/** One dependency, in one line. */
export const DependencyState = Type.Object(
  {
    name: Type.String(),
    state: Type.Enum(['up', 'down', 'unknown']),
    detail: Type.Optional(Type.String()),
  },
  { $id: 'DependencyState' },
);
export type DependencyState = Static<typeof DependencyState>;

/** `degraded`: it works, though a dependency is away. */
export const Health = Type.Object(
  {
    status: Type.Enum(['ok', 'degraded']),
    uptime_seconds: Type.Integer(),
    dependencies: Type.Array(DependencyState),
  },
  { $id: 'Health' },
);
export type Health = Static<typeof Health>;

export const Readiness = Type.Object(
  { ready: Type.Boolean(), reasons: Type.Array(Type.String()) },
  { $id: 'Readiness' },
);
export type Readiness = Static<typeof Readiness>;

/** `GET /`. */
export const Index = Type.Object({ name: Type.String(), links: Links }, { $id: 'Index' });

/** Lets the compiler check workflows' own views against the answers that the API promises. */
export type Fits<View extends Promised, Promised> = View;
type _Fits = [
  Fits<DecisionView, Static<typeof DecisionMade>>,
  Fits<ApprovalView, Approval>,
  Fits<StepView, Static<typeof Step>>,
  Fits<StepPage['steps'], Steps['steps']>,
  Fits<Omit<RunView, 'links'>, Omit<Run, 'links'>>,
];
