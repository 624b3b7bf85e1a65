import type { Family } from '../family';
import { fold } from '../text/fold';
import type { Token } from '../text/tokens';
import { readClauses } from './chart';
import type { Parse } from './clauses';
import { type Input } from './input';

/** A word that was taken for another one, the goal with it, and how that is read. */
export interface Correction {
  from: string;
  to: string;
  tokens: Token[];
}

/** Tokens before a part that was not understood in which a misspelled word is looked for as well. */
const BEFORE = 2;

/**
 * The word in or near a part that was not understood that, spelled as the lexicon spells it, lets more of the goal be
 * read; undefined if there is none.
 */
export function correctSpelling(input: Input, families: readonly Family[], parse: Parse): Correction | undefined {
  let best: { correction: Correction; cost: number } | undefined;
  for (const [start, end] of parse.unknown) {
    for (let at = Math.max(0, start - BEFORE); at < end; at++) {
      const token = input.tokens[at];
      if (token?.kind !== 'word' || input.lexicon.knows(token.folded)) continue;
      const near = input.lexicon.nearTo(token.folded);
      for (const word of near.filter((one) => `${one}s` !== token.folded).slice(0, 4)) {
        const tokens = input.tokens.map((each, index) =>
          index === at ? { ...each, text: word, folded: fold(word) } : each,
        );
        const { cost } = readClauses(input.with(tokens), families);
        if (cost < (best?.cost ?? parse.cost)) best = { correction: { from: token.text, to: word, tokens }, cost };
      }
      if (best) return best.correction;
    }
  }
  return undefined;
}
