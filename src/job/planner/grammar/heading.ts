import { VERBS } from '../lexicon/concepts';
import type { Lead } from '../family';
import type { Input } from './input';

/** Words at most of a heading. */
const WORDS = 10;
/** Words that say which ones are meant, how many, or how: they are no heading. */
const COUNTS = [
  'not',
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
    if (token?.kind !== 'word' && token?.text !== ',') return at;
  }
  return at;
}

/** Names only: nothing that does something, chooses or counts. */
function isHeading(input: Input, from: number, to: number): boolean {
  for (let at = from; at < to; at = Math.max(at + 1, input.skip(at, 'as_follows'))) {
    if (input.is(at, 'as_follows')) continue;
    const meanings = input.means(at);
    const isName = input.is(at, 'noun', 'data', 'place', 'compound', 'response', 'file', 'light', 'the');
    if (input.is(at, ...COUNTS)) return false;
    const isFirst = at === from || input.is(at - 1, 'filler', 'light');
    if (!isName && isFirst && meanings.some((concept) => VERBS.has(concept))) return false;
  }
  return true;
}
