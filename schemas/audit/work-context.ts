import { Type, type Static } from 'typebox';

/** One line of work as its owner describes it. Odd values are kept and flagged by the agents, never refused here. */
export const WorkRow = Type.Object(
  {
    category: Type.Optional(Type.Union([Type.String({ maxLength: 500 }), Type.Null()])),
    estimated_minutes: Type.Optional(
      Type.Union([Type.Number(), Type.String({ maxLength: 100 }), Type.Null()], {
        description: 'minutes; odd values are flagged',
      }),
    ),
    text: Type.Optional(Type.Union([Type.String({ maxLength: 20_000 }), Type.Null()])),
  },
  { additionalProperties: true },
);
export type WorkRow = Static<typeof WorkRow>;

/** The period that an audit covers. */
export const Period = Type.Object(
  {
    type: Type.Union([Type.Literal('daily'), Type.Literal('weekly'), Type.Literal('monthly'), Type.Literal('yearly')]),
    working_days: Type.Number({ exclusiveMinimum: 0, maximum: 366, description: 'working days in the period' }),
  },
  { additionalProperties: false },
);
export type Period = Static<typeof Period>;

/** Rows of an audit, in JSON as in a file. */
export const MOST_ROWS = 50_000;

/** The facts of an audit: rows of work, the cost of an hour, and the period they stand for. */
export const WorkContext = Type.Object(
  {
    rows: Type.Optional(Type.Array(WorkRow, { maxItems: MOST_ROWS })),
    rows_cover: Type.Optional(
      Type.Union([Type.Literal('day'), Type.Literal('period')], {
        default: 'day',
        description:
          'day: the rows are one typical working day, scaled by working_days; period: all the work of the period',
      }),
    ),
    hourly_rate: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1_000_000, description: 'money per hour, in `currency`' }),
    ),
    period: Type.Optional(Period),
    currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$', default: 'EUR', description: 'ISO 4217' })),
    language: Type.Optional(Type.Union([Type.Literal('en'), Type.Literal('fr')], { default: 'en' })),
  },
  { $id: 'WorkContext', additionalProperties: false },
);
export type WorkContext = Static<typeof WorkContext>;
