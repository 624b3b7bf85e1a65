import type { JsonObject } from '../../schemas/json';
import { parseDuration } from './duration';

/** The longest wait, in milliseconds. */
const LONGEST_WAIT = 366 * 86_400_000;

/** Failure of a wait that says neither. */
export const badWait = {
  type: 'wait.invalid',
  message: 'a wait needs `for`, such as 15m, or `until`, an instant, at most 366 days away',
} as const;

/**
 * The end of a wait step, from `{for: '15m'}` or `{until: '2026-01-05T08:00:00Z'}`; undefined where it says neither, or
 * one too far away. Both in UTC milliseconds.
 */
export function deadlineOf(wait: JsonObject, now: number): number | undefined {
  const length = parseDuration(wait['for']);
  const instant = typeof wait['until'] === 'string' ? Date.parse(wait['until']) : NaN;
  const until = length === undefined ? instant : now + length;
  return Number.isNaN(until) || until - now > LONGEST_WAIT ? undefined : until;
}
