import type { Json, JsonObject } from '../../schemas/json';
import { textOf } from '../transform/columns';
import { isThere, type Item } from '../transform/fields';
import { exactSum } from '../transform/sum';
import { momentOf, numberOf } from '../transform/values';
import { titleOf } from './names';

type There = Exclude<Json, null>;

/** What the items of a list say in one field. `least` and `most` name the items that have them. */
export interface FieldFacts {
  name: string;
  filled: number;
  kind: 'number' | 'date' | 'text' | 'flag' | 'nested' | 'mixed';
  range?: { least: Extreme; most: Extreme };
  /** of numbers that can be added up, not of years and numbers that are names */
  figures?: { sum: number; mean: number };
  /** how many items have each value, the commonest first; where values come again */
  counts?: [value: string, count: number][];
  distinct: number;
}

export interface Extreme {
  value: string | number;
  /** title of the item */
  item: string | undefined;
}

/** Values of a field that are counted one by one, at most. */
const FEW = 8;

/** Numbers that name or place something: their sum says nothing. */
const NAMES_SOMETHING =
  /(^|[_\s.-])(id|ids|no|nr|num|number|code|zip|postcode|year|lat|lng|lon|phone|version|index|port)$/i;

/** Facts of all fields of a list, in the order in which items first have them. */
export function fieldFacts(items: readonly Item[]): FieldFacts[] {
  const names = [...new Set(items.flatMap((item) => Object.keys(item)))];
  const titles = items.map(titleText);
  return names.map((name) => {
    const there: { value: There; item: string | undefined }[] = [];
    for (const [i, item] of items.entries()) {
      const value = Object.hasOwn(item, name) ? item[name] : undefined;
      if (isThere(value) && value !== '') there.push({ value, item: titles[i] });
    }
    return factsOf(name, there);
  });
}

function factsOf(name: string, there: readonly { value: There; item: string | undefined }[]): FieldFacts {
  const values = there.map(({ value }) => value);
  const counts = countValues(values);
  const facts = { name, filled: there.length, distinct: counts.length };
  const kind = kindOf(values);
  if (kind === 'nested' || kind === 'mixed') return { ...facts, kind };
  if (kind === 'flag') return { ...facts, kind, counts };
  if (kind === 'text') {
    const again = counts.length <= FEW && counts.length < values.length;
    return { ...facts, kind, ...(again ? { counts } : {}) };
  }
  const place = kind === 'number' ? numberOf : momentOf;
  const numbers = values.map((value) => place(value) ?? 0);
  const at = (best: (a: number, b: number) => boolean): Extreme => {
    const found = numbers.reduce((chosen, number, i) => (best(number, numbers[chosen] ?? number) ? i : chosen), 0);
    const value = kind === 'number' ? (numbers[found] ?? 0) : textOf(values[found]);
    return { value, item: there[found]?.item };
  };
  const range = { least: at((a, b) => a < b), most: at((a, b) => a > b) };
  if (kind === 'date' || NAMES_SOMETHING.test(name.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1_$2')))
    return { ...facts, kind, range };
  const sum = exactSum(numbers);
  return { ...facts, kind, range, figures: { sum, mean: sum / numbers.length } };
}

function kindOf(values: readonly There[]): FieldFacts['kind'] {
  if (values.length === 0) return 'text';
  if (values.every((value) => typeof value === 'object')) return 'nested';
  if (values.every((value) => typeof value === 'boolean')) return 'flag';
  if (values.every((value) => numberOf(value) !== undefined)) return 'number';
  if (values.every((value) => momentOf(value) !== undefined)) return 'date';
  return values.every((value) => typeof value === 'string') ? 'text' : 'mixed';
}

function countValues(values: readonly There[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) {
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}

function titleText(item: JsonObject): string | undefined {
  const name = titleOf(Object.keys(item));
  const value = name === undefined ? null : (item[name] ?? null);
  return value === null || typeof value === 'object' ? undefined : String(value);
}
