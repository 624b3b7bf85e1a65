import { Type, type Static } from 'typebox';
import { Instant } from './json';

/** What the LLM gateway knows of its spending. Money is a decimal as text, in the currency of its prices. */

const Count = Type.Integer({ minimum: 0 });
const Money = Type.String({ pattern: '^\\d+(\\.\\d+)?$' });
export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'UTC, YYYY-MM-DD' });

/** Amounts that are spent. */
export const Spent = {
  money: Money,
  tokens: Count,
  unpriced: Type.Integer({
    minimum: 0,
    description: 'answers whose cost nobody knows, and which the money leaves out',
  }),
};

/** A limit of an account; what is left out is not bounded. */
export const SpendingLimit = Type.Object({ money: Type.Optional(Money), tokens: Type.Optional(Count) });
export type SpendingLimit = Static<typeof SpendingLimit>;

const Reserved = Type.Object(
  { money: Money, tokens: Count },
  { description: 'the most that calls under way may take besides' },
);

/** Spending of a day. */
export const DaySpending = Type.Object({ day: Day, ...Spent, reserved: Reserved });
export type DaySpending = Static<typeof DaySpending>;

/** Spending on a model. */
export const ModelSpending = Type.Object({
  model: Type.String(),
  ...Spent,
  by_kind: Type.Object(
    { prompt: Count, cached: Count, written: Count, completion: Count },
    { description: 'tokens; those of the prompt that were read from a cache or written to it are counted apart' },
  ),
});
export type ModelSpending = Static<typeof ModelSpending>;

/** Answer of the gateway's `GET /v1/spending`. */
export const LlmSpending = Type.Object(
  {
    at: Instant,
    currency: Type.String(),
    prices_as_of: Type.String(),
    limits: Type.Object({ day: SpendingLimit, run: SpendingLimit }),
    days: Type.Array(DaySpending, { description: 'with calls, oldest first' }),
    runs: Type.Array(
      Type.Object({ run: Type.String(), last_day: Day, ...Spent }, { description: 'all that a run has spent' }),
      { description: 'whose last call lies in the period, dearest first' },
    ),
    runs_left_out: Type.Integer({ minimum: 0, description: 'cheaper runs, beyond 10,000' }),
    models: Type.Array(ModelSpending, { description: 'since the gateway has started' }),
    started_at: Instant,
  },
  { $id: 'LlmSpending' },
);
export type LlmSpending = Static<typeof LlmSpending>;
