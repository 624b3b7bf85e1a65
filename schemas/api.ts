import { Type, type Static } from 'typebox';
import type { DeliverableView, ItemView, ProjectView } from './audit/run';
import { Subject } from './envelope';
import { Failure } from './events/define';
import { Identifier, Instant, JsonValue } from './json';
import {
  DeadLetterId,
  DeadLetterStage,
  DlqFilter,
  operationActions,
  operationBounds,
  OperationCounts,
  type OperationView,
} from './operations/run';
import { ArtifactRef, Ref } from './refs';
import { Decision, type ApprovalView, type DecisionView, type RunView, type StepPage, type StepView } from './run';
import { WorkContext } from './audit/work-context';

/** Bodies and answers of the HTTP API. Times are UTC, ISO 8601, unless a name says otherwise. */

export const Links = Type.Record(Type.String(), Type.String(), { description: 'addresses, by what they lead to' });

/** What an identifier in a path may look like. Wider than what users may choose, because processes name their own. */
export const PathId = Type.String({ minLength: 1, maxLength: 200, pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]*$' });

/** An opaque position in a list: give it back as it came. */
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

/** `POST /initial-request` as JSON. */
export const InitialRequest = Type.Object(
  {
    project_id: Type.Optional(Identifier),
    request_text: Type.String({
      minLength: 1,
      maxLength: 20_000,
      pattern: '\\S',
      description: 'what is to be audited',
    }),
    work_context: Type.Optional(WorkContext),
  },
  { $id: 'InitialRequest', additionalProperties: false },
);
export type InitialRequest = Static<typeof InitialRequest>;

const formContext = {
  work_context: Type.Optional(
    Type.String({
      contentMediaType: 'application/json',
      description: 'a WorkContext as JSON; the other fields win over it',
    }),
  ),
  hourly_rate: Type.Optional(Type.String({ description: 'money per hour, `42` or `42,50`' })),
  period_type: Type.Optional(Type.String({ description: 'daily, weekly, monthly or yearly; needs working_days' })),
  working_days: Type.Optional(Type.String({ description: 'working days in the period; needs period_type' })),
  rows_cover: Type.Optional(Type.String({ description: 'day (default) or period' })),
  currency: Type.Optional(Type.String({ description: 'ISO 4217, EUR by default' })),
  language: Type.Optional(Type.String({ description: 'en (default) or fr' })),
  file: Type.Optional(
    Type.String({
      contentMediaType: 'application/octet-stream',
      description:
        'one .xlsx or .csv of rows, with the columns category, estimated minutes and text (English or French)',
    }),
  ),
};

/** `POST /initial-request` as multipart/form-data. */
export const InitialRequestForm = Type.Object(
  {
    project_id: Type.Optional(Identifier),
    request_text: Type.String({ minLength: 1, maxLength: 20_000 }),
    ...formContext,
  },
  { $id: 'InitialRequestForm', additionalProperties: false },
);

/** 202 of `POST /initial-request`: the project is durable from here on. */
export const RequestAccepted = Type.Object(
  {
    project_id: Identifier,
    correlation_id: Type.String(),
    workflow_id: Type.String(),
    status: Type.Literal('accepted'),
    links: Links,
  },
  { $id: 'RequestAccepted' },
);
export type RequestAccepted = Static<typeof RequestAccepted>;

const RunStatus = Type.Enum(['running', 'waiting', 'paused', 'mirroring', 'completed', 'failed', 'cancelled'], {
  description: '`mirroring`: the work is done, its last events are still on their way',
});

/** A file that a run has made, and where to get it. */
export const ArtifactLink = Type.Object({ ...ArtifactRef.properties, href: Type.String() }, { $id: 'ArtifactLink' });
export type ArtifactLink = Static<typeof ArtifactLink>;

export const Deliverable = Type.Object(
  {
    backlog_item_id: Type.String(),
    agent_target: Type.String(),
    status: Type.Enum(['complete', 'insufficient_data']),
    headline: Type.String(),
    artifacts: Type.Array(ArtifactLink),
  },
  { $id: 'Deliverable' },
);
export type Deliverable = Static<typeof Deliverable>;

export const Item = Type.Object(
  {
    backlog_item_id: Type.String(),
    title: Type.String(),
    agent_target: Type.String(),
    status: Type.Enum(['pending', 'running', 'rework', 'waiting', 'completed', 'failed', 'cancelled']),
    rounds: Type.Integer({ minimum: 0, description: 'how often the agent has worked on it' }),
    depends_on: Type.Array(Type.String()),
    deliverable: Type.Optional(Deliverable),
    error: Type.Optional(Failure),
  },
  { $id: 'Item' },
);
export type Item = Static<typeof Item>;

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

/** A question of a project: an approval, and where to answer it. */
export const Clarification = Type.Object(
  { clarification_id: Type.String(), ...Approval.properties, links: Links },
  { $id: 'Clarification' },
);
export type Clarification = Static<typeof Clarification>;

export const Step = Type.Object(
  {
    id: Type.String(),
    name: Type.Optional(Type.String()),
    kind: Type.String(),
    uses: Type.Optional(Type.String()),
    status: Type.Enum(['pending', 'ready', 'running', 'waiting', 'completed', 'failed', 'skipped', 'cancelled']),
    rounds: Type.Integer({ minimum: 0 }),
    started_at: Type.Optional(Type.Number({ description: 'UTC milliseconds since 1970' })),
    ended_at: Type.Optional(Type.Number({ description: 'UTC milliseconds since 1970' })),
    output: Type.Optional(
      Type.Union([Type.Object({ inline: JsonValue }), Type.Object({ ref: Ref })], {
        description: 'inline up to 2 KiB of JSON, else a reference',
      }),
    ),
    error: Type.Optional(Failure),
  },
  { $id: 'Step' },
);

/** A page of a run's steps. */
export const Steps = Type.Object(
  { total: Type.Integer(), steps: Type.Array(Step), next_cursor: Type.Optional(Cursor) },
  { $id: 'Steps' },
);
export type Steps = Static<typeof Steps>;

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
    steps: Type.Object({ total: Type.Integer(), ended: Type.Integer() }),
    approvals: Type.Array(Approval),
    seq: Type.Integer({ description: 'the number of its last event' }),
    error: Type.Optional(Failure),
    view: JsonValue,
    links: Links,
  },
  { $id: 'Run' },
);
export type Run = Static<typeof Run>;

/** An audit project. */
export const Project = Type.Object(
  {
    project_id: Type.String(),
    status: RunStatus,
    request_text: Type.String(),
    requested_by: Type.String(),
    rows: Type.Integer({ minimum: 0, description: 'rows of work it was given' }),
    correlation_id: Type.String(),
    workflow_id: Type.String(),
    started_at: Instant,
    ended_at: Type.Optional(Instant),
    error: Type.Optional(Failure),
    items: Type.Array(Item),
    deliverables: Type.Array(Deliverable),
    clarifications: Type.Array(Clarification),
    links: Links,
  },
  { $id: 'Project' },
);
export type Project = Static<typeof Project>;

/** A project in a list. `status` is the last one that Temporal's index knows, a second old at most. */
export const ProjectSummary = Type.Object(
  {
    project_id: Type.String(),
    status: Type.String(),
    request_text: Type.String({ description: 'its beginning, at most 200 characters' }),
    correlation_id: Type.Optional(Type.String()),
    workflow_id: Type.String(),
    started_at: Instant,
    ended_at: Type.Optional(Instant),
    links: Links,
  },
  { $id: 'ProjectSummary' },
);
export type ProjectSummary = Static<typeof ProjectSummary>;

export const Projects = Type.Object(
  { projects: Type.Array(ProjectSummary), next_cursor: Type.Optional(Cursor) },
  { $id: 'Projects' },
);
export type Projects = Static<typeof Projects>;

export const Items = Type.Object({ project_id: Type.String(), items: Type.Array(Item) }, { $id: 'Items' });
export const Deliverables = Type.Object(
  { project_id: Type.String(), deliverables: Type.Array(Deliverable) },
  { $id: 'Deliverables' },
);
export const Clarifications = Type.Object(
  { project_id: Type.String(), clarifications: Type.Array(Clarification) },
  { $id: 'Clarifications' },
);

const decided = {
  decision_id: Type.Optional(Identifier),
  comment: Type.Optional(Type.String({ maxLength: 4_000 })),
  digest: Type.Optional(
    Type.String({ maxLength: 80, description: 'refuses the answer if something else is shown by now' }),
  ),
};

/** `POST /projects/{project_id}/clarifications/{clarification_id}` as JSON. Rows alone mean the choice `provide`. */
export const ClarificationAnswer = Type.Object(
  {
    choice: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    work_context: Type.Optional(WorkContext),
    ...decided,
  },
  { $id: 'ClarificationAnswer', additionalProperties: false },
);
export type ClarificationAnswer = Static<typeof ClarificationAnswer>;

/** The same as multipart/form-data, with a spreadsheet of rows. */
export const ClarificationAnswerForm = Type.Object(
  { choice: Type.Optional(Type.String()), ...decided, ...formContext },
  { $id: 'ClarificationAnswerForm', additionalProperties: false },
);

/** `POST /runs/{workflow_id}/decide`: a decision without `by`, which is whoever asks. */
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

/** 202 of pause, resume and cancel: the run has the request and acts on it at its next step. */
export const ControlAccepted = Type.Object(
  {
    workflow_id: Type.String(),
    requested: Type.Enum(['pause', 'resume', 'cancel']),
    links: Links,
  },
  { $id: 'ControlAccepted' },
);
export type ControlAccepted = Static<typeof ControlAccepted>;

const deadLetter = {
  id: DeadLetterId,
  at: Type.String({ format: 'date-time', description: 'when it became a dead letter' }),
  event_id: Type.Union([Type.String(), Type.Null()]),
  event_type: Type.Union([Type.String(), Type.Null()]),
  stream: Type.String({ description: 'where the event was, or was to be' }),
  entry_id: Type.Union([Type.String(), Type.Null()], { description: 'its id there; null: it never got there' }),
  group: Type.Union([Type.String(), Type.Null()], { description: 'the consumer group that gave up' }),
  stage: DeadLetterStage,
  error: Type.Object({ class: Type.String(), message: Type.String() }),
  errors: Type.Array(
    Type.Object(
      { pointer: Type.String(), message: Type.String(), keyword: Type.String() },
      {
        description: 'where the event breaks its contract, by JSON Pointer',
      },
    ),
  ),
  deliveries: Type.Integer({ minimum: 0 }),
  first_at: Instant,
  last_at: Instant,
  redrives: Type.Integer({ minimum: 0 }),
  redriven_by: Type.Union([Type.String(), Type.Null()]),
  raw_bytes: Type.Integer({ minimum: 0, description: 'size of the event' }),
  links: Links,
};

/** A dead letter in a list: all but the event itself. */
export const DeadLetterSummary = Type.Object(deadLetter, { $id: 'DeadLetterSummary' });
export type DeadLetterSummary = Static<typeof DeadLetterSummary>;

/** A page of the dead letters, newest first. */
export const DeadLetters = Type.Object(
  {
    depth: Type.Integer({ minimum: 0, description: 'dead letters in all, whatever the filter' }),
    entries: Type.Array(DeadLetterSummary),
    next_cursor: Type.Optional(Cursor),
  },
  { $id: 'DeadLetters' },
);
export type DeadLetters = Static<typeof DeadLetters>;

/** A dead letter with the event as it was. */
export const DeadLetterDetail = Type.Object(
  {
    ...deadLetter,
    raw: Type.String({ description: 'the bytes of the event' }),
    encoding: Type.Enum(['utf8', 'base64'], { description: 'of `raw`; base64 where they are not UTF-8' }),
  },
  { $id: 'DeadLetterDetail' },
);
export type DeadLetterDetail = Static<typeof DeadLetterDetail>;

/** Body of `POST /dlq/redrive` and `POST /dlq/discard`. An empty filter means every dead letter. */
export const DlqOperation = Type.Object(
  {
    filter: DlqFilter,
    dry_run: Type.Optional(operationBounds.dry_run),
    rate_per_second: Type.Optional(operationBounds.rate_per_second),
    limit: Type.Optional(operationBounds.limit),
    reason: Type.Optional(operationBounds.reason),
  },
  { $id: 'DlqOperation', additionalProperties: false },
);
export type DlqOperation = Static<typeof DlqOperation>;

/** Body of `POST /events/rebuild`. */
export const RebuildOperation = Type.Object(
  { dry_run: Type.Optional(operationBounds.dry_run), reason: Type.Optional(operationBounds.reason) },
  { $id: 'RebuildOperation', additionalProperties: false },
);
export type RebuildOperation = Static<typeof RebuildOperation>;

/** 202 of what starts an operation: it is durable from here on. */
export const OperationAccepted = Type.Object(
  {
    operation_id: Type.String(),
    action: Type.Enum([...operationActions]),
    dry_run: Type.Boolean(),
    status: Type.Literal('accepted'),
    links: Links,
  },
  { $id: 'OperationAccepted' },
);
export type OperationAccepted = Static<typeof OperationAccepted>;

/** An operation, while it runs and after. */
export const Operation = Type.Object(
  {
    operation_id: Type.String(),
    status: RunStatus,
    action: Type.Enum([...operationActions]),
    by: Type.String(),
    reason: Type.Optional(Type.String()),
    dry_run: Type.Boolean(),
    filter: DlqFilter,
    rate_per_second: Type.Integer(),
    limit: Type.Integer(),
    counts: OperationCounts,
    limited: Type.Boolean({ description: 'the limit was reached, so that there may be more' }),
    examples: Type.Array(Type.String(), { description: 'ids of the first that were found' }),
    started_at: Instant,
    ended_at: Type.Optional(Instant),
    error: Type.Optional(Failure),
    links: Links,
  },
  { $id: 'Operation' },
);
export type Operation = Static<typeof Operation>;

/** One dependency, in a line. */
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

/* What workflows say of themselves has to fit what the API promises: the compiler holds the two together. */
type Fits<View, Promised> = View extends Promised ? true : never;
const fits: [
  Fits<DecisionView, Static<typeof DecisionMade>>,
  Fits<ApprovalView, Approval>,
  Fits<StepView, Static<typeof Step>>,
  Fits<StepPage['steps'], Steps['steps']>,
  Fits<Omit<RunView, 'links'>, Omit<Run, 'links'>>,
  Fits<Omit<ItemView, 'deliverable'>, Omit<Item, 'deliverable'>>,
  Fits<Omit<DeliverableView, 'artifacts'>, Omit<Deliverable, 'artifacts'>>,
  Fits<Pick<ProjectView, 'project_id' | 'rows'>, Pick<Project, 'project_id' | 'rows'>>,
  Fits<Omit<OperationView, 'operation'>, Pick<Operation, Exclude<keyof OperationView, 'operation'>>>,
] = [true, true, true, true, true, true, true, true, true];
void fits;
