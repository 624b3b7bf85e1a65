import { Type, type Static, type TObjectOptions, type TProperties } from 'typebox';
import { JsonObjectValue, type JsonObject } from './json';

/** A duration as people write it: `500ms`, `30s`, `15m`, `4h`, `7d`. */
export const Duration = Type.String({ pattern: '^[0-9]+(ms|s|m|h|d)$' });

/** The id of a step; expressions name it as `steps.<id>`. */
export const StepId = Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]{0,79}$' });

/** Tries of a failed step by the engine, besides those in its tool's own specification. */
export const RetryPolicy = Type.Object(
  {
    attempts: Type.Integer({ minimum: 1, maximum: 20, default: 3, description: 'attempts in all' }),
    initial: Type.Optional(Type.Unsafe<string>({ ...Duration, default: '1s' })),
    backoff: Type.Optional(Type.Number({ minimum: 1, maximum: 10, default: 2 })),
    max: Type.Optional(Type.Unsafe<string>({ ...Duration, default: '1m' })),
  },
  { additionalProperties: false },
);
export type RetryPolicy = Static<typeof RetryPolicy>;

/** Rounds of a check, at most. */
export const MOST_ROUNDS = 1_000;

/**
 * Until: a tool checks the step's output; output that is not accepted goes back to the step with the findings.
 * Its `with` may name the step's own output.
 */
export const Until = Type.Object(
  {
    check: Type.String({ description: 'a tool that answers {accepted, findings}' }),
    with: JsonObjectValue,
    rounds: Type.Integer({
      minimum: 1,
      maximum: MOST_ROUNDS,
      default: 3,
      description: 'executions in all before a person is asked',
    }),
    otherwise: Type.Union([Type.Literal('ask'), Type.Literal('fail')], { default: 'fail' }),
    every: Type.Optional(
      Type.Unsafe<string>({ ...Duration, description: 'pause before the next round; without it there is none' }),
    ),
  },
  { additionalProperties: false },
);
export type Until = Static<typeof Until>;

/** Question to a person, by an approval step or when a check is not met. Every wait has an end. */
export const Approval = Type.Object(
  {
    question: Type.String({ minLength: 1, maxLength: 4000, description: 'may hold expressions' }),
    shows: Type.Optional(JsonObjectValue),
    assignee: Type.Optional(Type.String({ maxLength: 200, description: 'whoever is asked; may hold expressions' })),
    remind_after: Type.Optional(Duration),
    escalate_after: Type.Optional(Duration),
    expire_after: Type.Unsafe<string>({ ...Duration, default: '7d' }),
    on_expiry: Type.Optional(Type.Union([Type.Literal('reject'), Type.Literal('skip')], { default: 'reject' })),
  },
  { additionalProperties: false },
);
export type Approval = Static<typeof Approval>;

/** Consequence for the run when a step has failed for good. */
export const OnError = Type.Union(
  [
    Type.Literal('fail', { description: 'the run fails; steps that run are cancelled' }),
    Type.Literal('continue', {
      description: 'steps that depend on it run; its output is null and its error can be read',
    }),
    Type.Object(
      { fallback: StepId },
      { additionalProperties: false, description: 'that step runs instead and gives the output' },
    ),
  ],
  { default: 'fail' },
);
export type OnError = Static<typeof OnError>;

/** Members that a step may have, wherever it stands. */
const members = {
  id: StepId,
  name: Type.Optional(Type.String({ maxLength: 200 })),
  kind: Type.Union([
    Type.Literal('tool'),
    Type.Literal('agent'),
    Type.Literal('approval'),
    Type.Literal('wait'),
    Type.Literal('group', { description: 'steps of its own, which run as a plan within the plan' }),
    Type.Literal('workflow', { description: 'an execution of a workflow definition, as a run of its own' }),
  ]),
  uses: Type.Optional(
    Type.String({
      maxLength: 200,
      description: 'the tool or agent; of a workflow step the definition and its version, `<id>@<version>`',
    }),
  ),
  with: Type.Optional(JsonObjectValue),
  depends_on: Type.Optional(Type.Array(StepId, { maxItems: 5000, uniqueItems: true })),
  when: Type.Optional(Type.String({ maxLength: 8192, description: 'a CEL condition; false skips the step' })),
  for_each: Type.Optional(
    Type.String({
      maxLength: 8192,
      description:
        'a CEL expression that gives a list of at most 10,000 elements; the step runs once for each, and `with` and ' +
        '`until` may name `item` and `index` (from 0). Its output is {items, count, failed, errors}',
    }),
  ),
  parallel: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 200, default: 8, description: 'elements of `for_each` at a time' }),
  ),
  until: Type.Optional(Until),
  timeout: Type.Optional(Duration),
  retry: Type.Optional(RetryPolicy),
  on_error: Type.Optional(OnError),
  critical: Type.Optional(
    Type.Boolean({
      default: true,
      description: 'false: its failure does not fail the run (`on_error` is `continue`, unless it names another)',
    }),
  ),
  approval: Type.Optional(Approval),
  result: Type.Optional(
    Type.Unsafe<JsonObject>({
      ...JsonObjectValue,
      description: 'of a group: its output; without it the outputs of its steps by their ids',
    }),
  ),
};

/** A step that may have further steps within it. */
const around = <Within extends TProperties>(within: Within, options: TObjectOptions = {}) =>
  Type.Object(
    {
      ...members,
      steps: Type.Optional(
        Type.Array(Type.Object(within, { additionalProperties: false }), {
          minItems: 1,
          maxItems: 500,
          description: 'of a group: its steps. They name one another, the steps around them, and `item` and `index`',
        }),
      ),
    },
    { ...options, additionalProperties: false },
  );

/**
 * One step of a plan. Strings in `with`, `when` and `approval` may hold `${{ … }}` expressions in CEL. Steps stand at most
 * three deep within one another.
 */
export const Step = around(around(members).properties, { $id: 'Step' });

/** The same as code goes through it: a step may hold steps. */
export type Step = Static<ReturnType<typeof Type.Object<typeof members>>> & { steps?: Step[] };

/** A plan: a typed graph of steps, the one language that every planner writes and the interpreter runs. */
export const Plan = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    steps: Type.Array(Type.Unsafe<Step>(Step), { minItems: 1, maxItems: 5000 }),
    max_parallel: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    result: Type.Optional(JsonObjectValue),
  },
  { $id: 'Plan', additionalProperties: false },
);
export type Plan = Static<typeof Plan>;

/** A step as it may come in: `uses` and `with` have other names. */
export const WrittenStep = Type.Object(
  {
    ...Step.properties,
    action_type: Type.Optional(Type.Unsafe<string>({ ...Step.properties.uses, description: 'another name of `uses`' })),
    action_config: Type.Optional(
      Type.Unsafe<JsonObject>({ ...JsonObjectValue, description: 'another name of `with`' }),
    ),
  },
  { $id: 'WrittenStep', additionalProperties: false },
);
export type WrittenStep = Step & { action_type?: string; action_config?: JsonObject };

/** A plan as it may come in; `core/plan/written.ts` makes a {@link Plan} of it. */
export const WrittenPlan = Type.Object(
  { ...Plan.properties, steps: Type.Array(Type.Unsafe<WrittenStep>(WrittenStep), { minItems: 1, maxItems: 5000 }) },
  { $id: 'WrittenPlan', additionalProperties: false },
);
export type WrittenPlan = Static<typeof WrittenPlan>;
