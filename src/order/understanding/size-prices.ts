import { isVariant } from './lexicon/labels';
import { meaningOf, scoreOf } from './lexicon/match';
import { KNOWN } from './header-rows';
import type { Heading, MatrixLabel } from './types';

const FROM = /(?:^|[\s(])(?:from|ab|d[eè]s|[aà] partir d[eu]|da|desde|a partir de|vanaf|od|fra|fr[aå]n)\s*$/iu;
const UP_TO =
  /(?:^|[\s(])(?:up to|to|bis|jusqu['’][aà](?: la)?|fino a(?:lla)?|hasta|tot(?: en met)?|at[eé]|do|til|till|<=?|≤)\s*$/iu;
const AND_UP =
  /^\s*(?:\+|(?:&|and|et|und|e|y|en|ou|i|och|og)\s*(?:up|above|over|larger|plus|\+|gr[oö](?:ss|ß)er|mehr|oltre|più|m[aá]s|mayor(?:es)?|groter|hoger|mais|acima|wi[eę]cej|upp|op)|up(?:wards)?)/iu;
const BETWEEN = /^\s*(?:[-–—/]|to|[aà]|bis|al?|hasta|tot|at[eé]|do|til|till)\s*$/iu;

/**
 * The column of the price of each size, where a matrix has several by ranges of sizes: `Price S-XL`, `Price 2XL+`. Undefined
 * unless the ranges cover each size exactly once.
 */
export function pricesBySize(
  headings: Iterable<Heading>,
  labels: readonly MatrixLabel[],
): Map<number, number> | undefined {
  const sizes = labels.map(({ variant }) => variant?.toLowerCase() ?? '');
  if (sizes.includes('') || new Set(sizes).size < sizes.length) return undefined;
  const prices = new Map<number, number>();
  const columns = new Set<number>();
  for (const { column, text } of headings) {
    const range = labels.some((label) => label.column === column) ? undefined : rangeIn(text, sizes);
    if (!range) continue;
    for (const { column: size } of labels.slice(range.first, range.last + 1)) {
      if (prices.has(size)) return undefined;
      prices.set(size, column);
    }
    columns.add(column);
  }
  return columns.size >= 2 && prices.size === labels.length ? prices : undefined;
}

/** The sizes that the heading of a price names, as places among all of them. A range may reach beyond them. */
function rangeIn(text: string, sizes: readonly string[]): { first: number; last: number } | undefined {
  const range = sizesOfPrice(text);
  if (!range) return undefined;
  const [from, to] = [range.from, range.to].map((size) => (size === undefined ? undefined : sizes.indexOf(size)));
  if ((from ?? to ?? -1) < 0 && (to ?? from ?? -1) < 0) return undefined;
  return { first: Math.max(0, from ?? 0), last: to === undefined || to < 0 ? sizes.length - 1 : to };
}

/** First and last size of a heading such as `Price 2XL+`, in small letters; open ends are absent. Undefined if it is none. */
export function sizesOfPrice(text: string): { from?: string; to?: string } | undefined {
  const named = [...text.matchAll(/[\p{L}\d]+(?:[.,]\d+)?/gu)].filter(({ 0: word }) => isVariant(word));
  const [one, two] = named;
  if (!one || named.length > 2) return undefined;
  const end = two ?? one;
  const before = text.slice(0, one.index);
  const after = text.slice(end.index + end[0].length);
  const rest = `${before.replace(FROM, ' ').replace(UP_TO, ' ')} ${after.replace(AND_UP, ' ')}`;
  const meaning = meaningOf(rest.replace(/[-–—/+<≤=()]/g, ' ').trim());
  if (!PRICES.some((sense) => scoreOf(meaning, sense) >= KNOWN)) return undefined;
  const [first, last] = [one[0].toLowerCase(), end[0].toLowerCase()];
  if (two)
    return BETWEEN.test(text.slice(one.index + one[0].length, two.index)) ? { from: first, to: last } : undefined;
  if (AND_UP.test(after) || FROM.test(before)) return { from: first };
  return UP_TO.test(before) ? { to: first } : { from: first, to: first };
}

const PRICES = ['unit_price', 'list_price', 'money'] as const;
