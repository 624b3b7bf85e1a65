import { canonical } from '../../core/canonical';
import type { Json, JsonObject } from '../../schemas/json';
import { TransformError } from './errors';
import { isThere, knownField, type Field, type Item } from './fields';
import type { Aggregate } from './schema';
import { exactSum } from './sum';
import { comparePlaces, numberOf, orderOf } from './values';

type There = Exclude<Json, null>;

/** Computes the aggregates of a set of items, of which `places` are their places in the whole list. */
export type Aggregator = (members: readonly Item[], places: readonly number[]) => JsonObject;

/** Items in which the field of an aggregate is missing, by the name of the aggregate. */
export type Missing = { [name: string]: number };

/**
 * Aggregates of a list. Missing fields count nowhere, and are told by `told`: a sum of no numbers is null, not 0.
 * @throws TransformError `not_a_number` for a text in a sum, with its item and its field
 */
export function aggregatorOf(
  items: readonly Item[],
  aggregates: { [name: string]: Aggregate },
): { aggregate: Aggregator; told: () => { missing?: Missing } } {
  const missing = new Map<string, number>();
  const parts = Object.entries(aggregates).map(([name, { op, field: of }]) => {
    if (of === undefined && op !== 'count')
      throw new TransformError('bad_operation', `the aggregate ${JSON.stringify(name)} (${op}) needs a field`);
    return { name, op, of, field: of === undefined ? undefined : knownField(items, of) };
  });
  const aggregate: Aggregator = (members, places) => {
    const values = parts.map(({ name, op, of = '', field }): [string, Json] => {
      if (!field) return [name, members.length];
      const there = valuesOf(members, places, field);
      if (there.length < members.length) missing.set(name, (missing.get(name) ?? 0) + members.length - there.length);
      return [name, compute(op, there, of)];
    });
    return Object.fromEntries(values);
  };
  const told = () => (missing.size > 0 ? { missing: Object.fromEntries(missing) } : {});
  return { aggregate, told };
}

/** Aggregates of a whole list. */
export function aggregate({ items, aggregates }: { items: Item[]; aggregates: { [name: string]: Aggregate } }) {
  const { aggregate: valuesOfAll, told } = aggregatorOf(items, aggregates);
  return { values: valuesOfAll(items, [...items.keys()]), count: items.length, ...told() };
}

interface Found {
  value: There;
  /** place of its item in the list */
  place: number;
}

function valuesOf(members: readonly Item[], places: readonly number[], field: Field): Found[] {
  const found: Found[] = [];
  for (const [i, member] of members.entries()) {
    const value = field(member);
    if (isThere(value)) found.push({ value, place: places[i] ?? i });
  }
  return found;
}

function compute(op: Aggregate['op'], found: readonly Found[], field: string): Json {
  switch (op) {
    case 'count':
      return found.length;
    case 'sum':
      return found.length === 0 ? null : exactSum(numbersOf(found, field));
    case 'avg':
      return found.length === 0 ? null : exactSum(numbersOf(found, field)) / found.length;
    case 'min':
      return extreme(found, -1);
    case 'max':
      return extreme(found, 1);
    case 'list':
      return found.map(({ value }) => value);
    case 'first':
      return found[0]?.value ?? null;
    case 'count_distinct':
      return new Set(found.map(({ value }) => canonical(value))).size;
  }
}

function numbersOf(found: readonly Found[], field: string): number[] {
  return found.map(({ value, place }) => {
    const number = numberOf(value);
    if (number !== undefined) return number;
    const told = JSON.stringify(value).slice(0, 60);
    throw new TransformError(
      'not_a_number',
      `item ${place + 1} has ${told} in the field ${JSON.stringify(field)}, which is no number`,
      { field, item: place },
    );
  });
}

function extreme(found: readonly Found[], sign: 1 | -1): Json {
  const place = orderOf(found.map(({ value }) => value));
  let best: { value: There; place: ReturnType<typeof place> } | undefined;
  for (const { value } of found) {
    const one = { value, place: place(value) };
    if (!best || comparePlaces(one.place, best.place) * sign > 0) best = one;
  }
  return best?.value ?? null;
}
