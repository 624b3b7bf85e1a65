import type { Family } from '../family';
import type { Span } from '../reading';
import { BULLET } from '../text/tokens';
import type { Slots } from './input';

/** Separation of a clause from the one before it. */
export interface Lead {
  /** token at which the clause itself begins */
  at: number;
  /** nothing, a comma or "and", a word of order, or a new sentence */
  kind: 'none' | 'soft' | 'then' | 'sentence';
  /** to be done before what was said last */
  beforehand: boolean;
  /** fillers that were skipped: their tokens */
  skipped: Span[];
}

/** A clause of the goal: what it does, and the values that it was said with. Positions are tokens, `end` exclusive. */
export interface Clause {
  family: Family;
  start: number;
  end: number;
  lead: Lead;
  slots: Slots;
  skipped: Span[];
  /** small words that no pattern took, and words that would have to name something: what they cost */
  cost: number;
}

/** Clauses of a goal, and the parts of it that none of them took. */
export interface Parse {
  clauses: Clause[];
  unknown: Span[];
  /** what the reading left out, weighed; 0 for one that took in every word */
  cost: number;
}

const SENTENCE = new Set(['.', '!', ';', '?', '…', BULLET]);
const SOFT = new Set([',', ':', '(', ')', '-', '–', '—', '*', '+', '/']);

/** True for signs that end a sentence. */
export const endsSentence = (sign: string | undefined): boolean => SENTENCE.has(sign ?? '');

/** True for signs that part clauses, or nothing. */
export const isSoft = (sign: string | undefined): boolean => SOFT.has(sign ?? '');
