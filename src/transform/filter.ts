import type { Json } from '../../schemas/json';
import { canonical } from '../../core/canonical';
import { TransformError } from './errors';
import { fieldOf, isThere, knownField, type Item } from './fields';
import { fitsGlob } from './glob';
import type { Condition, Filter } from './schema';
import { compare, momentOf, numberOf } from './values';

type Test = (value: Json | undefined) => boolean;

/** Items that fit the conditions, in their order. A field that an item lacks equals null alone. */
export function filter({ items, where, match, ignore_case }: Filter): {
  items: Item[];
  count: number;
  dropped: number;
} {
  const tests = where.map((condition) => {
    const { field: name, op } = condition;
    const test = testOf({ ...condition, ignore_case: condition.ignore_case ?? ignore_case });
    const field = op === 'exists' || op === 'missing' ? fieldOf(name) : knownField(items, name);
    return (item: Item) => test(field(item));
  });
  const fits =
    match === 'any'
      ? (item: Item) => tests.some((test) => test(item))
      : (item: Item) => tests.every((test) => test(item));
  const kept = items.filter(fits);
  return { items: kept, count: kept.length, dropped: items.length - kept.length };
}

function testOf(condition: Condition): Test {
  const { op, ignore_case: folds = false } = condition;
  if (op === 'exists') return isThere;
  if (op === 'missing') return (value) => !isThere(value);
  if (condition.value === undefined) throw invalid(condition, 'needs a value');
  const fold = folds ? folded : (value: Json | undefined) => value;
  const test = comparison({ ...condition, value: fold(condition.value) });
  return (value) => test(fold(value));
}

function comparison(condition: Condition): Test {
  const { op, value: wanted = null } = condition;
  switch (op) {
    case 'eq':
      return equals(wanted);
    case 'ne':
      return not(equals(wanted));
    case 'in':
      return isIn(condition);
    case 'not_in':
      return not(isIn(condition));
    case 'lt':
      return ordered(condition, (order) => order < 0);
    case 'le':
      return ordered(condition, (order) => order <= 0);
    case 'gt':
      return ordered(condition, (order) => order > 0);
    case 'ge':
      return ordered(condition, (order) => order >= 0);
    case 'contains':
      return contains(wanted);
    case 'not_contains':
      return not(contains(wanted));
    case 'starts_with':
      return onText(condition, (text, part) => text.startsWith(part));
    case 'ends_with':
      return onText(condition, (text, part) => text.endsWith(part));
    case 'matches':
      return onText(condition, fitsGlob);
    default:
      throw invalid(condition, 'is no comparison');
  }
}

const not =
  (test: Test): Test =>
  (value) =>
    !test(value);

/** A number equals a text that says it; dates and times are equal if they are the same moment. */
function equals(wanted: Json): Test {
  if (!isThere(wanted)) return (value) => !isThere(value);
  if (typeof wanted === 'object') {
    const text = canonical(wanted);
    return (value) => typeof value === 'object' && value !== null && canonical(value) === text;
  }
  const [number, moment] = [numberOf(wanted), momentOf(wanted)];
  return (value) => {
    if (value === wanted) return true;
    if (typeof value === 'number' || typeof wanted === 'number')
      return number !== undefined && numberOf(value) === number;
    return moment !== undefined && momentOf(value) === moment;
  };
}

function isIn(condition: Condition): Test {
  if (!Array.isArray(condition.value)) throw invalid(condition, 'needs a list as its value');
  const plain = new Set(condition.value);
  const tests = condition.value.map(equals);
  return (value) => (value !== undefined && plain.has(value)) || tests.some((test) => test(value));
}

function ordered(condition: Condition, holds: (order: number) => boolean): Test {
  const { value: wanted } = condition;
  if (!isThere(wanted) || typeof wanted === 'object') throw invalid(condition, 'needs a number, a text or a date');
  return (value) => {
    const order = compare(value, wanted);
    return order !== undefined && holds(order);
  };
}

/** A text contains letters, a list contains a value. */
function contains(wanted: Json): Test {
  const test = equals(wanted);
  return (value) => {
    if (Array.isArray(value)) return value.some(test);
    return typeof value === 'string' && isThere(wanted) && typeof wanted !== 'object' && value.includes(String(wanted));
  };
}

function onText(condition: Condition, holds: (text: string, part: string) => boolean): Test {
  const { value: part } = condition;
  if (typeof part !== 'string') throw invalid(condition, 'needs a text as its value');
  return (value) => {
    if (typeof value === 'number') return holds(String(value), part);
    return typeof value === 'string' && holds(value, part);
  };
}

function folded(value: Json | undefined): Json | undefined {
  if (typeof value === 'string') return value.toLowerCase();
  return Array.isArray(value) ? value.map((one) => folded(one) ?? null) : value;
}

const invalid = ({ field, op }: Condition, what: string) =>
  new TransformError('bad_operation', `the condition ${op} of ${JSON.stringify(field)} ${what}`, { field });
