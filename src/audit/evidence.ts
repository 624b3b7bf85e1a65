import type { Language } from '../../schemas/language';
import { reworkCategories } from './lexicon/categories';
import { english } from './lexicon/english';
import { french } from './lexicon/french';
import { buildingVerbs, falseFriends, namingNouns } from './lexicon/names';
import { type Topic, type Waste, wastes } from './lexicon/topics';
import { READ_CHARACTERS } from './normalise';
import { compileLexicon, type Hit, STRONG } from './phrases';
import { languageOf, type Word, wordsOf } from './words';

const matchers = { en: compileLexicon(english), fr: compileLexicon(french) };
const categoryMatcher = compileLexicon({ rework: reworkCategories });

/** Evidence in a row's text and category. `waste` is undefined if the evidence is not enough: nothing is guessed. */
export interface Evidence {
  words: Word[];
  waste: Waste | undefined;
  /** other wastes with enough evidence */
  also: Waste[];
  /** words found, by topic with enough evidence */
  quotes: Map<Topic, string[]>;
  /** true if a model named the waste, with these words */
  sorted?: true;
}

/**
 * Reads a text in its own language, or in both if its words do not show which, the report's first. One strong phrase or
 * two weak ones prove a waste; of equals, the one named first wins. Words count in their context: not in the name of a
 * screen or a document, and not where the row is about building something. A category that says rework is evidence too.
 */
export function readEvidence(text: string, fallback: Language, category = ''): Evidence {
  const read = text.slice(0, READ_CHARACTERS);
  const words = wordsOf(read);
  const language = languageOf(words);
  const hits = isAboutBuilding(words) ? [] : hitsIn(language ?? fallback, read, words);
  if (hits.length === 0 && language === undefined && !isAboutBuilding(words))
    hits.push(
      ...hitsIn(fallback === 'en' ? 'fr' : 'en', read, words).filter(
        ({ quote }) => !falseFriends.has(quote.toLowerCase()),
      ),
    );
  return weigh(words, [...hits, ...categoryHits(category)]);
}

/** Hits in their context. */
function hitsIn(language: Language, read: string, words: readonly Word[]): Hit<Topic>[] {
  return matchers[language](read, words).filter((hit) => !isName(hit, read, words));
}

function categoryHits(category: string): Hit<Topic>[] {
  const read = category.slice(0, READ_CHARACTERS);
  const words = wordsOf(read);
  // after everything in the text, which is nearer to the work than its category
  return categoryMatcher(read, words)
    .filter((hit) => !isName(hit, read, words))
    .map((hit) => ({ ...hit, from: hit.from + READ_CHARACTERS }));
}

/** Whether a row begins with a verb of building or planning, after marks and labels such as `[club]` or `feat:`. */
function isAboutBuilding(words: readonly Word[]): boolean {
  return words.slice(0, 1).some(({ folded }) => buildingVerbs.has(folded));
}

/** Whether a hit is the name of a thing: a naming noun follows, or its words are capitalised as names are. */
function isName(hit: Hit<Topic>, read: string, words: readonly Word[]): boolean {
  const next = words.find(({ from }) => from >= hit.to);
  if (next && namingNouns.has(next.folded) && /^[\s-]+$/.test(read.slice(hit.to, next.from))) return true;
  if (hit.topic === 'rework') return false;
  const own = words.filter(({ from, to }) => from >= hit.from && to <= hit.to);
  const begins = !/\p{L}/u.test(read.slice(0, hit.from));
  const capitals = (begins ? own.slice(1) : own).map(({ from, to }) => /^\p{Lu}\p{Ll}/u.test(read.slice(from, to)));
  return capitals.length > 0 && capitals.every(Boolean);
}

function weigh(words: Word[], hits: readonly Hit<Topic>[]): Evidence {
  const scores = new Map<Topic, number>();
  const found = new Map<Topic, string[]>();
  const first = new Map<Topic, number>();
  for (const hit of hits) {
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
