import { Type, type Static } from 'typebox';
import { deliverable, Figures, Range, RestsOn, RowNumbers, Share, Text } from './common';

const closed = { additionalProperties: false } as const;
const Months = Type.Union([Type.Number({ minimum: 0 }), Type.Null()]);

export const Lever = Type.Union([
  Type.Literal('eliminate'),
  Type.Literal('merge'),
  Type.Literal('automate'),
  Type.Literal('delegate'),
  Type.Literal('batch'),
]);
export type Lever = Static<typeof Lever>;

export const Payback = Type.Object(
  { low: Months, likely: Months, high: Months },
  {
    ...closed,
    description: 'months until the one-off effort is earned back, if the saving is low, likely or high',
  },
);
export type Payback = Static<typeof Payback>;

export const Effort = Type.Object(
  { hours: Type.Integer({ minimum: 0 }), cost: Type.Union([Type.Number(), Type.Null()]), words: Text },
  closed,
);
export type Effort = Static<typeof Effort>;

const Percentages = Type.Object({ low: Share, likely: Share, high: Share }, closed);

/** Possible changes: their savings, their effort, and the order in which to make them. */
export const ScenarioDeliverable = deliverable('scenario', 'ScenarioDeliverable', {
  baseline: Figures,
  scenarios: Type.Array(
    Type.Object(
      {
        id: Lever,
        name: Type.String(),
        words: Text,
        applies: Type.Boolean({ description: 'false: no row speaks for it' }),
        rows: RowNumbers,
        drivers: Type.Array(
          Type.Object(
            { id: Type.String(), name: Type.String(), rows: RowNumbers, saved: Percentages, why: Text },
            closed,
          ),
        ),
        touched: Figures,
        saving: Range,
        effort: Effort,
        payback_months: Payback,
        prerequisites: Type.Array(Text),
        risk: Type.Object(
          { level: Type.Union([Type.Literal('low'), Type.Literal('medium'), Type.Literal('high')]), words: Text },
          closed,
        ),
      },
      closed,
    ),
  ),
  overlaps: Type.Array(Type.Object({ scenarios: Type.Array(Lever), rows: RowNumbers, figures: Figures }, closed), {
    description: 'rows that several scenarios touch; the plan counts each of them once',
  }),
  plan: Type.Object(
    {
      words: Text,
      steps: Type.Array(
        Type.Object(
          {
            order: Type.Integer({ minimum: 1 }),
            scenario: Lever,
            name: Type.String(),
            rows: RowNumbers,
            saving: Range,
            effort: Effort,
            payback_months: Payback,
            net_first_year: Type.Union([Type.Number(), Type.Null()], {
              description: 'likely saving of a year less the effort',
            }),
            rests_on: RestsOn,
            cumulative_likely: Figures,
          },
          closed,
        ),
      ),
      left_out: Type.Array(Type.Object({ scenario: Lever, why: Text }, closed)),
      saving: Range,
      likely_share: Share,
      effort: Effort,
      payback_months: Payback,
    },
    closed,
  ),
});
export type ScenarioDeliverable = Static<typeof ScenarioDeliverable>;
