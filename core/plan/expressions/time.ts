import { fail } from './errors';
import { Duration, Timestamp } from './values';

const MOMENT = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d)))?$/;
const EARLIEST = -62_135_596_800_000;
const LATEST = 253_402_300_799_999;
const UNIT_MS: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1, us: 0.001, ns: 0.000_001 };

/**
 * Reads RFC 3339 (`2026-01-31T09:00:00Z`, offsets allowed) or a bare day, which is midnight UTC. Not `Date.parse`: it
 * reads other forms in the machine's time zone, and a replay may run on another machine. Digits beyond milliseconds are
 * cut.
 */
export function parseTimestamp(text: string): Timestamp {
  const found = MOMENT.exec(text);
  if (!found) throw badMoment();
  const part = (index: number): number => Number(found[index] ?? 0);
  const day = new Date(Date.UTC(part(1), part(2) - 1, part(3)));
  // Date.UTC reads the years 0 to 99 as 1900 to 1999.
  day.setUTCFullYear(part(1));
  const exists = day.getUTCMonth() === part(2) - 1 && day.getUTCDate() === part(3);
  if (!exists || part(4) > 23 || part(5) > 59 || part(6) > 59 || part(9) > 23 || part(10) > 59) throw badMoment();
  const fraction = Number((found[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const offset = (found[8] === '-' ? -1 : 1) * (part(9) * 60 + part(10)) * 60_000;
  return moment(day.getTime() + (part(4) * 3600 + part(5) * 60 + part(6)) * 1000 + fraction - offset);
}

/** A timestamp between the years 1 and 9999. */
export function moment(ms: number): Timestamp {
  if (ms >= EARLIEST && ms <= LATEST) return new Timestamp(ms);
  throw fail(
    'expression.failed',
    'The timestamp is outside the years 1 to 9999',
    'Check the unit: seconds, not milliseconds',
  );
}

/** Reads `1h30m`, `90s`, `1.5h`, `-250ms`. Digits beyond milliseconds are cut. */
export function parseDuration(text: string): Duration {
  const found = text.length <= 64 ? /^([+-]?)((?:\d+(?:\.\d+)?(?:h|ms|m|s|us|ns))+)$/.exec(text) : null;
  if (!found?.[2]) throw fail('expression.failed', 'Not a duration', 'Write it like "90s", "1h30m" or "250ms"');
  let ms = 0;
  for (const [, amount, unit] of found[2].matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|ns)/g)) {
    ms += Number(amount) * (UNIT_MS[unit ?? ''] ?? 0);
  }
  return span(Math.trunc(found[1] === '-' ? -ms : ms));
}

/** A duration of at most 10,000 years. */
export function span(ms: number): Duration {
  if (Math.abs(ms) <= LATEST - EARLIEST) return new Duration(ms);
  throw fail('expression.failed', 'The duration is longer than 10,000 years', 'Use a shorter one');
}

export function timestampText(value: Timestamp): string {
  return new Date(value.ms).toISOString();
}

/** Seconds with a fraction when there is one: `90s`, `-1.5s`. */
export function durationText(value: Duration): string {
  return `${value.ms / 1000}s`;
}

/** Accessors under CEL's names; all in UTC. `getDayOfMonth`, `getDayOfYear` and `getMonth` count from 0. */
export const TIMESTAMP_PARTS: Record<string, (at: Date) => number> = {
  getFullYear: (at) => at.getUTCFullYear(),
  getMonth: (at) => at.getUTCMonth(),
  getDate: (at) => at.getUTCDate(),
  getDayOfMonth: (at) => at.getUTCDate() - 1,
  getDayOfWeek: (at) => at.getUTCDay(),
  getDayOfYear: (at) => {
    const newYear = new Date(at.getTime());
    newYear.setUTCMonth(0, 1);
    return Math.round((at.getTime() - newYear.getTime()) / 86_400_000);
  },
  getHours: (at) => at.getUTCHours(),
  getMinutes: (at) => at.getUTCMinutes(),
  getSeconds: (at) => at.getUTCSeconds(),
  getMilliseconds: (at) => at.getUTCMilliseconds(),
};

/** The whole length in one unit, cut: `duration("90s").getMinutes()` is 1. */
export const DURATION_PARTS: Record<string, number> = {
  getHours: 3_600_000,
  getMinutes: 60_000,
  getSeconds: 1_000,
  getMilliseconds: 1,
};

function badMoment(): Error {
  return fail('expression.failed', 'Not a timestamp', 'Write it like "2026-01-31T09:00:00Z" or "2026-01-31"');
}
