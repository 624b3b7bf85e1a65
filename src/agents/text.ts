import { smallWords } from '../words';

/** Texts as the rules of agents read them. */

/** Lower case, without accents. */
export const fold = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Words of a text, folded. */
export const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Sentences of a text as they stand, trimmed; a line that ends without a mark is one too. */
export const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[.!?…])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter(Boolean);

/** Words that carry the subject of a text, folded, each once. */
export const subjectWords = (text: string): Set<string> =>
  new Set(wordsOf(text).filter((word) => word.length > 1 && !smallWords.has(word)));

/** A number that stands as one, or in words such as `1,200`, `1 200`, `12.5` or `20k`; undefined where it is none. */
export function amountOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const [, digits = '', thousands] =
    /^\D{0,4}(\d{1,3}(?:[ ,’'\u00a0\u202f]\d{3})+|\d+(?:\.\d+)?)\s*(k)?\D{0,12}$/i.exec(value.trim()) ?? [];
  if (digits === '') return undefined;
  return Number(digits.replaceAll(/[ ,’'\u00a0\u202f]/g, '')) * (thousands === undefined ? 1 : 1_000);
}
