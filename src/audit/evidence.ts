import type { Language } from '../../schemas/language';
import { english } from './lexicon/english';
import { french } from './lexicon/french';
import { type Topic, type Waste, wastes } from './lexicon/topics';
import { READ_CHARACTERS } from './normalise';
import { compileLexicon, STRONG } from './phrases';
import { languageOf, type Word, wordsOf } from './words';

const matchers = { en: compileLexicon(english), fr: compileLexicon(french) };

/** Evidence in a row's text. `waste` is undefined if the evidence is not enough: nothing is guessed. */
export interface Evidence {
  words: Word[];
  waste: Waste | undefined;
  /** other wastes with enough evidence */
  also: Waste[];
  /** words found, by topic with enough evidence */
  quotes: Map<Topic, string[]>;
}

/**
 * Reads a text in its own language, or in both if its words do not show which, the report's first. One strong phrase or
 * two weak ones prove a waste; of equals, the one named first wins.
 */
export function readEvidence(text: string, fallback: Language): Evidence {
  const read = text.slice(0, READ_CHARACTERS);
  const words = wordsOf(read);
  const language = languageOf(words);
  if (language) return readIn(language, read, words);
  const first = readIn(fallback, read, words);
  return first.quotes.size > 0 ? first : readIn(fallback === 'en' ? 'fr' : 'en', read, words);
}

function readIn(language: Language, read: string, words: Word[]): Evidence {
  const scores = new Map<Topic, number>();
  const found = new Map<Topic, string[]>();
  const first = new Map<Topic, number>();
  for (const hit of matchers[language](read, words)) {
    const quotes = found.get(hit.topic) ?? [];
    const quote = hit.quote.replace(/\s+/g, ' ').toLowerCase();
    if (!quotes.includes(quote)) {
      scores.set(hit.topic, (scores.get(hit.topic) ?? 0) + hit.weight);
      found.set(hit.topic, [...quotes, quote]);
      first.set(hit.topic, Math.min(hit.from, first.get(hit.topic) ?? hit.from));
    }
  }
  const quotes = new Map([...found].filter(([topic]) => (scores.get(topic) ?? 0) >= STRONG));
  const proven = wastes
    .filter((waste) => quotes.has(waste))
    .sort((a, b) => scores.get(b)! - scores.get(a)! || first.get(a)! - first.get(b)!);
  return { words, waste: proven[0], also: proven.slice(1), quotes };
}
