import type { Word } from './words';

/**
 * A phrase of a lexicon, written as words: `wait for`. `recheck*` is any word with that beginning; `..` stands for up
 * to twelve words in the same sentence; a leading `?` makes the phrase weak, so that it does not decide alone.
 */
export interface Phrase<Topic extends string> {
  topic: Topic;
  words: string[];
  weight: number;
}

/** A phrase found in a text. */
export interface Hit<Topic extends string> {
  topic: Topic;
  weight: number;
  from: number;
  to: number;
  quote: string;
}

export type Matcher<Topic extends string> = (text: string, words: readonly Word[]) => Hit<Topic>[];

export const STRONG = 2;
const WEAK = 1;
const GAP = 12;
const negators = new Set('no not never without zero none sans aucun aucune pas jamais'.split(' '));

export function compileLexicon<Topic extends string>(lexicon: Record<Topic, string>): Matcher<Topic> {
  const byFirst = new Map<string, Phrase<Topic>[]>();
  const byPrefix = new Map<string, Phrase<Topic>[]>();
  for (const [topic, list] of Object.entries(lexicon) as [Topic, string][]) {
    for (const entry of list.split(',').map((part) => part.trim().replace(/\s+/g, ' '))) {
      if (!entry) continue;
      const weak = entry.startsWith('?');
      const phrase = { topic, words: entry.replace('?', '').split(' '), weight: weak ? WEAK : STRONG };
      const first = phrase.words[0]!;
      const [index, key] = first.endsWith('*') ? [byPrefix, first.slice(0, 3)] : [byFirst, first];
      index.set(key, [...(index.get(key) ?? []), phrase]);
    }
  }
  return (text, words) => {
    const hits: Hit<Topic>[] = [];
    words.forEach(({ folded, from }, at) => {
      for (const phrase of [...(byFirst.get(folded) ?? []), ...(byPrefix.get(folded.slice(0, 3)) ?? [])]) {
        const places = placesOf(phrase.words, text, words, at);
        if (!places || isNegated(text, words, at)) continue;
        const to = words[places.at(-1)!]!.to;
        hits.push({ topic: phrase.topic, weight: phrase.weight, from, to, quote: quoteOf(places, text, words) });
      }
    });
    return hits.filter((hit) => !hits.some((other) => other !== hit && covers(other, hit)));
  };
}

/** Whether a hit hides another: of nested phrases in one topic only the longest counts. */
function covers<Topic extends string>(outer: Hit<Topic>, inner: Hit<Topic>): boolean {
  if (outer.topic !== inner.topic || outer.from > inner.from || outer.to < inner.to) return false;
  const longer = outer.to - outer.from > inner.to - inner.from;
  return longer ? outer.weight >= inner.weight : outer.weight > inner.weight;
}

/** Places of the words that a phrase matches from `start` on; undefined without a match. */
function placesOf(
  pattern: readonly string[],
  text: string,
  words: readonly Word[],
  start: number,
): number[] | undefined {
  const places: number[] = [];
  let at = start;
  for (let index = 0; index < pattern.length; index += 1) {
    if (pattern[index] === '..') {
      const next = pattern[index + 1]!;
      const limit = Math.min(words.length, at + GAP + 1);
      while (at < limit && !matches(next, words[at])) at += 1;
      if (at >= limit || /[.;!?\n]\s/.test(text.slice(words[start]!.from, words[at]!.from))) return undefined;
      continue;
    }
    if (!matches(pattern[index]!, words[at])) return undefined;
    places.push(at);
    at += 1;
  }
  return places;
}

/** Quotes the words of a hit, with `…` for the words between them. */
function quoteOf(places: readonly number[], text: string, words: readonly Word[]): string {
  let quote = '';
  places.forEach((place, index) => {
    const { from, to } = words[place]!;
    const before = places[index - 1];
    if (before !== undefined) quote += place === before + 1 ? text.slice(words[before]!.to, from) : ' … ';
    quote += text.slice(from, to);
  });
  return quote;
}

function matches(wanted: string, word: Word | undefined): boolean {
  if (!word) return false;
  return wanted.endsWith('*') ? word.folded.startsWith(wanted.slice(0, -1)) : word.folded === wanted;
}

/** Whether one of the two words before negates a word ("without waiting", "no error"), with no mark between. */
function isNegated(text: string, words: readonly Word[], at: number): boolean {
  for (const before of words.slice(Math.max(0, at - 2), at))
    if (negators.has(before.folded) && !/[.,;:!?()\n–—]/.test(text.slice(before.to, words[at]!.from))) return true;
  return false;
}
