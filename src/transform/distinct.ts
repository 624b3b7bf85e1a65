import { knownField, type Item } from './fields';
import { keyOf } from './keys';
import type { Distinct } from './schema';

/** The first item of each kind: of those with the same fields `by`, or of equal items. */
export function distinct({ items, by }: Distinct): { items: Item[]; count: number; dropped: number } {
  const fields = by?.map((name) => knownField(items, name));
  const seen = new Set<string>();
  const kept = items.filter((item) => {
    const key = keyOf(fields ? fields.map((field) => field(item)) : [item]);
    return seen.size < seen.add(key).size;
  });
  return { items: kept, count: kept.length, dropped: items.length - kept.length };
}
