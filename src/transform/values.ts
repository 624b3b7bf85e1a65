import type { Json } from '../../schemas/json';
import { isThere } from './fields';

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const MOMENT = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/;

/** The number that a value is: a number, or a text like `-12.5`. No groups of thousands: `1,200` may be 1.2. */
export function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (!NUMBER.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** The moment of an ISO 8601 date or time, UTC milliseconds. A time without a zone is UTC. */
export function momentOf(value: Json | undefined): number | undefined {
  if (typeof value !== 'string') return undefined;
  const [, year, month, day, time, zone = 'Z'] = MOMENT.exec(value.trim()) ?? [];
  if (year === undefined) return undefined;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (date.getUTCDate() !== Number(day)) return undefined;
  const moment = time === undefined ? date.getTime() : Date.parse(`${year}-${month}-${day}T${time}${zone}`);
  return Number.isNaN(moment) ? undefined : moment;
}

/** Words of all languages in the order of a dictionary. One order for all machines, whatever their settings. */
const words = new Intl.Collator('und');

/**
 * Which of two values comes first (negative: the first): numbers, also those in texts; moments; texts; false before
 * true. Undefined where two values have no order.
 */
export function compare(a: Json | undefined, b: Json | undefined): number | undefined {
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left !== undefined && right !== undefined) return left - right;
  if (typeof a === 'string' && typeof b === 'string') {
    const [before, after] = [momentOf(a), momentOf(b)];
    return before !== undefined && after !== undefined ? before - after : words.compare(a, b);
  }
  return typeof a === 'boolean' && typeof b === 'boolean' ? Number(a) - Number(b) : undefined;
}

/** Place of a value among others, made once for each value. */
export interface Place {
  rank: number;
  key: number | string;
}

/**
 * The order of the values of one field: as numbers if all are numbers, as moments if all are moments; else numbers,
 * texts, booleans, and the rest as JSON. Two values alone cannot tell: `"10"` and `"9"` may be words among words.
 */
export function orderOf(values: readonly (Json | undefined)[]): (value: Exclude<Json, null>) => Place {
  const there = values.filter(isThere);
  for (const read of [numberOf, momentOf])
    if (there.every((value) => read(value) !== undefined)) return (value) => ({ rank: 0, key: read(value) ?? 0 });
  return (value) => {
    if (typeof value === 'number') return { rank: 0, key: value };
    if (typeof value === 'string') return { rank: 1, key: value };
    if (typeof value === 'boolean') return { rank: 2, key: Number(value) };
    return { rank: 3, key: JSON.stringify(value) };
  };
}

/** Negative where the first place comes before the second. */
export function comparePlaces(a: Place, b: Place): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  return typeof a.key === 'number' ? a.key - Number(b.key) : words.compare(a.key, String(b.key));
}
