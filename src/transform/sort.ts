import { isThere, knownField, type Item } from './fields';
import type { Sort } from './schema';
import { comparePlaces, orderOf, type Place } from './values';

/** Items in order, equal ones as they came. Items without the field come last, in either direction. */
export function sort({ items, by, limit }: Sort): { items: Item[]; count: number } {
  const keys = by.map(({ field: name, order = 'asc' }) => {
    const field = knownField(items, name);
    const values = items.map(field);
    const place = orderOf(values);
    const places = values.map((value) => (isThere(value) ? place(value) : undefined));
    return { places, sign: order === 'desc' ? -1 : 1 };
  });
  const compare = (a: number, b: number): number => {
    for (const { places, sign } of keys) {
      const order = comparePresent(places[a], places[b], sign);
      if (order !== 0) return order;
    }
    return a - b;
  };
  const places = [...items.keys()].sort(compare).slice(0, limit);
  const sorted = places.map((place) => items[place] as Item);
  return { items: sorted, count: sorted.length };
}

function comparePresent(a: Place | undefined, b: Place | undefined, sign: number): number {
  if (a && b) return comparePlaces(a, b) * sign;
  return Number(a === undefined) - Number(b === undefined);
}
