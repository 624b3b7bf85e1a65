import { Type, type Static } from 'typebox';
import { deliverable, Figures, Part, RowNumber, RowNumbers, Share, Text } from './common';

const ParetoClass = Type.Union([Type.Literal('A'), Type.Literal('B'), Type.Literal('C')], {
  description: 'A: up to 80 % of the minutes, B: up to 95 %, C: the rest',
});

/** Use of the minutes, by category, by row and by waste, and the part that can go. */
export const TimeWasteDeliverable = deliverable('time_waste', 'TimeWasteDeliverable', {
  categories: Type.Array(
    Type.Object(
      { ...Part.properties, cumulative_share: Share, pareto_class: ParetoClass },
      { additionalProperties: false },
    ),
  ),
  wastes: Type.Array(
    Type.Object(
      {
        ...Part.properties,
        evidence: Type.Array(
          Type.Object(
            { words: Type.String(), rows: RowNumbers },
            { additionalProperties: false, description: 'words found in the texts, and where' },
          ),
        ),
      },
      { additionalProperties: false },
    ),
  ),
  rows: Type.Array(
    Type.Object(
      {
        row: RowNumber,
        category: Type.String(),
        minutes: Type.Number(),
        pareto_class: ParetoClass,
        waste: Type.String(),
        evidence: Type.Array(Type.String()),
        also: Type.Array(Type.String(), { description: 'other wastes that the text speaks for' }),
      },
      { additionalProperties: false },
    ),
    { description: 'counted rows, largest first' },
  ),
  can_go: Type.Object(
    {
      with_evidence: Figures,
      likely_saving: Figures,
      rows: RowNumbers,
      share: Share,
      words: Text,
    },
    { additionalProperties: false },
  ),
});
export type TimeWasteDeliverable = Static<typeof TimeWasteDeliverable>;
