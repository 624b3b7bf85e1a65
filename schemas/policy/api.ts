import { Type, type Static } from 'typebox';
import { Forecast } from '../job/forecast';
import { JsonObjectValue, JsonValue, type Json } from '../json';
import { WrittenPlan } from '../plan';
import { Policy, PolicyLimits, PolicyRule, StepDecision } from '../policy';

/** Bodies and answers of the API of the policy. */

/** 200 of `GET /policy`: the policy by which jobs are judged when they are planned. */
export const PolicyInForce = Type.Object(
  {
    name: Type.String(),
    digest: Type.String({ description: 'as decisions and plans name it' }),
    rules: Type.Array(PolicyRule),
    banned_hosts: Type.Array(Type.String()),
    limits: Type.Unsafe<PolicyLimits>({ ...PolicyLimits, description: 'of one job; what is left out has none' }),
    ask: Type.Optional(Policy.properties.ask),
    tests: Type.Integer({ minimum: 0, description: 'tests that its file has: `awe policy test` runs them' }),
    words: Type.Array(Type.String(), { description: 'what holds besides the rules, a line each' }),
  },
  { $id: 'PolicyInForce' },
);
export type PolicyInForce = Static<typeof PolicyInForce>;

/** `POST /policy/try`: the plan that is written here, or that of a job or an execution. */
export const PolicyTrialRequest = Type.Object(
  {
    plan: Type.Optional(Type.Unsafe<WrittenPlan>({ ...WrittenPlan, $id: undefined })),
    job_id: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    workflow_id: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'of a job, or of an execution of a definition' }),
    ),
    version: Type.Optional(
      Type.Integer({ minimum: 1, description: 'of the plan of a job; the newest, if it is left out' }),
    ),
    input: Type.Optional(
      Type.Unsafe<Json>({
        ...JsonValue,
        description: 'what expressions of the plan read; that of the run, if left out',
      }),
    ),
    job: Type.Optional(
      Type.Object(
        {
          requested_by: Type.Optional(Type.String({ maxLength: 200 })),
          priority: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })),
          goal: Type.Optional(Type.String({ maxLength: 8_000 })),
        },
        {
          additionalProperties: false,
          description: 'what rules read of the job; of a past one, in place of what it is',
        },
      ),
    ),
    policy: Type.Optional(
      Type.Union([JsonObjectValue, Type.String({ minLength: 1, maxLength: 1_000_000 })], {
        description: 'the policy to try, as JSON or as the YAML of its file; the one in force, if it is left out',
      }),
    ),
  },
  { $id: 'PolicyTrialRequest', additionalProperties: false },
);
export type PolicyTrialRequest = Static<typeof PolicyTrialRequest>;

const Effect = StepDecision.properties.effect;
const Count = Type.Integer({ minimum: 0 });

/** 200 of `POST /policy/try`: what the policy says of the plan. Nothing is started, and nothing is kept. */
export const PolicyTrial = Type.Object(
  {
    policy: Type.String(),
    digest: Type.String({ description: 'of the policy' }),
    effect: Type.Unsafe<Static<typeof Effect>>({ ...Effect, description: 'on the plan: the gravest of its steps' }),
    ask: Type.Optional(Policy.properties.ask),
    steps: Type.Array(
      Type.Object({
        ...StepDecision.properties,
        uses: Type.Optional(Type.String()),
        was: Type.Optional(
          Type.Object(
            { effect: Effect, rule: Type.String() },
            { description: 'what the policy of that time has decided on it' },
          ),
        ),
      }),
    ),
    counts: Type.Object({ allow: Count, approve: Count, deny: Count }),
    changed: Type.Array(Type.String(), {
      description: 'steps on which it decides otherwise than the policy of that time',
    }),
    limits: Type.Array(Type.Object({ limit: Type.String(), certain: Type.Boolean(), message: Type.String() }), {
      description: 'its limits that the plan exceeds, or may',
    }),
    forecast: Type.Unsafe<Static<typeof Forecast>>({ ...Forecast, $id: undefined }),
    input_known: Type.Boolean({ description: 'false: what depends on the input of the run counts as unknown' }),
    unknown_tools: Type.Array(Type.String(), { description: 'tools and agents of the plan that no worker has now' }),
    words: Type.Array(Type.String(), { description: 'the same in words' }),
  },
  { $id: 'PolicyTrial' },
);
export type PolicyTrial = Static<typeof PolicyTrial>;
