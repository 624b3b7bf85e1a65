import { LIMITS, type Budget } from './budget';
import { fail } from './errors';
import { requireFinite } from './json';
import { hasOwn, isArray, isInteger, isSafeInteger, keysOf, min } from './natives';
import { moment, span } from './time';
import {
  Duration,
  isMap,
  kindOf,
  type Optional,
  ownField,
  Timestamp,
  type Kind,
  type Value,
  type ValueMap,
} from './values';

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in';

/**
 * Numbers are JSON numbers: one kind, so `5 / 2` is 2.5 whether the 5 is written in the plan or came as data, and
 * `1 == 1.0`. Whole-number results that a double cannot hold exactly are errors. Values of different kinds are unequal,
 * and cannot be ordered or added.
 */
export function binary(operator: BinaryOperator, left: Value, right: Value, budget: Budget): Value {
  switch (operator) {
    case '==':
      return equal(left, right, budget);
    case '!=':
      return !equal(left, right, budget);
    case 'in':
      return contains(left, right, budget);
    case '<':
      return compare(operator, left, right, budget) < 0;
    case '<=':
      return compare(operator, left, right, budget) <= 0;
    case '>':
      return compare(operator, left, right, budget) > 0;
    case '>=':
      return compare(operator, left, right, budget) >= 0;
    case '+':
      return add(left, right, budget);
    case '-':
      return subtract(left, right);
    case '*':
    case '/':
    case '%':
      if (typeof left === 'number' && typeof right === 'number') return arithmetic(operator, left, right);
      throw mismatch(operator, left, right);
  }
}

export function negate(value: Value): Value {
  if (typeof value === 'number') return 0 - value;
  if (value instanceof Duration) return new Duration(-value.ms);
  throw fail('expression.type', `"-" cannot be applied to ${kindOf(value)}`, 'It takes a number');
}

/** Deep equality; every element is charged to the budget. */
export function equal(a: Value, b: Value, budget: Budget, depth = 0): boolean {
  budget.spend(1);
  if (depth > LIMITS.valueDepth) {
    throw fail(
      'expression.limit',
      `Values nested deeper than ${LIMITS.valueDepth} cannot be compared`,
      'Compare fields',
    );
  }
  if (typeof a === 'string' && typeof b === 'string') {
    if (a.length !== b.length) return false;
    budget.read(a.length);
    return a === b;
  }
  if (a === b) return true;
  const kind = kindOf(a);
  if (kind !== kindOf(b)) return false;
  switch (kind) {
    case 'list':
      return listsEqual(a as Value[], b as Value[], budget, depth + 1);
    case 'map':
      return mapsEqual(a as ValueMap, b as ValueMap, budget, depth + 1);
    case 'bytes': {
      const [x, y] = [a as Uint8Array, b as Uint8Array];
      if (x.length !== y.length) return false;
      budget.read(x.length);
      return x.every((byte, i) => byte === y[i]);
    }
    case 'timestamp':
    case 'duration':
      return (a as Timestamp).ms === (b as Timestamp).ms;
    case 'optional':
      return equal((a as Optional).value ?? null, (b as Optional).value ?? null, budget, depth + 1);
    default:
      return false;
  }
}

/** Arithmetic on numbers, checked; also used by `sum`. */
export function arithmetic(operator: '+' | '-' | '*' | '/' | '%', a: number, b: number): number {
  if ((operator === '/' || operator === '%') && b === 0) {
    throw fail('expression.failed', 'Division by zero', 'Guard it: `b == 0 ? 0 : a / b`');
  }
  const result = compute(operator, a, b);
  if (isSafeInteger(a) && isSafeInteger(b) && isInteger(result) && !isSafeInteger(result)) {
    throw fail(
      'expression.failed',
      'The whole number is beyond 2^53, where digits are lost',
      'Use smaller numbers or text',
    );
  }
  return requireFinite(result === 0 ? 0 : result);
}

function compute(operator: '+' | '-' | '*' | '/' | '%', a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
  }
}

function add(left: Value, right: Value, budget: Budget): Value {
  if (typeof left === 'number' && typeof right === 'number') return arithmetic('+', left, right);
  if (typeof left === 'string' && typeof right === 'string') {
    budget.write(left.length + right.length);
    return left + right;
  }
  if (isArray(left) && isArray(right)) {
    budget.spend(left.length + right.length);
    return [...left, ...right];
  }
  if (left instanceof Timestamp && right instanceof Duration) return moment(left.ms + right.ms);
  if (left instanceof Duration && right instanceof Timestamp) return moment(left.ms + right.ms);
  if (left instanceof Duration && right instanceof Duration) return span(left.ms + right.ms);
  throw mismatch('+', left, right);
}

function subtract(left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return arithmetic('-', left, right);
  if (left instanceof Timestamp && right instanceof Duration) return moment(left.ms - right.ms);
  if (left instanceof Timestamp && right instanceof Timestamp) return span(left.ms - right.ms);
  if (left instanceof Duration && right instanceof Duration) return span(left.ms - right.ms);
  throw mismatch('-', left, right);
}

/** Negative, zero or positive. Text is ordered by UTF-16 code units, whatever the locale. */
function compare(operator: string, left: Value, right: Value, budget: Budget): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') {
    budget.read(min(left.length, right.length));
    return left === right ? 0 : left < right ? -1 : 1;
  }
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  if (left instanceof Timestamp && right instanceof Timestamp) return left.ms - right.ms;
  if (left instanceof Duration && right instanceof Duration) return left.ms - right.ms;
  throw mismatch(operator, left, right);
}

/** Whether a list has an element, or a map a key. */
function contains(item: Value, holder: Value, budget: Budget): boolean {
  if (isArray(holder)) return holder.some((element) => equal(item, element, budget));
  if (isMap(holder) && typeof item === 'string') {
    budget.read(item.length);
    return ownField(holder, item) !== undefined;
  }
  const mend =
    typeof holder === 'string' ? 'For text write `text.contains(part)`' : 'It takes a list, or a key and a map';
  throw fail('expression.type', `"in" cannot be applied to ${kindOf(item)} and ${kindOf(holder)}`, mend);
}

function listsEqual(a: Value[], b: Value[], budget: Budget, depth: number): boolean {
  return a.length === b.length && a.every((item, i) => equal(item, b[i] as Value, budget, depth));
}

function mapsEqual(a: ValueMap, b: ValueMap, budget: Budget, depth: number): boolean {
  const keys = keysOf(a);
  const others = keysOf(b).length;
  budget.spend((keys.length + others) * 2);
  if (keys.length !== others) return false;
  return keys.every((key) => hasOwn(b, key) && equal(a[key] as Value, b[key] as Value, budget, depth));
}

function mismatch(operator: string, left: Value, right: Value): Error {
  const kinds: Kind[] = [kindOf(left), kindOf(right)];
  return fail('expression.type', `"${operator}" cannot be applied to ${kinds.join(' and ')}`, hint(operator, kinds));
}

function hint(operator: string, kinds: Kind[]): string {
  if (kinds.includes('null')) return 'Give a value for the missing one: `default(x, 0)`';
  if (kinds.includes('optional')) return 'Take the value out first: `x.orValue(0)`';
  if (operator === '+' && kinds.includes('string'))
    return 'Make both text with `string(x)`, or both numbers with `double(x)`';
  if (kinds.includes('string')) return 'Turn text into a number with `int(x)` or `double(x)`';
  return 'Both sides must be of the same kind';
}
