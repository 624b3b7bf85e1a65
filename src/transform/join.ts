import type { Json, JsonObject } from '../../schemas/json';
import { TransformError } from './errors';
import { isThere, knownField, type Field, type Item } from './fields';
import { keyOf } from './keys';
import { MOST_ITEMS, type Join } from './schema';
import { numberOf } from './values';

/** Joined items, and how many of each side have no partner. */
export interface Joined {
  items: Item[];
  count: number;
  unmatched: { left: number; right: number };
}

/**
 * Joins two lists by equal fields. Each item has the fields of left, then those of right; a field of right whose name
 * left has too gets the prefix, unless it is one that they are joined by. A missing field has no partner. Where one side
 * has numbers and the other texts, a text that says the number is its partner.
 * @throws TransformError `too_large` for more pairs than a list may have
 */
export function join({ left, right, on, how = 'inner', prefix = 'right_' }: Join): Joined {
  const keys = on.map((pair) => keyFields(left, right, pair));
  const partners = indexOf(
    right,
    keys.map(({ right: field }) => field),
  );
  const matches = left.map(
    (item) =>
      partners.get(
        keyIn(
          item,
          keys.map(({ left: field }) => field),
        ) ?? '',
      ) ?? [],
  );
  const pairs = matches.reduce((sum, { length }) => sum + Math.max(1, length), 0);
  if (pairs > MOST_ITEMS)
    throw new TransformError('too_large', `the join would have ${pairs} items; ${MOST_ITEMS} are the most`);

  const rename = renamesOf(left, right, on, prefix);
  const matched = new Set<number>();
  const items: Item[] = [];
  let alone = 0;
  for (const [i, item] of left.entries()) {
    const found = matches[i] ?? [];
    if (found.length === 0) {
      alone += 1;
      if (how === 'left' || how === 'outer') items.push(item);
    }
    for (const place of found) {
      matched.add(place);
      items.push({ ...item, ...rename(right[place] ?? {}, false) });
    }
  }
  if (how === 'right' || how === 'outer')
    for (const [place, item] of right.entries()) if (!matched.has(place)) items.push(rename(item, true));
  return { items, count: items.length, unmatched: { left: alone, right: right.length - matched.size } };
}

/** The fields of a pair; both read numbers where one side has them and the other has texts. */
function keyFields(left: Item[], right: Item[], on: Join['on'][number]): { left: Field; right: Field } {
  const fields = { left: knownField(left, on.left, 'left item'), right: knownField(right, on.right, 'right item') };
  const kinds = (items: Item[], field: Field) => new Set(items.map((item) => typeof field(item)));
  const [one, other] = [kinds(left, fields.left), kinds(right, fields.right)];
  const mixed = (one.has('number') && other.has('string')) || (one.has('string') && other.has('number'));
  if (!mixed) return fields;
  const asNumber =
    (field: Field): Field =>
    (item) =>
      numberOf(field(item)) ?? field(item);
  return { left: asNumber(fields.left), right: asNumber(fields.right) };
}

function keyIn(item: Item, fields: readonly Field[]): string | undefined {
  const values: (Json | undefined)[] = fields.map((field) => field(item));
  return values.every(isThere) ? keyOf(values) : undefined;
}

/** Places of items by their keys. */
function indexOf(items: readonly Item[], fields: readonly Field[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, item] of items.entries()) {
    const key = keyIn(item, fields);
    if (key === undefined) continue;
    const known = places.get(key);
    if (known) known.push(place);
    else places.set(key, [place]);
  }
  return places;
}

/** Fields of right under the names that they get. `alone`: without a left item, so that the keys are told too. */
function renamesOf(left: readonly Item[], right: readonly Item[], on: Join['on'], prefix: string) {
  const taken = new Set(left.flatMap((item) => Object.keys(item)));
  const shared = new Set(on.filter((pair) => pair.left === pair.right).map((pair) => pair.left));
  const names = new Map<string, string>();
  for (const item of right)
    for (const name of Object.keys(item)) if (!names.has(name)) names.set(name, freeName(name, taken, prefix));
  return (item: Item, alone: boolean): JsonObject =>
    Object.fromEntries(
      Object.entries(item).flatMap(([name, value]) => {
        if (shared.has(name)) return alone ? [[name, value]] : [];
        return [[names.get(name) ?? name, value]];
      }),
    );
}

function freeName(name: string, taken: ReadonlySet<string>, prefix: string): string {
  let free = name;
  while (taken.has(free)) free = prefix + free;
  return free;
}
