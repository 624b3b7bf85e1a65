import { english } from './lexicon/english';
import { french } from './lexicon/french';
import { type Topic, type Waste, wastes } from './lexicon/topics';
import type { Language } from './language';
import { READ_CHARACTERS } from './normalise';
import { compileLexicon, STRONG } from './phrases';
import { languageOf, type Word, wordsOf } from './words';

const matchers = { en: compileLexicon(english), fr: compileLexicon(french) };

/** What a row's text speaks for. `waste` is undefined where the evidence is not enough: nothing is guessed. */
export interface Evidence {
  words: Word[];
  waste: Waste | undefined;
  /** other wastes with enough evidence */
  also: Waste[];
  /** the words found, by topic with enough evidence */
  quotes: Map<Topic, string[]>;
}

/** Reads a text in its own language. A waste is proven by one strong phrase or two weak ones. */
export function readEvidence(text: string, fallback: Language): Evidence {
  const read = text.slice(0, READ_CHARACTERS);
  const words = wordsOf(read);
  const language = languageOf(words, fallback);
  const scores = new Map<Topic, number>();
  const found = new Map<Topic, string[]>();
  for (const hit of matchers[language](read, words)) {
    const quotes = found.get(hit.topic) ?? [];
    const quote = hit.quote.replace(/\s+/g, ' ').toLowerCase();
    if (!quotes.includes(quote)) {
      scores.set(hit.topic, (scores.get(hit.topic) ?? 0) + hit.weight);
      found.set(hit.topic, [...quotes, quote]);
    }
  }
  const quotes = new Map([...found].filter(([topic]) => (scores.get(topic) ?? 0) >= STRONG));
  const proven = wastes
    .filter((waste) => quotes.has(waste))
    .sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0));
  return { words, waste: proven[0], also: proven.slice(1), quotes };
}
