import type { ContractError } from './errors';

/** Levels of arrays and objects in a value. Deeper ones are no data of anybody's, and recursion would meet its end. */
export const MAX_DEPTH = 64;

/** Bytes of an event as JSON: what Temporal takes as one payload is 2 MB, and Redis keeps all of it in memory. */
export const MAX_EVENT_BYTES = 1024 * 1024;

/** An error when a value is nested too deep. */
export function checkDepth(value: unknown): ContractError | undefined {
  return deeperThan(value, MAX_DEPTH)
    ? { pointer: '', message: `must not be nested deeper than ${MAX_DEPTH} levels`, keyword: 'depth' }
    : undefined;
}

function deeperThan(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (levels === 0) return true;
  const members: unknown[] = Array.isArray(value) ? value : Object.values(value);
  return members.some((member) => deeperThan(member, levels - 1));
}
