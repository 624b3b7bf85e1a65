import { aggregatorOf, type Missing } from './aggregates';
import { knownField, type Item } from './fields';
import { keyOf } from './keys';
import type { Group } from './schema';

/**
 * One item for each group, in the order in which groups begin: its `by` fields, its aggregates, and its items as
 * `members` where that is asked for. A field that is missing is a value of its own: null.
 */
export function group({ items, by, aggregates = { count: { op: 'count' } }, members }: Group): {
  items: Item[];
  count: number;
  missing?: Missing;
} {
  const fields = by.map((name) => ({ name, field: knownField(items, name) }));
  const groups = new Map<string, { members: Item[]; places: number[] }>();
  for (const [place, item] of items.entries()) {
    const key = keyOf(fields.map(({ field }) => field(item)));
    let found = groups.get(key);
    if (!found) groups.set(key, (found = { members: [], places: [] }));
    found.members.push(item);
    found.places.push(place);
  }
  const { aggregate, told } = aggregatorOf(items, aggregates);
  const made = [...groups.values()].map((one) => {
    const [first = {}] = one.members;
    const head = Object.fromEntries(fields.map(({ name, field }) => [name, field(first) ?? null]));
    return { ...head, ...aggregate(one.members, one.places), ...(members ? { members: one.members } : {}) };
  });
  return { items: made, count: made.length, ...told() };
}
