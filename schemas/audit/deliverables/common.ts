import { Type, type Static, type TProperties } from 'typebox';
import { Wording } from '../../llm-call';

/** The five documents of an audit. The first four are figures; the summary joins them. */
export const DeliverableKind = Type.Union([
  Type.Literal('time_waste'),
  Type.Literal('cost'),
  Type.Literal('friction'),
  Type.Literal('scenario'),
  Type.Literal('summary'),
]);
export type DeliverableKind = Static<typeof DeliverableKind>;

/** The version of the documents' shape. */
export const DELIVERABLE_VERSION = '1.0';

const closed = { additionalProperties: false } as const;
export const Text = Type.String({ maxLength: 4000 });
export const RowNumber = Type.Integer({ minimum: 1, description: 'the row of the input, starting at 1' });
export const RowNumbers = Type.Array(RowNumber);
export const Share = Type.Number({ minimum: 0, maximum: 100, description: 'per cent, one decimal' });
const Amount = Type.Union([Type.Number(), Type.Null()], { description: 'null: the input does not allow it' });

/** One quantity on the three levels of every report: the rows as given, the period, the year. */
export const Scaled = Type.Object({ as_given: Amount, per_period: Amount, per_year: Amount }, closed);
export type Scaled = Static<typeof Scaled>;

/** Minutes and their cost, in the document's currency. Money has the currency's decimals, minutes at most six. */
export const Figures = Type.Object({ minutes: Scaled, cost: Scaled }, closed);
export type Figures = Static<typeof Figures>;

/** A cautious, a likely and a good outcome. */
export const Range = Type.Object({ low: Figures, likely: Figures, high: Figures }, closed);
export type Range = Static<typeof Range>;

export const FlagCode = Type.Union([
  Type.Literal('minutes_zero'),
  Type.Literal('minutes_negative'),
  Type.Literal('minutes_huge'),
  Type.Literal('minutes_missing'),
  Type.Literal('minutes_unreadable'),
  Type.Literal('minutes_from_text'),
  Type.Literal('category_empty'),
  Type.Literal('text_empty'),
  Type.Literal('text_long'),
  Type.Literal('row_unreadable'),
]);
export type FlagCode = Static<typeof FlagCode>;

/** Something odd in a row, and whether the row's minutes are in the totals all the same. */
export const Flag = Type.Object({ row: RowNumber, code: FlagCode, message: Text, counted: Type.Boolean() }, closed);
export type Flag = Static<typeof Flag>;

/** One of the three largest causes: a waste of which rows give evidence. */
export const Cause = Type.Object(
  {
    rank: Type.Integer({ minimum: 1, maximum: 3 }),
    id: Type.String(),
    name: Type.String(),
    share: Share,
    rows: RowNumbers,
    words: Type.Array(Type.String(), { description: 'the words in the texts that speak for it, most frequent first' }),
    figures: Figures,
  },
  closed,
);
export type Cause = Static<typeof Cause>;

/** Work in whose rows no words speak for a cause, by category, and the question that would find one. */
export const Unexplained = Type.Object(
  { category: Type.String(), share: Share, rows: RowNumbers, figures: Figures, question: Type.String() },
  closed,
);
export type Unexplained = Static<typeof Unexplained>;

export const AuditFinding = Type.Object(
  { code: Type.String(), text: Text, rows: RowNumbers, figures: Type.Union([Figures, Type.Null()]) },
  closed,
);
export type AuditFinding = Static<typeof AuditFinding>;

/** Evidence behind a piece of advice. */
export const RestsOn = Type.Object(
  {
    rows: Type.Integer({ minimum: 0 }),
    minutes: Type.Number({ minimum: 0, description: 'of these rows, as given' }),
    share: Share,
    thin: Type.Boolean({ description: 'too little to lead' }),
    refuted_by: Type.Array(Text, { description: 'observations that would refute it' }),
  },
  closed,
);
export type RestsOn = Static<typeof RestsOn>;

/** First thing to do, and its worth. The five documents of a project give the same. */
export const Recommendation = Type.Object(
  {
    text: Text,
    rests_on: Type.Union([RestsOn, Type.Null()]),
    rows: RowNumbers,
    sum: Amount,
    sum_is: Type.Union([
      Type.Literal('likely_saving_per_year'),
      Type.Literal('cost_per_year'),
      Type.Literal('unknown'),
    ]),
  },
  closed,
);
export type Recommendation = Static<typeof Recommendation>;

export const Method = Type.Object({ name: Type.String(), words: Text, source: Text }, closed);
export type Method = Static<typeof Method>;

/** A gap in the input, and the form in which to fill it. */
export const Missing = Type.Object({ field: Type.String(), words: Text, form: Type.String() }, closed);
export type Missing = Static<typeof Missing>;

/** A part of the whole: a category, a waste. Parts of one list add up to the totals, their shares to 100.0. */
export const Part = Type.Object(
  { id: Type.String(), name: Type.String(), rows: RowNumbers, share: Share, figures: Figures },
  closed,
);
export type Part = Static<typeof Part>;

/** Questions to the people who do this work, on points that the rows leave open: sentences of ours, without a figure. */
const Questions = Type.Array(Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\r\\n]*\\?$' }), {
  maxItems: 3,
});

export const Rework = Type.Object(
  {
    instruction: Type.Union([Text, Type.Null()]),
    findings: Type.Array(
      Type.Object({ code: Type.String(), message: Text, pointer: Type.Optional(Type.String()) }, closed),
    ),
    answer: Text,
  },
  closed,
);
export type Rework = Static<typeof Rework>;

const Period = Type.Object(
  {
    type: Type.Union([Type.Literal('daily'), Type.Literal('weekly'), Type.Literal('monthly'), Type.Literal('yearly')]),
    working_days: Type.Number({ exclusiveMinimum: 0 }),
  },
  closed,
);

/** Factors that turn the rows' figures into those of the period and the year. They apply to the rows as given. */
export const Scaling = Type.Object(
  {
    rows_cover: Type.Union([Type.Literal('day'), Type.Literal('period')]),
    rows_to_period: Type.Union([Type.Number(), Type.Null()]),
    rows_to_year: Type.Union([Type.Number(), Type.Null()]),
    words: Text,
    assumptions: Type.Array(Text),
  },
  closed,
);
export type Scaling = Static<typeof Scaling>;

/** Doubt about the input as a whole: the totals hold, but what they count can hardly be meant. */
export const Doubt = Type.Object(
  {
    code: Type.Union([
      Type.Literal('people_many'),
      Type.Literal('people_few'),
      Type.Literal('rows_repeated'),
      Type.Literal('period_unlikely'),
    ]),
    rows: RowNumbers,
    words: Text,
  },
  closed,
);
export type Doubt = Static<typeof Doubt>;

export const InputFacts = Type.Object(
  {
    rows: Type.Integer({ minimum: 0 }),
    rows_counted: Type.Integer({ minimum: 0 }),
    rows_set_aside: Type.Integer({ minimum: 0 }),
    minutes: Type.Union([Type.Number(), Type.Null()], { description: 'sum of the counted rows as given' }),
    flags: Type.Array(Flag),
    doubts: Type.Array(Doubt),
    people: Type.Union([Type.Number(), Type.Null()], {
      description: 'people at 8 hours a working day whose work the counted minutes are',
    }),
    words: Text,
  },
  closed,
);
export type InputFacts = Static<typeof InputFacts>;

/** Fields common to all deliverables. */
export function deliverable<const Kind extends DeliverableKind, P extends TProperties>(
  kind: Kind,
  $id: string,
  own: P,
) {
  return Type.Object(
    {
      kind: Type.Literal(kind),
      schema_version: Type.Literal(DELIVERABLE_VERSION),
      project_id: Type.String({ minLength: 1, maxLength: 80 }),
      backlog_item_id: Type.String({ minLength: 1, maxLength: 80 }),
      request_text: Type.String({ maxLength: 1100, description: 'shortened' }),
      status: Type.Union([Type.Literal('complete'), Type.Literal('insufficient_data')]),
      headline: Type.String({ minLength: 1, maxLength: 1000, pattern: '^[^\\r\\n]*$' }),
      language: Type.Union([Type.Literal('en'), Type.Literal('fr')]),
      currency: Type.String({ pattern: '^[A-Z]{3}$' }),
      hourly_rate: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
      period: Type.Union([Period, Type.Null()]),
      scaling: Scaling,
      input: InputFacts,
      rows_cited: Type.Array(RowNumber, { description: 'every row whose minutes are in the totals' }),
      totals: Figures,
      causes: Type.Array(Cause, { maxItems: 3 }),
      unexplained: Type.Array(Unexplained, { maxItems: 3, description: 'largest first' }),
      findings: Type.Array(AuditFinding),
      recommendation: Recommendation,
      questions: Questions,
      missing: Type.Array(Missing),
      method: Type.Array(Method, { minItems: 1 }),
      rework: Type.Optional(Rework),
      /** absent if no model was asked */
      wording: Type.Optional(Wording),
      ...own,
    },
    { $id, additionalProperties: false },
  );
}
