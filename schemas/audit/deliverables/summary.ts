import { Type, type Static } from 'typebox';
import { deliverable, DeliverableKind, Figures, Part, Share, Text } from './common';
import { Effort, Lever, Payback } from './scenario';

const closed = { additionalProperties: false } as const;
const Amount = Type.Union([Type.Number(), Type.Null()]);

/** One page that joins the other four and shows that they agree. */
export const SummaryDeliverable = deliverable('summary', 'SummaryDeliverable', {
  joined: Type.Array(
    Type.Object({ kind: DeliverableKind, status: Type.String(), headline: Type.String({ maxLength: 1000 }) }, closed),
  ),
  categories: Type.Array(Part),
  friction_index: Type.Union([Share, Type.Null()]),
  plan: Type.Array(
    Type.Object(
      {
        order: Type.Integer({ minimum: 1 }),
        scenario: Lever,
        name: Type.String(),
        likely_saving: Figures,
        effort: Effort,
        payback_months: Payback,
        net_first_year: Amount,
        thin: Type.Boolean(),
      },
      closed,
    ),
  ),
  plan_saving: Type.Object({ low: Figures, likely: Figures, high: Figures }, closed),
  reconciliation: Type.Array(
    Type.Object(
      {
        figure: Type.String(),
        unit: Type.Union([
          Type.Literal('rows'),
          Type.Literal('minutes'),
          Type.Literal('money'),
          Type.Literal('percent'),
          Type.Literal('index'),
        ]),
        input: Amount,
        stated: Type.Array(Type.Object({ kind: DeliverableKind, value: Amount }, closed)),
        agree: Type.Boolean(),
      },
      closed,
    ),
    { description: 'each figure as computed from the input, and as each deliverable states it' },
  ),
  agreement: Text,
});
export type SummaryDeliverable = Static<typeof SummaryDeliverable>;
