import { Type, type Static } from 'typebox';
import { Failure } from '../events/define';
import { Identifier, Instant, JsonValue, type Json } from '../json';
import { Target } from '../job/touches';
import { Duration } from '../plan';
import { stepTypes, WorkflowDefinition } from './definition';

/** Bodies and answers of simulations of workflow definitions: the path taken, and why. Times are UTC, ISO 8601. */

const value = (description: string) => Type.Optional(Type.Unsafe<Json>({ description }));

/** A failure that a step is given instead of an output. */
export const GivenFailure = Type.Object(
  {
    error: Type.Object(
      {
        type: Type.String({ minLength: 1, maxLength: 120, description: 'such as `http.status_503`' }),
        message: Type.Optional(Type.String({ maxLength: 2_000 })),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
export type GivenFailure = Static<typeof GivenFailure>;

/** A decision that a question of an approval step gets. */
export const GivenDecision = Type.Object(
  {
    choice: Type.Enum(['approve', 'reject', 'expire'], { description: '`expire`: nobody decides in time' }),
    by: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    comment: Type.Optional(Type.String({ maxLength: 4_000 })),
    data: Type.Optional(JsonValue),
    after: Type.Optional(
      Type.Unsafe<string>({ ...Duration, description: 'time from the question; at once without it' }),
    ),
  },
  { additionalProperties: false },
);
export type GivenDecision = Static<typeof GivenDecision>;

const request = {
  input_data: Type.Optional(Type.Unsafe<Json>({ type: 'object', description: 'it fits the `input_schema`' })),
  outputs: Type.Optional(
    Type.Record(Type.String(), JsonValue, {
      description:
        'by `step_id`: what the tool, the agent or the workflow of a step gives back, `{"error": {"type", "message"}}` for a ' +
        'failure, or a list of those, one for each attempt; the last one lasts. An output that is a list is written ' +
        '`[[…]]`. The `step_id` of a loop gives the output of the loop, or of each round of one with while or until',
    }),
  ),
  decisions: Type.Optional(
    Type.Record(Type.String(), Type.Union([GivenDecision, Type.Array(GivenDecision, { minItems: 1, maxItems: 100 })]), {
      description: 'by the `step_id` of an approval: the decision, or one for each time that it asks',
    }),
  ),
  starts_at: Type.Optional(Type.Unsafe<string>({ ...Instant, description: 'the virtual instant; now without it' })),
};

/** `POST …/{id}/simulate` */
export const SimulationRequest = Type.Object(
  {
    ...request,
    version: Type.Optional(Type.Integer({ minimum: 1, description: 'another version than the newest' })),
  },
  { $id: 'SimulationRequest', additionalProperties: false },
);
export type SimulationRequest = Static<typeof SimulationRequest>;

/** `POST …/simulate`: of a definition that is not kept. */
export const DraftSimulationRequest = Type.Object(
  {
    ...request,
    definition: Type.Unsafe<WorkflowDefinition>({ ...WorkflowDefinition, $id: undefined }),
  },
  { $id: 'DraftSimulationRequest', additionalProperties: false },
);
export type DraftSimulationRequest = Static<typeof DraftSimulationRequest>;

/** A condition as it was looked at. */
export const ConditionSeen = Type.Object({
  of: Type.Enum(['when', 'then', 'else', 'condition', 'while', 'until'], {
    description: '`then` and `else`: the step is a branch of the condition step `step`',
  }),
  step: Type.Optional(Type.String({ description: 'the step that says it, where it is another one' })),
  round: Type.Optional(Type.Integer({ description: 'of a loop with while or until, from 1' })),
  text: Type.String(),
  value: Type.Optional(Type.Boolean({ description: 'absent where it could not be evaluated' })),
  error: Type.Optional(Type.String()),
  reads: Type.Array(
    Type.Object({
      name: Type.String({ description: 'such as `input.lead.budget`' }),
      value: value('absent where there is none, or it is too large to be shown'),
    }),
  ),
});
export type ConditionSeen = Static<typeof ConditionSeen>;

const sources = ['given', 'stub', 'real'] as const;

/** An attempt of a step in one of its rounds. `next_at`: when another follows. */
export const SimulatedAttempt = Type.Object({
  round: Type.Integer({ minimum: 1 }),
  attempt: Type.Integer({ minimum: 1 }),
  at: Instant,
  source: Type.Enum([...sources]),
  error: Type.Optional(Failure),
  next_at: Type.Optional(Instant),
});
export type SimulatedAttempt = Static<typeof SimulatedAttempt>;

/** A step of a simulation: of the definition, of a round or an element of a loop, or of a sub-workflow. */
export const SimulatedStep = Type.Object({
  step_id: Type.String({
    description: 'within a loop `<loop>.<number>.<step>`, from 0; within a sub-workflow `<step>/<its step>`',
  }),
  name: Type.Optional(Type.String()),
  step_type: Type.Enum([...stepTypes]),
  uses: Type.Optional(Type.String({ description: 'the tool, the agent, or the workflow and its version' })),
  within: Type.Optional(Type.String({ description: 'the step around it: a loop, a parallel step or a sub-workflow' })),
  state: Type.Enum(['pending', 'running', 'waiting', 'completed', 'failed', 'skipped', 'cancelled'], {
    description: '`pending`: it has not begun when the simulation ended',
  }),
  why: Type.Array(ConditionSeen, { description: 'why it ran or not, and what it looked at itself' }),
  reason: Type.Optional(Type.String({ description: 'of a skipped step, in words' })),
  source: Type.Optional(
    Type.Enum([...sources], {
      description: '`real`: computed as in an execution; `stub`: made up from what it is known to give back',
    }),
  ),
  input: value('what it is given, where that is known and not too large'),
  output: value('what it gives back, where that is not too large'),
  error: Type.Optional(Failure),
  handled: Type.Optional(
    Type.String({ description: 'of a failure that does not fail what is around it: `continue`, or the fallback' }),
  ),
  rounds: Type.Optional(Type.Integer()),
  attempts: Type.Array(SimulatedAttempt),
  elements: Type.Optional(Type.Object({ count: Type.Integer(), failed: Type.Integer() })),
  starts_at: Type.Optional(Instant),
  ends_at: Type.Optional(Instant),
  omitted: Type.Optional(Type.Array(Type.String(), { description: 'members that were too large' })),
});
export type SimulatedStep = Static<typeof SimulatedStep>;

/** A question that a person would have been asked. */
export const SimulatedQuestion = Type.Object({
  step_id: Type.String(),
  question: Type.String(),
  shows: value('what it shows, where that is not too large'),
  assignee: Type.Optional(Type.String()),
  asked_at: Instant,
  reminded_at: Type.Optional(Instant),
  escalated_at: Type.Optional(Instant),
  ended_at: Type.Optional(Instant),
  outcome: Type.Optional(Type.Enum(['approved', 'rejected', 'expired'])),
  by: Type.Optional(Type.String()),
  assumed: Type.Boolean({ description: 'true: no decision was given, so the approving one was taken' }),
});
export type SimulatedQuestion = Static<typeof SimulatedQuestion>;

/** A change that an execution would have made, or asked for. */
export const SimulatedEffect = Type.Object({
  step_id: Type.String(),
  uses: Type.String(),
  effect: Type.Enum(['idempotent', 'once']),
  at: Instant,
  targets: Type.Array(Type.Unsafe<Target>({ ...Target, $id: undefined })),
});
export type SimulatedEffect = Static<typeof SimulatedEffect>;

/** 200 of a simulation. */
export const Simulation = Type.Object(
  {
    definition: Type.Object({
      id: Type.Optional(Identifier),
      version: Type.Optional(Type.Integer()),
      name: Type.String(),
    }),
    status: Type.Enum(['completed', 'failed', 'cut'], {
      description: '`cut`: it came to a bound of simulations; `error` says which',
    }),
    result: value('what an execution would give back'),
    error: Type.Optional(Failure),
    starts_at: Instant,
    ends_at: Instant,
    virtual_ms: Type.Integer({ description: 'milliseconds from the start to the end, on the virtual clock' }),
    path: Type.Array(Type.String(), { description: 'ids of the steps that ran, in the order in which they began' }),
    steps: Type.Array(SimulatedStep),
    questions: Type.Array(SimulatedQuestion),
    effects: Type.Array(SimulatedEffect),
    omitted: Type.Object(
      { steps: Type.Integer(), questions: Type.Integer(), effects: Type.Integer(), result: Type.Boolean() },
      { description: 'entries beyond those that are listed; true where the result is too large to be shown' },
    ),
  },
  { $id: 'Simulation' },
);
export type Simulation = Static<typeof Simulation>;
