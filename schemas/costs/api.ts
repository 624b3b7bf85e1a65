import { Type, type Static } from 'typebox';
import { Links } from '../api';
import { Instant, nullable } from '../json';
import { Day, DaySpending, ModelSpending, Spent, SpendingLimit } from '../llm-spending';

/** What is left of a limit; null: there is no such limit. */
const Left = Type.Object(
  { money: nullable(Spent.money), tokens: nullable(Spent.tokens) },
  { description: 'of the limit of a day, besides what is spent and reserved; null where there is no limit' },
);

/** 200 of `GET /costs`: what models have cost, as the gateway's accounts have it. Money is a decimal as text. */
export const CostReport = Type.Object(
  {
    at: Instant,
    currency: Type.String(),
    prices_as_of: Type.String({ description: 'the day of the price list' }),
    period: Type.Object(
      { from: Day, to: Day },
      { description: 'of days, processes and runs; accounts are kept for 90 days' },
    ),
    limits: Type.Object({ day: SpendingLimit, run: SpendingLimit }, { description: 'of the gateway' }),
    today: Type.Object({ ...DaySpending.properties, left: Left }),
    days: Type.Array(DaySpending, { description: 'with calls, oldest first' }),
    processes: Type.Array(
      Type.Object({
        process: nullable(Type.String({ description: 'null: runs of others' })),
        runs: Type.Integer({ minimum: 1 }),
        ...Spent,
      }),
      {
        description: 'of their runs whose last call lies in the period, with all that these have spent; dearest first',
      },
    ),
    runs: Type.Array(
      Type.Object({
        workflow_id: Type.String(),
        process: nullable(Type.String()),
        last_day: Type.Unsafe<string>({ ...Day, description: 'of its last call' }),
        ...Spent,
        links: Links,
      }),
      { description: 'the dearest of these runs' },
    ),
    runs_left_out: Type.Integer({ minimum: 0, description: 'cheaper runs that neither runs nor processes count' }),
    models: Type.Object(
      { since: Instant, spent: Type.Array(ModelSpending) },
      { description: 'counted since the gateway has started, whatever the period' },
    ),
  },
  { $id: 'CostReport' },
);
export type CostReport = Static<typeof CostReport>;
