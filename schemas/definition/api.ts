import { Type, type Static } from 'typebox';
import { Approval, Costs, Counts, Cursor, DecisionMade, Links, Outcome, retrying, RunStatus, Step } from '../api';
import { Failure } from '../events/define';
import { Identifier, Instant, JsonValue, type Json } from '../json';
import { Target } from '../job/touches';
import { Plan } from '../plan';
import { Ref } from '../refs';
import { Pause } from '../run';
import { DefinitionFault, WorkflowDefinition } from './definition';
import { changes } from './run';

/** Bodies and answers of the API of workflow definitions and their executions. Times are UTC, ISO 8601. */

const versionFacts = {
  version: Type.Integer({ minimum: 1 }),
  change: Type.Enum([...changes], { description: 'what has made this version' }),
  from: Type.Optional(Type.Integer({ description: 'of a version that was rolled back to: the one it has again' })),
  changed_at: Instant,
  changed_by: Type.String(),
};

/** A definition, or one of its versions. `ETag` is its version: `If-Match` guards against lost updates. */
export const Definition = Type.Object(
  {
    ...WorkflowDefinition.properties,
    id: Identifier,
    ...versionFacts,
    links: Links,
  },
  { $id: 'Definition' },
);
export type Definition = Static<typeof Definition>;

/** Members of an answer that are the server's: who sends one back need not take them out. */
export const ownedByServer = [...Object.keys(versionFacts), 'links'] as const;

export const DefinitionListed = Type.Object(
  {
    id: Identifier,
    name: Type.String(),
    description: Type.Optional(Type.String()),
    ...versionFacts,
    links: Links,
  },
  { $id: 'DefinitionListed' },
);
export type DefinitionListed = Static<typeof DefinitionListed>;

export const Definitions = Type.Object(
  { workflows: Type.Array(DefinitionListed), next_cursor: Type.Optional(Cursor) },
  { $id: 'Definitions' },
);
export type Definitions = Static<typeof Definitions>;

export const DefinitionVersions = Type.Object(
  {
    id: Identifier,
    versions: Type.Array(Type.Object({ ...versionFacts, links: Links })),
    next_cursor: Type.Optional(Cursor),
  },
  { $id: 'DefinitionVersions' },
);
export type DefinitionVersions = Static<typeof DefinitionVersions>;

/** A difference, part by part: its place in either version, and what stands there. */
export const DefinitionChange = Type.Object({
  change: Type.Enum(['added', 'removed', 'changed']),
  pointer: Type.String({ description: 'steps are named by their ids: `/steps/<step_id>/…`' }),
  before: Type.Optional(JsonValue),
  after: Type.Optional(JsonValue),
});
export type DefinitionChange = Static<typeof DefinitionChange>;

export const DefinitionDifference = Type.Object(
  {
    id: Identifier,
    from: Type.Integer(),
    to: Type.Integer(),
    changes: Type.Array(DefinitionChange),
  },
  { $id: 'DefinitionDifference' },
);
export type DefinitionDifference = Static<typeof DefinitionDifference>;

/** `POST …/validate`: what is wrong, or the plan that it becomes. */
export const DefinitionChecked = Type.Object(
  {
    valid: Type.Boolean(),
    faults: Type.Array(Type.Unsafe<DefinitionFault>({ ...DefinitionFault, $id: undefined })),
    definition: Type.Optional(
      Type.Unsafe<WorkflowDefinition>({ type: 'object', description: 'as it was read; absent where it has faults' }),
    ),
    plan: Type.Optional(Type.Unsafe<Plan>({ ...Plan, $id: undefined })),
  },
  { $id: 'DefinitionChecked' },
);
export type DefinitionChecked = Static<typeof DefinitionChecked>;

/** `POST …/rollback` */
export const RollbackRequest = Type.Object(
  { version: Type.Integer({ minimum: 1, description: 'the version to have again' }) },
  { $id: 'RollbackRequest', additionalProperties: false },
);
export type RollbackRequest = Static<typeof RollbackRequest>;

/** `POST …/execute` */
export const NewExecution = Type.Object(
  {
    execution_id: Type.Optional(Identifier),
    input_data: Type.Optional(Type.Unsafe<Json>({ type: 'object', description: 'it fits the `input_schema`' })),
    async_execution: Type.Optional(
      Type.Boolean({ default: true, description: 'false: the answer is the finished execution, if it ends in time' }),
    ),
    version: Type.Optional(Type.Integer({ minimum: 1, description: 'another version than the newest' })),
  },
  { $id: 'NewExecution', additionalProperties: false },
);
export type NewExecution = Static<typeof NewExecution>;

/** An effect of an execution that would happen once more. */
export const RepeatedEffect = Type.Object(
  {
    id: Type.String({ description: 'names it in `confirm_effects`' }),
    step: Type.String(),
    tool: Type.String({ description: 'or the workflow that the step executes' }),
    targets: Type.Array(Target),
    status: Type.Enum(['done', 'unknown'], { description: '`unknown`: nobody knows whether it has happened' }),
    at: Type.Optional(Type.Unsafe<string>({ ...Instant, description: 'it was done, or was about to be' })),
    execution_id: Type.Optional(Type.String({ description: 'of an effect of a sub-workflow: its execution' })),
  },
  { $id: 'RepeatedEffect' },
);
export type RepeatedEffect = Static<typeof RepeatedEffect>;

const confirm_effects = Type.Optional(
  Type.Array(Type.String({ minLength: 1, maxLength: 80 }), {
    maxItems: 1_000,
    description: 'ids of effects that may happen once more, as the 409 or the preview has listed them',
  }),
);

/** `POST /executions/{id}/retry` */
export const RetryRequest = Type.Object({ confirm_effects }, { $id: 'RetryRequest', additionalProperties: false });
export type RetryRequest = Static<typeof RetryRequest>;

/** `POST /executions/{id}/rerun` */
export const RerunRequest = Type.Object(
  {
    from_step: Type.String({ minLength: 1, maxLength: 200, description: 'the first step that runs again' }),
    execution_id: Type.Optional(Type.Unsafe<string>({ ...Identifier, description: 'of the new execution' })),
    input_data: Type.Optional(
      Type.Unsafe<Json>({ type: 'object', description: 'in place of the input of before; it fits the `input_schema`' }),
    ),
    preview: Type.Optional(
      Type.Boolean({ default: false, description: 'true: tell what would happen, start nothing' }),
    ),
    confirm_effects,
  },
  { $id: 'RerunRequest', additionalProperties: false },
);
export type RerunRequest = Static<typeof RerunRequest>;

const Executed = Type.Object({ id: Type.String(), version: Type.Integer(), name: Type.String() });

/** Facts of an execution that has come from another. */
const rerun = {
  rerun_of: Type.Optional(Type.String({ description: 'of a re-run: the execution whose results it has taken over' })),
  from_step: Type.Optional(Type.String({ description: 'of a re-run: the step from which it does its own work' })),
};

/** 200 of a re-run with `preview`: the steps that would run, those that are taken over, and what would happen again. */
export const RerunPreview = Type.Object(
  {
    rerun_of: Type.String(),
    from_step: Type.String(),
    definition: Executed,
    runs: Type.Array(Type.String(), { description: 'ids of the steps that would run' }),
    keeps: Type.Array(Type.String(), { description: 'ids of the steps whose results would be taken over' }),
    effects: Type.Array(RepeatedEffect, { description: 'those to be named in `confirm_effects`' }),
  },
  { $id: 'RerunPreview' },
);
export type RerunPreview = Static<typeof RerunPreview>;

/** 202 of `POST …/execute` and of a re-run: the execution is durable from here on. */
export const ExecutionAccepted = Type.Object(
  {
    execution_id: Identifier,
    definition: Executed,
    ...rerun,
    workflow_id: Type.String({ description: "Temporal's" }),
    status: Type.Literal('accepted'),
    links: Links,
  },
  { $id: 'ExecutionAccepted' },
);
export type ExecutionAccepted = Static<typeof ExecutionAccepted>;

/** An execution in a list. `status` is its state under way, or its end in a word. */
export const ExecutionListed = Type.Object(
  {
    execution_id: Type.String(),
    status: Type.String(),
    definition: Executed,
    requested_by: Type.String(),
    rerun_of: rerun.rerun_of,
    started_at: Instant,
    ended_at: Type.Optional(Instant),
    links: Links,
  },
  { $id: 'ExecutionListed' },
);
export type ExecutionListed = Static<typeof ExecutionListed>;

export const Executions = Type.Object(
  { executions: Type.Array(ExecutionListed), counts: Type.Optional(Counts), next_cursor: Type.Optional(Cursor) },
  { $id: 'Executions' },
);
export type Executions = Static<typeof Executions>;

const value = (description: string) => Type.Optional(Type.Unsafe<Json>({ description }));

/** Attempts of a step's last round. */
const Attempts = Type.Object({
  count: Type.Integer({ minimum: 1, description: 'with the one under way' }),
  since: Type.Optional(Type.Unsafe<string>({ ...Instant, description: 'the last one runs, or has failed' })),
  next_at: Type.Optional(Type.Unsafe<string>({ ...Instant, description: 'while another is waited for' })),
  last_failure: Type.Optional(Failure),
});
export type Attempts = Static<typeof Attempts>;

const ExecutedStep = Type.Object({
  ...Step.properties,
  input: value('what it was given, where that can be shown'),
  attempts: Type.Optional(
    Type.Unsafe<Attempts>({ ...Attempts, description: 'of a call that has begun; not of a loop as a whole' }),
  ),
  costs: Type.Optional(Type.Unsafe<Costs>({ ...Costs, description: 'of an agent or a model' })),
});

/** An execution, with a page of its steps. */
export const Execution = Type.Object(
  {
    execution_id: Type.String(),
    status: RunStatus,
    definition: Executed,
    requested_by: Type.String(),
    ...rerun,
    workflow_id: Type.String({ description: "Temporal's" }),
    correlation_id: Type.String(),
    started_at: Instant,
    ended_at: Type.Optional(Instant),
    paused: Type.Optional(Pause),
    error: Type.Optional(Failure),
    outcome: Type.Optional(Outcome),
    progress: Type.Object({ total: Type.Integer(), ended: Type.Integer() }),
    costs: Type.Unsafe<Costs>({ ...Costs, description: 'of all steps that ask models; null where one does not say' }),
    input: value('what it was started with, up to 1 MiB'),
    result: value('what it has given back'),
    result_ref: Type.Optional(Type.Unsafe<Ref>({ ...Ref, $id: undefined, description: 'the same, over 1 MiB' })),
    within: Type.Optional(Type.String({ description: 'the loop whose steps these are, where one was asked for' })),
    steps: Type.Array(ExecutedStep),
    next_cursor: Type.Optional(Cursor),
    questions: Type.Array(Type.Unsafe<Approval>({ ...Approval, $id: undefined }), {
      description: 'what waits for a person; `links.decide` takes the decision',
    }),
    decisions: Type.Array(DecisionMade),
    retrying,
    links: Links,
  },
  { $id: 'Execution' },
);
export type Execution = Static<typeof Execution>;

/** 202 of pause, resume, cancel and retry. */
export const ExecutionRequested = Type.Object(
  {
    execution_id: Type.String(),
    workflow_id: Type.String(),
    requested: Type.Enum(['pause', 'resume', 'cancel', 'retry']),
    links: Links,
  },
  { $id: 'ExecutionRequested' },
);
export type ExecutionRequested = Static<typeof ExecutionRequested>;
