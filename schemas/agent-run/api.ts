import { Type, type Static } from 'typebox';
import { Approval, Counts, Cursor, DecisionMade, Links, Step } from '../api';
import { Failure } from '../events/define';
import { Identifier, Instant, JsonObjectValue, nullable, type Json, type JsonObject } from '../json';
import { CriticFinding } from '../job/critic';
import { jobRequest } from '../job/api';
import { PromptRef } from '../llm-call';
import { Plan } from '../plan';
import { Ref } from '../refs';

/** Bodies and answers of the API of agent runs. Times are UTC, ISO 8601. */

const strict = { additionalProperties: false };

const anObject = (description: string) => Type.Unsafe<JsonObject>({ ...JsonObjectValue, description });

/** What a run is to be bound to, so that it can be made again. */
export const Determinism = Type.Object(
  {
    model_version: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'the model that is asked; the run fails where another one answers',
      }),
    ),
    seed: Type.Optional(Type.Integer({ description: 'as the provider takes it; one that has none refuses it' })),
    temperature: Type.Optional(Type.Number({ minimum: 0, maximum: 2 })),
  },
  strict,
);
export type Determinism = Static<typeof Determinism>;

/** `POST /api/runs` */
export const NewAgentRun = Type.Object(
  {
    asset_id: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'what the run is about; expressions see it as `input.asset_id`',
    }),
    goal: jobRequest.goal,
    metadata: Type.Optional(anObject('facts of yours; expressions see them as `input.metadata`')),
    human_approved: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'true: the caller, who has to be an approver, approves what the first plan asks about; else a plan that ' +
          'changes anything waits for somebody’s yes before its first step',
      }),
    ),
    determinism: Type.Optional(Determinism),
    plan: jobRequest.plan,
  },
  { $id: 'NewAgentRun', ...strict },
);
export type NewAgentRun = Static<typeof NewAgentRun>;

/** 202 of `POST /api/runs`: the run is durable from here on. */
export const AgentRunAccepted = Type.Object(
  {
    run_id: Identifier,
    correlation_id: Type.String(),
    workflow_id: Type.String(),
    status: Type.Literal('accepted'),
    links: Links,
  },
  { $id: 'AgentRunAccepted' },
);
export type AgentRunAccepted = Static<typeof AgentRunAccepted>;

export const AgentRunStatus = Type.Enum([
  'PLANNING',
  'AWAITING_APPROVAL',
  'RUNNING',
  'RECOVERING',
  'AT_LIMIT',
  'PAUSED',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
]);
export type AgentRunStatus = Static<typeof AgentRunStatus>;

/** Judgement of a plan before it is carried out, by the critic and the policy. */
export const Critique = Type.Object(
  {
    version: Type.Integer({ minimum: 1, description: 'of the plan' }),
    plan: Type.String({ description: 'content hash of the plan' }),
    verdict: Type.Enum(['accept', 'ask', 'reject'], {
      description: '`ask`: a person decides; `reject`: the policy forbids a step, or the plan cannot fit its limits',
    }),
    findings: Type.Array(
      Type.Object({
        ...Type.Omit(CriticFinding, ['fix']).properties,
        suggested_change: Type.String({ description: 'how to mend it' }),
      }),
    ),
    risk: Type.String(),
    policy: Type.Array(
      Type.Object({ step_id: Type.String(), effect: Type.String(), rule: Type.String(), reason: Type.String() }),
      {
        description: 'steps that the policy does not simply allow',
      },
    ),
  },
  { $id: 'Critique' },
);
export type Critique = Static<typeof Critique>;

/** Result of carrying out a step. */
export const ExecutionResult = Type.Object(
  {
    step_id: Type.String(),
    uses: Type.Optional(Type.String({ description: 'its tool or agent' })),
    status: Step.properties.status,
    output: Type.Optional(Type.Unsafe<Json>({ description: 'what it has given, up to 2 KiB of JSON' })),
    output_ref: Type.Optional(
      Type.Unsafe<Ref>({ ...Ref, $id: undefined, description: 'the same, where it is larger' }),
    ),
    error: Type.Optional(Failure),
    rounds: Type.Integer({ minimum: 0, description: 'executions' }),
    attempts: Type.Optional(
      Type.Integer({ minimum: 1, description: 'of its last execution, where there were several' }),
    ),
    started_at: Type.Optional(Instant),
    ended_at: Type.Optional(Instant),
    duration_ms: Type.Optional(Type.Number({ minimum: 0 })),
  },
  { $id: 'ExecutionResult' },
);
export type ExecutionResult = Static<typeof ExecutionResult>;

const Versioned = Type.Object({ name: Type.String(), version: Type.String() });

/** Everything that a run is made with. */
export const BillOfMaterials = Type.Object(
  {
    model: Type.Object({
      pinned: nullable(Type.String({ description: 'the version that was asked for' })),
      answered: Type.Array(Type.String(), { description: 'versions that have answered, as they call themselves' }),
      seed: nullable(Type.Integer()),
      temperature: nullable(Type.Number()),
    }),
    planner: Type.Optional(Type.String({ description: 'who has written the plan: rules, llm, person or recovery' })),
    prompts: Type.Array(Type.Unsafe<PromptRef>(PromptRef), { description: 'prompts that models were asked with' }),
    tools: Type.Array(Versioned, { description: 'those of MCP servers by the hash of their accepted definition' }),
    policy: Type.Optional(Versioned),
    engine: Type.Integer({ description: 'version of the interpreter' }),
  },
  { $id: 'BillOfMaterials' },
);
export type BillOfMaterials = Static<typeof BillOfMaterials>;

const about = {
  run_id: Type.String(),
  asset_id: Type.String(),
  status: AgentRunStatus,
  goal: Type.String(),
  human_approved: Type.Boolean(),
  replay_of: Type.Optional(Type.String({ description: 'workflow id of the run that it replays' })),
  started_at: Instant,
  ended_at: Type.Optional(Instant),
  links: Links,
};

/** A run with its context, as it is kept for good. */
export const AgentRun = Type.Object(
  {
    ...about,
    metadata: JsonObjectValue,
    requested_by: Type.String(),
    workflow_id: Type.String(),
    correlation_id: Type.String(),
    state: Type.Object(
      {
        plan: Type.Optional(Type.Unsafe<Plan>({ ...Plan, $id: undefined })),
        critique: Type.Optional(Type.Unsafe<Critique>({ ...Critique, $id: undefined })),
        results: Type.Array(Type.Unsafe<ExecutionResult>({ ...ExecutionResult, $id: undefined }), {
          description: 'of the steps that have begun, or been skipped',
        }),
        result: Type.Optional(Type.Unsafe<Json>({ description: 'what the plan has given back' })),
        result_ref: Type.Optional(Type.Unsafe<Ref>({ ...Ref, $id: undefined, description: 'the same, over 1 MiB' })),
      },
      { description: 'what planner, critic and executor have made so far' },
    ),
    error: Type.Optional(Failure),
    refused: Type.Optional(
      Type.Array(Type.Object({ part: Type.String(), message: Type.String(), near: Type.Array(Type.String()) }), {
        description: 'parts of the goal that were not planned',
      }),
    ),
    bill_of_materials: Type.Unsafe<BillOfMaterials>({ ...BillOfMaterials, $id: undefined }),
    questions: Type.Array(Type.Unsafe<Approval>({ ...Approval, $id: undefined }), {
      description: 'what waits for a person',
    }),
    decisions: Type.Array(DecisionMade),
  },
  { $id: 'AgentRun' },
);
export type AgentRun = Static<typeof AgentRun>;

/** A run in a list. */
export const AgentRunListed = Type.Object(
  { ...about, status: Type.String(), goal: Type.String({ description: 'its beginning' }) },
  { $id: 'AgentRunListed' },
);
export type AgentRunListed = Static<typeof AgentRunListed>;

export const AgentRuns = Type.Object(
  { runs: Type.Array(AgentRunListed), counts: Type.Optional(Counts), next_cursor: Type.Optional(Cursor) },
  { $id: 'AgentRuns' },
);
export type AgentRuns = Static<typeof AgentRuns>;
