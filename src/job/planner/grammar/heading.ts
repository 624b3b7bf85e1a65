import { VERBS } from '../lexicon/concepts';
import type { Lead } from '../family';
import type { Input } from './input';

/** Words at most of a heading. */
const WORDS = 10;
/** Words that say which ones are meant, how many, or how: they are no heading. */
const COUNTS = [
  'not',
  'none',
  'any',
  'only',
  'except',
  'without',
  'paged',
  'top',
  'best',
  'if',
  'unless',
  'before',
  'after',
  'each',
  'until',
  'or',
  'and',
];

/** Token after a heading such as "Two sources:" or "Irrigation:", which only says what follows; `at` for none. */
export function afterHeading(input: Input, { at, kind }: Lead): number {
  if (kind !== 'sentence') return at;
  for (let end = at; end <= at + WORDS; end++) {
    const token = input.tokens[end];
    if (token?.text === ':' && end > at) return isHeading(input, at, end) ? end + 1 : at;
    const isNumbered = token?.kind === 'number' && end > at && input.tokens[end - 1]?.kind === 'word';
    if (token?.kind !== 'word' && token?.text !== ',' && !isNumbered) return at;
  }
  return at;
}

/** True where nothing but small words stands before a word: "please post …", and not "customer 12 has moved". */
function isOpening(input: Input, from: number, at: number): boolean {
  for (let before = from; before < at; before++) if (!input.is(before, 'filler', 'light')) return false;
  return true;
}

/** Names only: nothing that does something, chooses or counts. */
function isHeading(input: Input, from: number, to: number): boolean {
  for (let at = from; at < to; at = Math.max(at + 1, input.skip(at, 'as_follows'))) {
    if (input.is(at, 'as_follows')) continue;
    const meanings = input.means(at);
    const isName = input.is(at, 'noun', 'data', 'place', 'compound', 'response', 'file', 'light', 'the');
    if (input.is(at, ...COUNTS)) return false;
    const isFirst = isOpening(input, from, at);
    if (!isName && isFirst && meanings.some((concept) => VERBS.has(concept))) return false;
  }
  return true;
}
