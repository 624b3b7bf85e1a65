import type { Budget } from './budget';
import { fail } from './errors';
import type { FunctionRule } from './function-rule';
import { requireFinite } from './json';
import { isArray, isFinite, isInteger, isSafeInteger } from './natives';
import { arithmetic } from './operators';
import { Duration, kindOf, Timestamp, type Value } from './values';

/** Number functions. `min`, `max` and `sum` take a list of numbers; `min` and `max` also numbers one by one. */
export const NUMBER_FUNCTIONS: Record<string, FunctionRule> = {
  int: { args: [1, 1], cost: 10, run: ([value]) => int(value as Value) },
  double: { args: [1, 1], cost: 20, run: ([value]) => double(value as Value) },
  abs: { args: [1, 1], run: ([value]) => Math.abs(number('abs', value)) },
  floor: { args: [1, 1], run: ([value]) => Math.floor(number('floor', value)) },
  ceil: { args: [1, 1], run: ([value]) => Math.ceil(number('ceil', value)) + 0 },
  round: {
    args: [1, 2],
    cost: 40,
    run: ([value, digits = 0]) => round(number('round', value), number('round', digits)),
  },
  sum: {
    args: [1, 1],
    run: (args, budget) => numbers('sum', args, budget).reduce((total, next) => arithmetic('+', total, next), 0),
  },
  min: { args: [1, 16], run: (args, budget) => extreme('min', args, budget, (a, b) => (b < a ? b : a)) },
  max: { args: [1, 16], run: (args, budget) => extreme('max', args, budget, (a, b) => (b > a ? b : a)) },
};

/** Cuts the fraction; reads whole numbers from text; seconds since 1970 or whole seconds of a duration. */
function int(value: Value): number {
  if (value instanceof Timestamp || value instanceof Duration) return Math.floor(value.ms / 1000);
  if (typeof value === 'string' && !/^[+-]?\d{1,16}$/.test(value))
    throw notNumber('int', 'a whole number, such as "42"');
  const whole = Math.trunc(typeof value === 'string' ? Number(value) : number('int', value)) + 0;
  if (isSafeInteger(whole)) return whole;
  throw fail('expression.failed', 'The whole number is beyond 2^53, where digits are lost', 'Keep it as text');
}

function double(value: Value): number {
  if (typeof value !== 'string') return number('double', value);
  if (value.length > 400 || !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/.test(value)) {
    throw notNumber('double', 'a number, such as "1.5"');
  }
  return requireFinite(Number(value));
}

/** Decimal rounding, halves away from zero: round(1.005, 2) is 1.01, as on paper. `digits` from 0 to 15. */
function round(value: number, digits: number): number {
  if (!isInteger(digits) || digits < 0 || digits > 15) {
    throw fail('expression.failed', 'round() got digits it cannot use', 'Give a whole number from 0 to 15');
  }
  const shifted = Math.round(shift(Math.abs(value), digits));
  const rounded = isFinite(shifted) ? shift(shifted, -digits) : Math.abs(value);
  return value < 0 ? 0 - rounded : rounded;
}

/** Multiplies by a power of ten in decimal, because 1.005 * 100 would be 100.49999999999999. */
function shift(value: number, digits: number): number {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  return Number(`${mantissa}e${Number(exponent) + digits}`);
}

function extreme(name: string, args: Value[], budget: Budget, pick: (a: number, b: number) => number): number {
  const found = numbers(name, args, budget);
  if (found.length > 0) return found.reduce(pick);
  throw fail('expression.failed', `${name}() got an empty list`, `Guard it: \`size(x) == 0 ? 0 : ${name}(x)\``);
}

function numbers(name: string, args: Value[], budget: Budget): number[] {
  const list = args.length === 1 && isArray(args[0]) ? args[0] : args;
  budget.spend(list.length * 3);
  return list.map((item) => number(name, item));
}

function number(name: string, value: Value | undefined): number {
  if (typeof value === 'number') return requireFinite(value);
  const mend =
    value === null
      ? 'Give a value for the missing one: `default(x, 0)`'
      : 'It takes numbers: `double(x)` reads one from text';
  throw fail('expression.type', `${name}() cannot take ${kindOf(value ?? null)}`, mend);
}

function notNumber(name: string, wanted: string): Error {
  return fail('expression.failed', `${name}() cannot read the text as a number`, `It takes ${wanted}`);
}
