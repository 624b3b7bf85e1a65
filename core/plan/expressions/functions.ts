import type { Budget } from './budget';
import { fail } from './errors';
import type { FunctionRule } from './function-rule';
import { jsonText } from './json';
import { NUMBER_FUNCTIONS } from './functions-numbers';
import { TEXT_FUNCTIONS } from './functions-text';
import { isArray, keysOf } from './natives';
import { DURATION_PARTS, moment, parseDuration, parseTimestamp, TIMESTAMP_PARTS } from './time';
import { Duration, kindOf, Optional, Timestamp, type Kind, type Value, type ValueMap } from './values';

const rules: Record<string, FunctionRule> = {
  ...TEXT_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  size: { args: [1, 1], run: ([of], budget) => size(of as Value, budget) },
  json: { args: [1, 1], cost: 20, run: ([value], budget) => jsonText(value as Value, budget) },
  bool: { args: [1, 1], run: ([value]) => bool(value as Value) },
  bytes: { args: [1, 1], cost: 20, run: ([value], budget) => bytes(value as Value, budget) },
  timestamp: {
    args: [1, 1],
    cost: 60,
    run: ([value]) => {
      if (typeof value === 'number') return moment(Math.trunc(value * 1000));
      if (value instanceof Timestamp) return value;
      return parseTimestamp(argument<string>('timestamp', value, 'string'));
    },
  },
  duration: {
    args: [1, 1],
    cost: 100,
    run: ([value]) => {
      if (value instanceof Duration) return value;
      return parseDuration(argument<string>('duration', value, 'string'));
    },
  },
  orValue: { args: [2, 2], run: ([of, otherwise]) => optional('orValue', of).value ?? (otherwise as Value) },
  hasValue: { args: [1, 1], run: ([of]) => optional('hasValue', of).value !== undefined },
};

for (const name of new Set([...keysOf(TIMESTAMP_PARTS), ...keysOf(DURATION_PARTS)])) {
  rules[name] = { args: [1, 1], cost: 10, run: ([of]) => timePart(name, of as Value) };
}

/** Every function by name. Macros (`has`, `default`, `cel.bind`, `all` ...) are not here: see compile.ts. */
export const FUNCTIONS: ReadonlyMap<string, FunctionRule> = new Map(Object.entries(rules));

/** CEL functions that are refused, with the reason or a way round it. */
export const FORBIDDEN: ReadonlyMap<string, string> = new Map([
  ['matches', 'A regular expression can take exponential time: use contains, startsWith, endsWith or split'],
  ['type', 'There is no type(): check the shape of the data where it enters, or use has(x.y)'],
  ['dyn', 'dyn() is not needed here: nothing is typed before it runs'],
  ['uint', 'There are no unsigned numbers here: write int(x)'],
]);

function size(of: Value, budget: Budget): number {
  if (typeof of === 'string') {
    budget.read(of.length);
    let pairs = 0;
    for (let i = 0; i < of.length; i++) if ((of.charCodeAt(i) & 0xfc00) === 0xd800 && isLow(of, i + 1)) pairs++;
    return of.length - pairs;
  }
  if (isArray(of)) return of.length;
  switch (kindOf(of)) {
    case 'bytes':
      return (of as Uint8Array).length;
    case 'map': {
      const keys = keysOf(of as ValueMap).length;
      budget.spend(keys * 2);
      return keys;
    }
    default:
      throw wrongArgument('size', of, 'a string, list or map');
  }
}

function isLow(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}

function bool(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw wrongArgument('bool', value, 'true, false, "true" or "false"');
}

function bytes(value: Value, budget: Budget): Uint8Array {
  const text = argument<string>('bytes', value, 'string');
  budget.write(text.length * 3);
  return Uint8Array.from(new TextEncoder().encode(text));
}

function timePart(name: string, of: Value): number {
  const ofTimestamp = TIMESTAMP_PARTS[name];
  const unit = DURATION_PARTS[name];
  if (of instanceof Timestamp && ofTimestamp) return ofTimestamp(new Date(of.ms));
  if (of instanceof Duration && unit) return Math.trunc(of.ms / unit);
  throw wrongArgument(name, of, 'a timestamp, as timestamp(x) makes it');
}

function optional(name: string, value: Value | undefined): Optional {
  if (value instanceof Optional) return value;
  throw wrongArgument(name, value ?? null, 'an optional, as a.?b makes it');
}

function argument<T extends Value>(name: string, value: Value | undefined, kind: Kind): T {
  if (kindOf(value ?? null) === kind) return value as T;
  throw wrongArgument(name, value ?? null, `a ${kind}`);
}

export function wrongArgument(name: string, value: Value, wanted: string): Error {
  return fail('expression.type', `${name}() cannot take ${kindOf(value)}`, `It takes ${wanted}`);
}
