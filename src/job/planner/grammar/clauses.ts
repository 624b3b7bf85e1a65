import type { Clause } from '../family';
import type { Span } from '../reading';
import { BULLET } from '../text/tokens';

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
