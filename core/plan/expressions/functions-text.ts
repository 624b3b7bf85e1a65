import type { Budget } from './budget';
import { fail } from './errors';
import type { FunctionRule } from './function-rule';
import { isArray, isInteger } from './natives';
import { durationText, timestampText } from './time';
import { Duration, kindOf, Timestamp, type Value } from './values';

/**
 * Text functions. Positions count UTF-16 units, as in JavaScript; `size` counts characters. A call is charged by the
 * characters that it reads and writes, a search by the product of both lengths.
 */
export const TEXT_FUNCTIONS: Record<string, FunctionRule> = {
  string: { args: [1, 1], cost: 20, run: ([value], budget) => toStringValue(value as Value, budget) },
  lower: { args: [1, 1], run: (args, budget) => recase('lower', args, budget, (text) => text.toLowerCase()) },
  upper: { args: [1, 1], run: (args, budget) => recase('upper', args, budget, (text) => text.toUpperCase()) },
  lowerAscii: { args: [1, 1], run: (args, budget) => recase('lowerAscii', args, budget, (text) => text.toLowerCase()) },
  upperAscii: { args: [1, 1], run: (args, budget) => recase('upperAscii', args, budget, (text) => text.toUpperCase()) },
  trim: { args: [1, 1], run: (args, budget) => recase('trim', args, budget, (text) => text.trim()) },
  contains: { args: [2, 2], run: (args, budget) => find('contains', args, budget) >= 0 },
  indexOf: { args: [2, 3], run: (args, budget) => find('indexOf', args, budget) },
  lastIndexOf: { args: [2, 2], run: (args, budget) => find('lastIndexOf', args, budget) },
  startsWith: {
    args: [2, 2],
    run: (args, budget) => text('startsWith', args[0], budget).startsWith(text('startsWith', args[1], budget)),
  },
  endsWith: {
    args: [2, 2],
    run: (args, budget) => text('endsWith', args[0], budget).endsWith(text('endsWith', args[1], budget)),
  },
  substring: { args: [2, 3], run: substring },
  split: { args: [2, 3], run: (args, budget) => split(args, budget) },
  join: { args: [1, 2], run: (args, budget) => join(args, budget) },
  replace: { args: [3, 3], run: (args, budget) => replace(args, budget) },
};

function text(name: string, value: Value | undefined, budget: Budget): string {
  if (typeof value !== 'string') throw wrongText(name, value ?? null);
  budget.read(value.length);
  return value;
}

function position(name: string, value: Value | undefined, most: number): number {
  if (typeof value === 'number' && isInteger(value) && value >= 0 && value <= most) return value;
  throw fail(
    'expression.failed',
    `${name}() got a position outside the text`,
    `It takes a whole number from 0 to ${most}`,
  );
}

function toStringValue(value: Value, budget: Budget): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Timestamp) return timestampText(value);
  if (value instanceof Duration) return durationText(value);
  if (kindOf(value) === 'bytes') {
    budget.write((value as Uint8Array).length);
    return new TextDecoder().decode(value as Uint8Array);
  }
  throw fail(
    'expression.type',
    `string() cannot take ${kindOf(value)}`,
    'Use json(x) for lists and maps, default(x, "") for null',
  );
}

function recase(name: string, args: Value[], budget: Budget, change: (text: string) => string): string {
  const changed = change(text(name, args[0], budget));
  // Some letters become three, so the result is charged.
  budget.write(changed.length);
  return changed;
}

function find(name: string, args: Value[], budget: Budget): number {
  const within = text(name, args[0], budget);
  const wanted = text(name, args[1], budget);
  const from = args[2] === undefined ? 0 : position(name, args[2], within.length);
  budget.search(within, wanted);
  return name === 'lastIndexOf' ? within.lastIndexOf(wanted) : within.indexOf(wanted, from);
}

function substring(args: Value[], budget: Budget): string {
  const from = text('substring', args[0], budget);
  const start = position('substring', args[1], from.length);
  const end = args[2] === undefined ? from.length : position('substring', args[2], from.length);
  if (end >= start) return from.slice(start, end);
  throw fail('expression.failed', 'substring() got an end before its start', 'Swap them');
}

/** `split(text, separator)` and `split(text, separator, pieces)`: the last piece keeps the rest. */
function split(args: Value[], budget: Budget): string[] {
  const from = text('split', args[0], budget);
  const separator = text('split', args[1], budget);
  const most = args[2] === undefined ? Infinity : position('split', args[2], 1_000_000);
  if (most === 0) return [];
  budget.search(from, separator);
  if (separator === '' && most === Infinity) {
    budget.spend(from.length);
    return from.split('');
  }
  const pieces: string[] = [];
  let at = 0;
  while (pieces.length + 1 < most) {
    const next = separator === '' ? (at + 1 < from.length ? at + 1 : -1) : from.indexOf(separator, at);
    if (next < 0) break;
    budget.spend(1);
    pieces.push(from.slice(at, next));
    at = next + separator.length;
  }
  pieces.push(from.slice(at));
  return pieces;
}

function join(args: Value[], budget: Budget): string {
  const [list, separator = ''] = args;
  if (!isArray(list))
    throw fail('expression.type', `join() cannot take ${kindOf(list ?? null)}`, 'It takes a list of strings');
  budget.spend(list.length);
  const between = text('join', separator, budget);
  const pieces: string[] = [];
  let length = 0;
  for (const item of list) {
    if (typeof item !== 'string') {
      const mend = 'Turn the items into text first: `list.map(x, string(x)).join(", ")`';
      throw fail('expression.type', `join() found ${kindOf(item)} in the list`, mend);
    }
    length += item.length + between.length;
    pieces.push(item);
  }
  budget.write(length);
  return pieces.join(between);
}

/** Replaces every occurrence, literally. */
function replace(args: Value[], budget: Budget): string {
  const wanted = text('replace', args[1], budget);
  const put = text('replace', args[2], budget);
  if (wanted === '')
    throw fail('expression.failed', 'replace() got no text to look for', 'Give at least one character');
  return join([split([args[0] as Value, wanted], budget), put], budget);
}

function wrongText(name: string, value: Value): Error {
  const mend =
    value === null ? 'Give a value for the missing one: `default(x, "")`' : 'It takes text: `string(x)` makes it';
  return fail('expression.type', `${name}() cannot take ${kindOf(value)}`, mend);
}
