import type { Json, JsonObject } from '../../schemas/json';
import { fieldOf, knownField, type Item } from './fields';
import type { Select } from './schema';

/**
 * Items with other fields: those of `fields` alone, without those of `drop`, under the names of `rename`, and with those
 * that have been computed for each item (`computed`). A field that an item lacks stays missing. A path is kept and
 * dropped where it is, and renamed to a field of the item itself.
 */
export function select(
  { items, fields, drop = [], rename = {} }: Select,
  computed: readonly JsonObject[] = [],
): Item[] {
  for (const name of [...(fields ?? []), ...drop, ...Object.keys(rename)]) knownField(items, name);
  const kept = fields?.map((name) => ({ name, field: fieldOf(name) }));
  const names = new Map(Object.entries(rename));
  const lifted = [...names]
    .filter(([old]) => old.includes('.'))
    .map(([old, name]) => ({ old, name, field: fieldOf(old) }));
  return items.map((item, i) => {
    const whole = drop.reduce(without, item);
    const entries: [string, Json | undefined][] = kept
      ? kept.filter(({ name }) => !drop.includes(name)).map(({ name, field }) => [name, field(item)])
      : Object.entries(whole);
    const there = new Set(entries.map(([name]) => name));
    for (const { old, name, field } of lifted) if (!kept && !there.has(old)) entries.push([name, field(item)]);
    const made = entries.flatMap(([name, value]) => (value === undefined ? [] : [[names.get(name) ?? name, value]]));
    return Object.fromEntries([...made, ...Object.entries(computed[i] ?? {})]) as Item;
  });
}

/** A copy of an object without a field. */
function without(object: JsonObject, name: string): JsonObject {
  if (Object.hasOwn(object, name))
    return Object.fromEntries(Object.entries(object).filter(([other]) => other !== name));
  const [first = '', ...rest] = name.split('.');
  const inner = Object.hasOwn(object, first) ? object[first] : undefined;
  if (rest.length === 0 || typeof inner !== 'object' || inner === null || Array.isArray(inner)) return object;
  return { ...object, [first]: without(inner, rest.join('.')) };
}
