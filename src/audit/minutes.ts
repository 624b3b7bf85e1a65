import { exactly, type Fraction, parseDecimal, roundTo, times } from './fraction';

/**
 * Minutes are kept in whole millionths: exact for everything that people write down, and fine enough that a thousand
 * rows such as 33.333333333 differ from the truth by less than a thousandth of a minute.
 */
export const MICROS = 1_000_000n;
const DECIMALS = 6;

export type Reading =
  { kind: 'number'; micros: bigint } | { kind: 'text'; micros: bigint } | { kind: 'missing' } | { kind: 'unreadable' };

const hour = 'h|hr|hrs|hour|hours|heure|heures';
const minute = "min|mins|mn|m|minute|minutes|'";
const second = 's|sec|secs|second|seconds|seconde|secondes';
const amount = String.raw`[+-]?\d[\d\u0020\u00a0\u202f.,]*`;
const withUnit = new RegExp(`^(${amount})(?:(${hour})|(${minute})|(${second}))?\\.?$`, 'i');
const hoursAndMinutes = new RegExp(`^(\\d{1,4})\\s*(?:${hour})\\s*(\\d{1,2})\\s*(?:${minute})?\\.?$`, 'i');
const clock = /^(\d{1,3}):([0-5]\d)(?::([0-5]\d))?$/;

/**
 * Reads the minutes of a row. Text is read if it has only one meaning: `45 min`, `1h30`, `1:30`, `1,5 h`, `90 s`. A
 * text such as `1,234` could be either of two numbers, so it is unreadable.
 */
export function readMinutes(given: unknown): Reading {
  if (given === undefined || given === null) return { kind: 'missing' };
  if (typeof given === 'number') {
    const value = exactly(given);
    return value ? { kind: 'number', micros: roundTo(value, DECIMALS) } : { kind: 'unreadable' };
  }
  if (typeof given !== 'string') return { kind: 'unreadable' };
  const text = given.normalize('NFKC').replace(/\s+/g, ' ').trim().slice(0, 100);
  if (text === '') return { kind: 'missing' };
  const value = parseDuration(text);
  return value ? { kind: 'text', micros: roundTo(value, DECIMALS) } : { kind: 'unreadable' };
}

function parseDuration(text: string): Fraction | undefined {
  const both = hoursAndMinutes.exec(text);
  if (both) return Number(both[2]) < 60 ? { n: BigInt(both[1]!) * 60n + BigInt(both[2]!), d: 1n } : undefined;
  const time = clock.exec(text);
  if (time) return { n: (BigInt(time[1]!) * 60n + BigInt(time[2]!)) * 60n + BigInt(time[3] ?? '0'), d: 60n };
  const single = withUnit.exec(text);
  if (!single) return undefined;
  const value = parseNumber(single[1]!.trim());
  if (!value) return undefined;
  if (single[2]) return times(value, { n: 60n, d: 1n });
  return single[4] ? times(value, { n: 1n, d: 60n }) : value;
}

/** Reads a number with a decimal point or comma and perhaps separated thousands; undefined if it is ambiguous. */
function parseNumber(text: string): Fraction | undefined {
  const grouped = text.replace(/(?<=\d) (?=\d{3}(?!\d))/g, '');
  if (/\s/.test(grouped)) return undefined;
  const marks = grouped.replace(/[^.,]/g, '');
  if (marks === '') return parseDecimal(grouped);
  const last = grouped.lastIndexOf(marks.at(-1)!);
  const other = marks.at(-1) === ',' ? '.' : ',';
  const head = grouped.slice(0, last);
  const tail = grouped.slice(last + 1);
  if (marks.length === 1) {
    const ambiguous = tail.length === 3 && /^[+-]?[1-9]\d{0,2}$/.test(head);
    return ambiguous || tail === '' ? undefined : parseDecimal(`${head}.${tail}`);
  }
  const thousands = new RegExp(`^[+-]?\\d{1,3}(\\${other}\\d{3})+$`).test(head);
  return thousands && tail !== '' ? parseDecimal(`${head.replaceAll(other, '')}.${tail}`) : undefined;
}
