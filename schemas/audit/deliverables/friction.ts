import { Type, type Static } from 'typebox';
import { deliverable, Figures, RowNumber, RowNumbers, Share, Text } from './common';

/** Points where work repeats, bounces, waits, changes hands or is interrupted. */
export const FrictionDeliverable = deliverable('friction', 'FrictionDeliverable', {
  index: Type.Object(
    {
      value: Type.Union([Share, Type.Null()]),
      level: Type.Union([
        Type.Literal('low'),
        Type.Literal('moderate'),
        Type.Literal('high'),
        Type.Literal('severe'),
        Type.Null(),
      ]),
      definition: Text,
      rows: RowNumbers,
      figures: Figures,
    },
    { additionalProperties: false },
  ),
  signals: Type.Array(
    Type.Object(
      {
        id: Type.String(),
        name: Type.String(),
        rows: RowNumbers,
        share_of_total: Share,
        figures: Figures,
        words: Type.Array(Type.String()),
      },
      { additionalProperties: false },
    ),
    { description: 'a row may show several signals, so these shares do not add up' },
  ),
  duplicate_groups: Type.Array(
    Type.Object(
      {
        id: Type.String(),
        text: Type.String({ description: 'the first text of the group, shortened' }),
        rows: RowNumbers,
        kept_row: RowNumber,
        categories: Type.Array(Type.String()),
        least_similarity: Type.Number({
          minimum: 0,
          maximum: 1,
          description: "Jaccard, against the group's first row",
        }),
        figures: Figures,
        repeated: Figures,
      },
      { additionalProperties: false },
    ),
  ),
  hot_spots: Type.Array(
    Type.Object(
      {
        category: Type.String(),
        rows: RowNumbers,
        minutes: Type.Number(),
        share_of_category: Share,
        by_signal: Type.Record(Type.String(), Type.Integer(), { description: 'rows with each signal' }),
      },
      { additionalProperties: false },
    ),
  ),
  rows: Type.Array(
    Type.Object(
      {
        row: RowNumber,
        minutes: Type.Number(),
        signals: Type.Array(
          Type.Object({ id: Type.String(), words: Type.Array(Type.String()) }, { additionalProperties: false }),
        ),
        group: Type.Union([Type.String(), Type.Null()]),
      },
      { additionalProperties: false },
    ),
  ),
});
export type FrictionDeliverable = Static<typeof FrictionDeliverable>;
