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
  if (Array.isArray(value)) return value.some((member) => deeperThan(member, levels - 1));
  // every event is looked through several times, so no list of its members is made
  for (const name in value) if (deeperThan((value as Record<string, unknown>)[name], levels - 1)) return true;
  return false;
}
