import { Type, type Static } from 'typebox';
import { JsonObjectValue, JsonValue } from '../../schemas/json';

/** Items of a list at most. */
export const MOST_ITEMS = 1_000_000;

const strict = { additionalProperties: false };
const oneOf = <const T extends readonly string[]>(values: T, options: object = {}) =>
  Type.Unsafe<T[number]>({ enum: values, ...options });

export const Items = Type.Array(JsonObjectValue, { maxItems: MOST_ITEMS, description: 'a list of objects' });

export const FieldName = Type.String({
  minLength: 1,
  maxLength: 500,
  description: 'a field, or a path to it with dots: address.city',
});
export const FieldNames = Type.Array(FieldName, { minItems: 1, maxItems: 500 });

const OPERATORS = [
  'eq',
  'ne',
  'lt',
  'le',
  'gt',
  'ge',
  'in',
  'not_in',
  'contains',
  'not_contains',
  'starts_with',
  'ends_with',
  'matches',
  'exists',
  'missing',
] as const;

export const Condition = Type.Object(
  {
    field: FieldName,
    op: oneOf(OPERATORS, { description: 'matches: the whole text, with * for any letters and ? for one' }),
    value: Type.Optional(JsonValue),
    ignore_case: Type.Optional(Type.Boolean()),
  },
  strict,
);
export type Condition = Static<typeof Condition>;

export const Filter = Type.Object(
  {
    items: Items,
    where: Type.Array(Condition, { minItems: 1, maxItems: 100 }),
    match: Type.Optional(oneOf(['all', 'any'], { default: 'all' })),
    ignore_case: Type.Optional(Type.Boolean({ description: 'texts compare without regard to case' })),
  },
  strict,
);
export type Filter = Static<typeof Filter>;

export const Aggregate = Type.Object(
  {
    op: oneOf(['count', 'sum', 'avg', 'min', 'max', 'list', 'first', 'count_distinct']),
    field: Type.Optional(FieldName),
  },
  strict,
);
export type Aggregate = Static<typeof Aggregate>;

const mapOf = <T>(values: object, description: string) =>
  Type.Unsafe<{ [name: string]: T }>({
    type: 'object',
    additionalProperties: values,
    minProperties: 1,
    maxProperties: 100,
    description,
  });

export const Aggregates = mapOf<Aggregate>(Aggregate, 'what is computed, by the name that it gets');

export const Group = Type.Object(
  {
    items: Items,
    by: FieldNames,
    aggregates: Type.Optional(Aggregates),
    members: Type.Optional(Type.Boolean({ description: 'true: each group lists its items as `members`' })),
  },
  strict,
);
export type Group = Static<typeof Group>;

export const AggregateAll = Type.Object({ items: Items, aggregates: Aggregates }, strict);

export const Join = Type.Object(
  {
    left: Items,
    right: Items,
    on: Type.Array(Type.Object({ left: FieldName, right: FieldName }, strict), { minItems: 1, maxItems: 20 }),
    how: Type.Optional(oneOf(['inner', 'left', 'right', 'outer'], { default: 'inner' })),
    prefix: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, default: 'right_', description: "before right's fields that clash" }),
    ),
  },
  strict,
);
export type Join = Static<typeof Join>;

export const SortKey = Type.Object(
  { field: FieldName, order: Type.Optional(oneOf(['asc', 'desc'], { default: 'asc' })) },
  strict,
);
export const Sort = Type.Object(
  {
    items: Items,
    by: Type.Array(SortKey, { minItems: 1, maxItems: 20 }),
    limit: Type.Optional(Type.Integer({ minimum: 1, description: 'the first of them alone' })),
  },
  strict,
);
export type Sort = Static<typeof Sort>;

export const Distinct = Type.Object({ items: Items, by: Type.Optional(FieldNames) }, strict);
export type Distinct = Static<typeof Distinct>;

export const Expression = Type.String({ minLength: 1, maxLength: 20_000, description: 'a JSONata expression' });

/** Milliseconds that expressions may compute, and without `timeout`. */
export const EXPRESSION_TIME = { most: 60_000, usual: 5_000 };

export const Select = Type.Object(
  {
    items: Items,
    fields: Type.Optional({ ...FieldNames, description: 'keep these alone, in this order' }),
    drop: Type.Optional(FieldNames),
    rename: Type.Optional(mapOf<string>({ type: 'string', minLength: 1, maxLength: 500 }, 'new names by the old ones')),
    expression: Type.Optional({ ...Expression, description: 'JSONata that makes each item anew, instead of all else' }),
    set: Type.Optional(mapOf<string>(Expression, 'JSONata by the name of the field; $ is the item, $index its place')),
  },
  strict,
);
export type Select = Static<typeof Select>;
