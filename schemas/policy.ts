import { Type, type Static } from 'typebox';
import { JsonObjectValue } from './json';
import { Duration, StepId } from './plan';

const strict = { additionalProperties: false };

/** A decision about a step, and about a plan: the gravest of its steps. */
export type PolicyEffect = 'deny' | 'approve' | 'allow';

const Effect = Type.Unsafe<PolicyEffect>({ enum: ['deny', 'approve', 'allow'] });

/** A rule: where `when` is true of a step, its `effect` holds. */
export const PolicyRule = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9_-]{0,79}$' }),
    when: Type.String({ minLength: 1, maxLength: 8192, description: 'a CEL condition' }),
    effect: Effect,
    reason: Type.String({ minLength: 1, maxLength: 500 }),
  },
  strict,
);
export type PolicyRule = Static<typeof PolicyRule>;

/** Bounds of one run; what is left out has none. */
export const PolicyLimits = Type.Object(
  {
    steps: Type.Optional(Type.Integer({ minimum: 1 })),
    time: Type.Optional(Duration),
    tokens: Type.Optional(Type.Integer({ minimum: 0 })),
    money: Type.Optional(
      Type.Object({ amount: Type.Number({ minimum: 0 }), currency: Type.String({ pattern: '^[A-Z]{3}$' }) }, strict),
    ),
    effects: Type.Optional(Type.Integer({ minimum: 0, description: 'changes outside the workspace' })),
  },
  strict,
);
export type PolicyLimits = Static<typeof PolicyLimits>;

/** A step of a test, and the decision that it expects. */
export const PolicyTest = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    step: Type.Object(
      { id: Type.Optional(StepId), uses: Type.String({ maxLength: 200 }), with: Type.Optional(JsonObjectValue) },
      { additionalProperties: true, description: 'as it stands in a plan' },
    ),
    tool: Type.Optional(
      Type.Object(
        {
          effect: Type.Optional(Type.Unsafe<'none' | 'idempotent' | 'once'>({ enum: ['none', 'idempotent', 'once'] })),
          risk: Type.Optional(Type.Unsafe<'low' | 'medium' | 'high'>({ enum: ['low', 'medium', 'high'] })),
          approval: Type.Optional(Type.Boolean()),
          egress: Type.Optional(Type.Array(Type.String())),
        },
        {
          ...strict,
          description: 'facts of a tool that this installation does not have; without it the tool is looked up',
        },
      ),
    ),
    job: Type.Optional(
      Type.Object(
        {
          requested_by: Type.Optional(Type.String()),
          priority: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })),
          goal: Type.Optional(Type.String()),
        },
        strict,
      ),
    ),
    expect: Effect,
    rule: Type.Optional(Type.String({ description: 'id of the rule that decides' })),
  },
  strict,
);
export type PolicyTest = Static<typeof PolicyTest>;

/** A policy, as its file holds it. */
export const Policy = Type.Object(
  {
    version: Type.Literal(1),
    name: Type.String({ minLength: 1, maxLength: 80 }),
    rules: Type.Array(PolicyRule, { maxItems: 500 }),
    banned_hosts: Type.Optional(
      Type.Array(Type.String({ maxLength: 300 }), {
        maxItems: 1000,
        description: 'hosts that no step may reach: `host`, `*.host`, an address, each with `:port` behind it or not',
      }),
    ),
    limits: Type.Optional(PolicyLimits),
    ask: Type.Optional(
      Type.String({ maxLength: 200, description: 'whoever is asked; anybody who may approve if left out' }),
    ),
    tests: Type.Optional(Type.Array(PolicyTest, { maxItems: 2000 })),
  },
  { $id: 'Policy', ...strict },
);
export type Policy = Static<typeof Policy>;

/** The decision about a step: the rule that decides, and why. */
export const StepDecision = Type.Object(
  {
    step_id: Type.String(),
    effect: Effect,
    rule: Type.String({
      description: 'id of a rule; `banned_host`, `rule_error` or `no_rule` where none of the file decides',
    }),
    reason: Type.String(),
  },
  { $id: 'StepDecision', ...strict },
);
export type StepDecision = Static<typeof StepDecision>;

/** The decision about a plan. */
export const PolicyDecision = Type.Object(
  {
    policy: Type.String(),
    digest: Type.String({ description: 'SHA-256 of the policy that decided, in canonical JSON' }),
    effect: Effect,
    ask: Type.Optional(Type.String({ description: 'whoever is asked; anybody who may approve if left out' })),
    steps: Type.Array(StepDecision),
  },
  { $id: 'PolicyDecision', ...strict },
);
export type PolicyDecision = Static<typeof PolicyDecision>;
