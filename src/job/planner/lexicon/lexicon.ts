import type { Language } from '../../../../schemas/language';
import { distance } from '../text/distance';
import { fold } from '../text/fold';
import { tokenise, type Token } from '../text/tokens';
import { english } from './english';
import { french } from './french';
import { contracted, formsOf, type Words } from './inflect';

/** A phrase of the lexicon: its folded words and the concept that it stands for. */
interface Phrase {
  words: string[];
  concept: string;
}

/** Words of one language by what they mean. A word may mean several things; the grammar decides. */
export interface Lexicon {
  language: Language;
  /** what stands at a token: the concept, and the number of tokens of its phrase */
  meaningsAt(tokens: readonly Token[], at: number): { concept: string; length: number }[];
  /** true if the word stands in the lexicon, by itself or within a phrase */
  knows(folded: string): boolean;
  /** words that begin alike and are at most two letters away, the nearest first: people hardly miss the first letter */
  nearTo(folded: string): string[];
}

/** Letters of a word at least that is taken for another one, misspelled. */
const SHORTEST = 5;

/** The lexicon of each language, compiled once. */
export const lexicons: Readonly<Record<Language, Lexicon>> = {
  get en() {
    return lexiconOf('en', english);
  },
  get fr() {
    return lexiconOf('fr', french);
  },
};

const made = new Map<Language, Lexicon>();

/** A lexicon is made when it is first used: a process that plans nothing waits for none. */
function lexiconOf(language: Language, words: Words): Lexicon {
  const lexicon = made.get(language) ?? compile(language, words);
  made.set(language, lexicon);
  return lexicon;
}

function compile(language: Language, words: Words): Lexicon {
  const phrases = new Map<string, Phrase[]>();
  const known = new Set<string>();
  for (const [concept, entry] of Object.entries(words))
    for (const form of formsOf(entry).flatMap((one) => (language === 'fr' ? contracted(one) : [one]))) {
      const phrase = { words: wordsOf(form), concept };
      const [first = ''] = phrase.words;
      phrases.set(first, [...(phrases.get(first) ?? []), phrase]);
      for (const word of phrase.words) known.add(word);
    }
  const long = new Map<string, string[]>();
  for (const word of known)
    if (word.length >= SHORTEST) long.set(word.charAt(0), [...(long.get(word.charAt(0)) ?? []), word]);
  return {
    language,
    meaningsAt: (tokens, at) => {
      const first = tokens[at];
      if (!first || (first.kind !== 'word' && first.kind !== 'sign')) return [];
      return (phrases.get(first.folded) ?? []).flatMap(({ words: rest, concept }) =>
        rest.every((word, index) => isWord(tokens[at + index], word)) ? [{ concept, length: rest.length }] : [],
      );
    },
    knows: (folded) => known.has(folded),
    nearTo: (folded) => {
      const most = folded.length < SHORTEST ? 0 : folded.length < 10 ? 1 : 2;
      if (most === 0) return [];
      return (long.get(folded.charAt(0)) ?? [])
        .flatMap((word) => {
          const edits = distance(folded, word, most);
          return edits > 0 && edits <= most ? [{ word, edits }] : [];
        })
        .sort((a, b) => a.edits - b.edits)
        .map(({ word }) => word);
    },
  };
}

/** What stands in quotes is no part of a phrase: `write "down" to a.txt`. */
const isWord = (token: Token | undefined, word: string): boolean => token?.folded === word && token.kind !== 'quoted';

/** Words of a phrase as a goal's tokens have them; what hangs on a word (`-les`, `'s`, `l'`) is a token of its own. */
function wordsOf(form: string): string[] {
  if (/^[-']\w+$/.test(form)) return [fold(form)];
  const tokens = form.endsWith("'") ? tokenise(`${form}x`).slice(0, -1) : tokenise(form);
  return tokens.map(({ folded }) => folded);
}
