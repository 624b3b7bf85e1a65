import { hasOwn, isArray, isView } from './natives';

/** Values of plans and scopes. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A moment, in milliseconds since 1970 (UTC). In JSON: `2026-01-31T09:00:00.000Z`. */
export class Timestamp {
  constructor(readonly ms: number) {}
}

/** A length of time in milliseconds. In JSON: `90s`. */
export class Duration {
  constructor(readonly ms: number) {}
}

/** Result of `a.?b`; `undefined` if there is no value. In JSON: the value, or null. */
export class Optional {
  constructor(readonly value: Value | undefined) {}
}

export type ValueMap = { [key: string]: Value };

/** JSON during a computation; the extra kinds become JSON at the end. Numbers are always JSON numbers. */
export type Value =
  null | boolean | number | string | Value[] | ValueMap | Uint8Array | Timestamp | Duration | Optional;

/** Names of kinds of values in messages. */
export type Kind =
  'null' | 'bool' | 'number' | 'string' | 'list' | 'map' | 'bytes' | 'timestamp' | 'duration' | 'optional';

export function kindOf(value: Value): Kind {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'number';
    case 'boolean':
      return 'bool';
    default:
      if (value === null || value === undefined) return 'null';
      if (isArray(value)) return 'list';
      if (value instanceof Timestamp) return 'timestamp';
      if (value instanceof Duration) return 'duration';
      if (value instanceof Optional) return 'optional';
      return isView(value) ? 'bytes' : 'map';
  }
}

export function isMap(value: Value): value is ValueMap {
  return kindOf(value) === 'map';
}

/** An own field, never an inherited one: `toString` and `constructor` exist only when the data has them. */
export function ownField(map: ValueMap, key: string): Value | undefined {
  return hasOwn(map, key) ? map[key] : undefined;
}

/** Sets an own field whatever its name: assigning `__proto__` would set the prototype instead. */
export function setOwn<T>(target: Record<string, T>, key: string, value: T): void {
  if (key !== '__proto__') target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}
