import { Type, type Static } from 'typebox';
import { Approval, Counts, Cursor, DecisionMade, Links, Outcome, retrying, RunStatus, Step } from '../api';
import { Failure } from '../events/define';
import { Identifier, Instant, JsonValue, type Json } from '../json';
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

const Executed = Type.Object({ id: Type.String(), version: Type.Integer(), name: Type.String() });

/** 202 of `POST …/execute`: the execution is durable from here on. */
export const ExecutionAccepted = Type.Object(
  {
    execution_id: Identifier,
    definition: Executed,
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

const ExecutedStep = Type.Object({ ...Step.properties, input: value('what it was given, where that can be shown') });

/** An execution, with a page of its steps. */
export const Execution = Type.Object(
  {
    execution_id: Type.String(),
    status: RunStatus,
    definition: Executed,
    requested_by: Type.String(),
    workflow_id: Type.String({ description: "Temporal's" }),
    correlation_id: Type.String(),
    started_at: Instant,
    ended_at: Type.Optional(Instant),
    paused: Type.Optional(Pause),
    error: Type.Optional(Failure),
    outcome: Type.Optional(Outcome),
    progress: Type.Object({ total: Type.Integer(), ended: Type.Integer() }),
    input: value('what it was started with, up to 1 MiB'),
    result: value('what it has given back'),
    result_ref: Type.Optional(Type.Unsafe<Ref>({ ...Ref, $id: undefined, description: 'the same, over 1 MiB' })),
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

/** 202 of pause, resume and cancel. */
export const ExecutionRequested = Type.Object(
  {
    execution_id: Type.String(),
    workflow_id: Type.String(),
    requested: Type.Enum(['pause', 'resume', 'cancel']),
    links: Links,
  },
  { $id: 'ExecutionRequested' },
);
export type ExecutionRequested = Static<typeof ExecutionRequested>;
