import { shorten, type ExpressionCode } from './errors';
import { FORBIDDEN, FUNCTIONS } from './functions';
import { setOwn, type Value } from './values';

/** Roots that a literal id must follow, so that dependencies are known before anything runs. */
export const STATIC_ROOTS = new Set(['steps']);

/** Looping macros, with the numbers of arguments that they take. */
export const LOOPS: ReadonlyMap<string, number[]> = new Map([
  ['all', [2]],
  ['exists', [2]],
  ['exists_one', [2]],
  ['filter', [2]],
  ['map', [2, 3]],
]);

/** Keys of a map that would reach prototypes in careless code further on. */
export const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Sets a computed key; false if the key is forbidden. */
export function setEntry(map: Record<string, Value>, key: string, value: Value): boolean {
  if (FORBIDDEN_KEYS.has(key)) return false;
  setOwn(map, key, value);
  return true;
}

/** Reason why a call cannot be made: code, fault, mend. */
export function refusalOf(
  name: string,
  args: readonly number[] | undefined,
  given: number,
): [ExpressionCode, string, string] {
  const reason = FORBIDDEN.get(name);
  if (reason) return ['expression.forbidden', `${name}() may not be used`, reason];
  if (!args) {
    const known = [...FUNCTIONS.keys(), ...LOOPS.keys(), 'has', 'default'].sort().join(', ');
    return ['expression.unknown_name', `There is no function "${shorten(name, 40)}"`, `There are ${known}`];
  }
  if (name.startsWith('get') && given === 2) {
    return [
      'expression.forbidden',
      `${name}() takes no time zone`,
      'Time zone rules differ between machines: times are UTC',
    ];
  }
  const [least, most] = args;
  const wanted = least === most ? `${least}` : `${least} to ${most}`;
  return [
    'expression.parse',
    `${name}() got ${given} arguments`,
    `It takes ${wanted}, counting what stands before the dot`,
  ];
}
