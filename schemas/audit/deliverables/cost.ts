import { Type, type Static } from 'typebox';
import { deliverable, Part, RowNumber, RowNumbers, Scaled, Text } from './common';

const Amount = Type.Union([Type.Number(), Type.Null()]);

/** Cost of the work: per row, category and waste, per period and year, with the arithmetic shown. */
export const CostDeliverable = deliverable('cost', 'CostDeliverable', {
  formula: Type.Array(Text, { description: 'the arithmetic in words and numbers, one step a line' }),
  categories: Type.Array(Part),
  wastes: Type.Array(Part),
  rows: Type.Array(
    Type.Object(
      { row: RowNumber, category: Type.String(), waste: Type.String(), minutes: Type.Number(), cost: Scaled },
      { additionalProperties: false },
    ),
  ),
  sensitivity: Type.Array(
    Type.Object(
      {
        input: Type.String(),
        change: Text,
        rows: RowNumbers,
        yearly_cost_low: Amount,
        yearly_cost_high: Amount,
        swing: Amount,
      },
      { additionalProperties: false },
    ),
    { description: 'one input at a time, largest swing first' },
  ),
});
export type CostDeliverable = Static<typeof CostDeliverable>;
