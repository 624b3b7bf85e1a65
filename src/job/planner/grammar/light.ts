import type { Input } from './input';
import { isVerb } from './lead';

/**
 * Token after a small word that carries nothing of what is to be done: an article, an auxiliary, a relative pronoun,
 * courtesy. `at` itself where the word may count: one that denies, excepts, restricts, orders or says when is never small.
 */
export function afterLight(input: Input, at: number): number {
  // "compter ensuite les notices": a word of order after its verb
  if (input.is(at, 'midway') && isVerb(input, at - 1)) return input.skip(at, 'midway');
  if (input.tokens[at]?.kind !== 'word' || input.is(at, ...WEIGHTY)) return at;
  return input.skip(at, 'light', 'the', 'filler', 'midway');
}

/** Concepts of words that deny, except, restrict or order: they change what is said wherever they stand. */
export const CHANGING = [
  'not',
  'refuse_not',
  'without',
  'except',
  'only',
  'unless',
  'if',
  'otherwise',
  'beforehand',
  'until',
  'then',
] as const;

/** Concepts of words that change what a clause says. */
const WEIGHTY = [...CHANGING, 'before', 'after', 'every', 'each', 'or'] as const;
