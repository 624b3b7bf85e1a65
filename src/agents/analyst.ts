import { Type, type Static } from 'typebox';
import { JsonObjectValue, nullable, type JsonObject } from '../../schemas/json';
import { fieldOf, isThere } from '../transform/fields';
import { keyOf } from '../transform/keys';
import { exactSum } from '../transform/sum';
import { momentOf, numberOf } from '../transform/values';

/** Rules by which figures are computed. Sums are exact; what is missing or no number is counted and told. */

const Rows = Type.Array(JsonObjectValue, { maxItems: 100_000, description: 'a list of objects' });
const Name = Type.String({ minLength: 1, maxLength: 200 });
const Count = Type.Integer({ minimum: 0 });
const Figure = nullable(Type.Number());

export const DescribeGiven = Type.Object({
  rows: Rows,
  fields: Type.Optional(Type.Array(Name, { maxItems: 200, description: 'all that hold a number, if left out' })),
});

const figures = {
  count: Count,
  missing: Type.Integer({ minimum: 0, description: 'rows without a value' }),
  not_numbers: Type.Integer({ minimum: 0, description: 'rows whose value is no number' }),
  sum: Figure,
  mean: Figure,
  median: Figure,
  min: Figure,
  max: Figure,
};
const FieldFigures = Type.Object({ field: Name, ...figures });
type Figures = Omit<Static<typeof FieldFigures>, 'field'>;

export const Description = Type.Object({
  rows: Count,
  fields: Type.Array(FieldFigures),
  notes: Type.Array(Type.String()),
});
export type Description = Static<typeof Description>;

/** Figures of each field. */
export function describe({ rows, fields }: Static<typeof DescribeGiven>): Description {
  const names = fields ?? [...new Set(rows.flatMap(Object.keys))];
  const all = names.map((field) => ({ field, ...figuresOf(rows, field) }));
  const told = fields ? all : all.filter(({ count }) => count > 0);
  const notes = told.flatMap(({ field, ...found }) => notesOn(field, found));
  return { rows: rows.length, fields: told, notes };
}

export const CompareGiven = Type.Object({ rows: Rows, by: Name, value: Name });

export const Comparison = Type.Object({
  groups: Type.Array(
    Type.Object({
      group: nullable(Type.String()),
      rows: Count,
      ...figures,
      share: nullable(Type.Number({ description: 'of the sum of all, from 0 to 1' })),
    }),
  ),
  total: Figure,
  largest: nullable(Type.String({ description: 'the group with the largest sum' })),
  notes: Type.Array(Type.String()),
});
export type Comparison = Static<typeof Comparison>;

/** Figures of a field for each value of another, the largest sum first. */
export function compareGroups({ rows, by, value }: Static<typeof CompareGiven>): Comparison {
  const field = fieldOf(by);
  const parts = new Map<string, { group: string | null; rows: JsonObject[] }>();
  for (const row of rows) {
    const found = field(row);
    const key = keyOf([found]);
    const part = parts.get(key) ?? { group: isThere(found) ? asText(found) : null, rows: [] };
    part.rows.push(row);
    parts.set(key, part);
  }
  const total = figuresOf(rows, value);
  const groups = [...parts.values()]
    .map(({ group, rows: own }) => {
      const found = figuresOf(own, value);
      const share = found.sum === null || !total.sum ? null : rounded(found.sum / total.sum);
      return { group, rows: own.length, ...found, share };
    })
    .sort((a, b) => (b.sum ?? -Infinity) - (a.sum ?? -Infinity));
  const [first] = groups;
  return { groups, total: total.sum, largest: first?.sum == null ? null : first.group, notes: notesOn(value, total) };
}

export const TrendGiven = Type.Object({ rows: Rows, time: Name, value: Name });

export const Trend = Type.Object({
  points: Type.Integer({ minimum: 0, description: 'rows that have a date and a number' }),
  first: nullable(Type.Object({ time: Type.String(), value: Type.Number() })),
  last: nullable(Type.Object({ time: Type.String(), value: Type.Number() })),
  change: Figure,
  change_rate: nullable(Type.Number({ description: 'change through the first value; null where that is 0' })),
  slope_per_day: nullable(Type.Number({ description: 'of the line of least squares' })),
  direction: Type.Enum(['up', 'down', 'flat', 'unknown']),
  notes: Type.Array(Type.String()),
});
export type Trend = Static<typeof Trend>;

const DAY = 86_400_000;

/** The course of a value in time, from ISO dates. */
export function trend({ rows, time, value }: Static<typeof TrendGiven>): Trend {
  const [when, what] = [fieldOf(time), fieldOf(value)];
  const points = rows
    .flatMap((row) => {
      const [text, number] = [when(row), numberOf(what(row))];
      const at = momentOf(text);
      if (typeof text !== 'string' || at === undefined || number === undefined) return [];
      return [{ at, value: number, time: text }];
    })
    .sort((a, b) => a.at - b.at);
  const [first, last] = [points.at(0), points.at(-1)];
  const left = rows.length - points.length;
  const notes = left === 0 ? [] : [`${left} of ${rows.length} rows have no date in ${time} or no number in ${value}`];
  if (!first || !last || points.length < 2) {
    const one = first ? { time: first.time, value: first.value } : null;
    const unknown = { change: null, change_rate: null, slope_per_day: null, direction: 'unknown' as const };
    return { points: points.length, first: one, last: one, ...unknown, notes: [...notes, 'a trend needs two points'] };
  }
  const change = exactSum([last.value, -first.value]);
  return {
    points: points.length,
    first: { time: first.time, value: first.value },
    last: { time: last.time, value: last.value },
    change,
    change_rate: first.value === 0 ? null : rounded(change / Math.abs(first.value)),
    slope_per_day: slopeOf(points.map(({ at, value }) => [(at - first.at) / DAY, value])),
    direction: change > 0 ? 'up' : change < 0 ? 'down' : 'flat',
    notes,
  };
}

function slopeOf(points: readonly (readonly [number, number])[]): number | null {
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [px]) => sum + (px - x) ** 2, 0);
  return spread === 0 ? null : rounded(points.reduce((sum, [px, py]) => sum + (px - x) * (py - y), 0) / spread);
}

function figuresOf(rows: readonly JsonObject[], name: string): Figures {
  const there = rows
    .map(fieldOf(name))
    .filter(isThere)
    .filter((value) => value !== '');
  const numbers = there.flatMap((value) => numberOf(value) ?? []).sort((a, b) => a - b);
  const { length: count } = numbers;
  const told = { count, missing: rows.length - there.length, not_numbers: there.length - count };
  if (count === 0) return { ...told, sum: null, mean: null, median: null, min: null, max: null };
  const sum = exactSum(numbers);
  const at = (place: number) => numbers[place] ?? 0;
  const median = count % 2 === 1 ? at((count - 1) / 2) : rounded(exactSum([at(count / 2 - 1), at(count / 2)]) / 2);
  return { ...told, sum, mean: rounded(sum / count), median, min: at(0), max: at(count - 1) };
}

function notesOn(field: string, { missing, not_numbers, count }: Figures): string[] {
  return [
    ...(count === 0 ? [`${field} holds no number`] : []),
    ...(missing > 0 && count > 0 ? [`${field} is missing in ${missing} rows, which no figure counts`] : []),
    ...(not_numbers > 0 && count > 0 ? [`${field} is no number in ${not_numbers} rows, which no figure counts`] : []),
  ];
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Twelve digits are enough for a quotient, and hide the last ones of binary fractions. */
const rounded = (value: number): number => Number(value.toPrecision(12));
