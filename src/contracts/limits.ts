import type { ContractError } from './errors';

/** Levels of arrays and objects in a value. Real data is not deeper, and recursion would overflow the stack. */
export const MAX_DEPTH = 64;

/** Bytes of an event as JSON: Temporal takes 2 MB as one payload, and Redis keeps all events in memory. */
export const MAX_EVENT_BYTES = 1024 * 1024;

/** Returns an error if a value is nested too deep. */
export function checkDepth(value: unknown): ContractError | undefined {
  return isDeeperThan(value, MAX_DEPTH)
    ? { pointer: '', message: `must not be nested deeper than ${MAX_DEPTH} levels`, keyword: 'depth' }
    : undefined;
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) return value.some((member) => isDeeperThan(member, levels - 1));
  // without a list of the members, because every event is checked several times
  for (const name in value) if (isDeeperThan((value as Record<string, unknown>)[name], levels - 1)) return true;
  return false;
}
