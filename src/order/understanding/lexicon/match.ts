import { currencyCode } from '../numbers';
import { isIdeographic, plainWords } from '../text';
import { unitCode } from '../units';
import { headings, type HeadingLanguage, type Sense } from './headers';

/** Meanings of a heading, best first, with scores from 0 to 1; empty if it is unknown. */
export interface Meaning {
  senses: { sense: Sense; score: number }[];
  languages: readonly HeadingLanguage[];
}

const NOTHING: Meaning = { senses: [], languages: [] };

interface Entry {
  senses: Sense[];
  languages: HeadingLanguage[];
}

const phrases = new Map<string, Entry>();
for (const [sense, byLanguage] of Object.entries(headings) as [Sense, Partial<Record<HeadingLanguage, string>>][]) {
  for (const [language, list] of Object.entries(byLanguage) as [HeadingLanguage, string][]) {
    for (const phrase of list.split('|')) {
      const entry = phrases.get(phrase) ?? { senses: [], languages: [] };
      if (!entry.senses.includes(sense)) entry.senses.push(sense);
      if (!entry.languages.includes(language)) entry.languages.push(language);
      phrases.set(phrase, entry);
    }
  }
}
const ideographic = [...phrases].filter(([phrase]) => isIdeographic(phrase)).sort(([a], [b]) => b.length - a.length);

/** A longer text is a sentence, not a heading. */
const LONGEST = 90;
const MOST_WORDS = 12;
const LONGEST_PHRASE = 6;

const known = new Map<string, Meaning>();
const KNOWN = 4_000;

/** Meaning of a heading, from the cache if the text was looked up before. */
export function meaningOf(text: string): Meaning {
  if (text === '' || text.length > LONGEST) return NOTHING;
  const before = known.get(text);
  if (before) return before;
  const meaning = lookUpMeaning(text);
  if (known.size >= KNOWN) known.clear();
  known.set(text, meaning);
  return meaning;
}

function lookUpMeaning(text: string): Meaning {
  const whole = plainWords(text);
  return exactMeaning(whole) ?? meaningWithoutBrackets(text) ?? bilingualMeaning(text) ?? meaningByParts(whole);
}

const exactMeaning = (plain: string, score = 1): Meaning | undefined => {
  const entry = phrases.get(plain) ?? phrases.get(withoutCurrency(plain)) ?? phrases.get(withPlainNo(plain));
  return entry && { senses: entry.senses.map((sense) => ({ sense, score })), languages: entry.languages };
};

const withoutCurrency = (plain: string): string =>
  plain
    .split(' ')
    .filter((word) => word === 'zl' || currencyCode(word) === undefined)
    .join(' ');

const withPlainNo = (plain: string): string => plain.replace(/\b(no|num|nr)\b/g, 'no');

/** Meaning of `Qty (pcs)`, `Qté (stock)`, `PU HT [€] *`: words in brackets count only if they change it. */
function meaningWithoutBrackets(text: string): Meaning | undefined {
  const inside = /[([（【]([^()[\]（）【】]*)[)\]）】]/.exec(text);
  if (!inside) return undefined;
  const head = exactMeaning(plainWords(text.replace(inside[0], ' ')), 0.97);
  if (!head) return undefined;
  const changes = exactMeaning(plainWords(inside[1] ?? ''), 0.9)?.senses.filter(({ sense }) =>
    ['other_quantity', 'ordered', 'discount_amount', 'price_gross', 'amount_gross'].includes(sense),
  );
  const quantity = head.senses.some(({ sense }) => sense === 'quantity');
  return quantity && changes?.length ? { senses: changes, languages: head.languages } : head;
}

/** Meaning of `Qté / Qty` or `Désignation | Description`, whose parts must agree. */
function bilingualMeaning(text: string): Meaning | undefined {
  const parts = text.split(/\s*[/|\n·•]\s*|\s+[-–—]\s+/).filter((part) => plainWords(part) !== '');
  if (parts.length < 2 || parts.length > 4) return undefined;
  const meanings = parts.map((part) => exactMeaning(plainWords(part)));
  if (meanings.some((meaning) => meaning === undefined)) return undefined;
  const [first, ...others] = meanings as Meaning[];
  const shared = first?.senses.filter(({ sense }) =>
    others.every((other) => other.senses.some((theirs) => areAlike(theirs.sense, sense))),
  );
  if (!first || !shared?.length) return undefined;
  return { senses: shared, languages: [...new Set((meanings as Meaning[]).flatMap(({ languages }) => languages))] };
}

const areAlike = (a: Sense, b: Sense): boolean =>
  a === b || (['quantity', 'ordered'].includes(a) && ['quantity', 'ordered'].includes(b));

/** Senses in the order in which they decide a heading of several known words: the narrowest first. */
const NARROWING: readonly Sense[] = [
  ...([
    'tax',
    'other_quantity',
    'discount_amount',
    'discount_percent',
    'list_price',
    'price_gross',
    'amount_gross',
  ] as const),
  ...([
    'ean',
    'delivery_date',
    'total_quantity',
    'unit_price',
    'amount',
    'ordered',
    'quantity',
    'line_number',
  ] as const),
  ...(['reference', 'variant', 'unit', 'destination', 'note', 'description', 'other'] as const),
];

/** Words that say nothing about the role of a column. */
const FILLERS = new Set(
  'the|of|by|nach|je|pro|in|en|de|du|des|la|le|les|d|l|per|par|for|pour|a|to|and|et|und|y|e|your|votre|vos|our|notre|ihre|hors|taxes|excl|ex|ht|h|t|total'.split(
    '|',
  ),
);

const PRICED = new Set<Sense>(['unit_price', 'other_quantity', 'quantity', 'unit']);

function meaningByParts(plain: string): Meaning {
  if (isIdeographic(plain)) return meaningByContaining(plain.replaceAll(' ', ''));
  const words = plain.split(' ');
  if (words.length > MOST_WORDS) return NOTHING;
  const found: { entry: Entry; at: number; words: number }[] = [];
  for (let at = 0; at < words.length;) {
    let taken = 0;
    for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 0; length -= 1) {
      const phrase = words.slice(at, at + length).join(' ');
      const entry = length === 1 && phrase.length < 2 ? undefined : phrases.get(phrase);
      if (!entry) continue;
      found.push({ entry, at, words: length });
      taken = length;
      break;
    }
    at += Math.max(1, taken);
  }
  if (found.length === 0) return NOTHING;
  const covered = found.reduce((sum, { words: count }) => sum + count, 0);
  const said = words.filter(
    (word, index) =>
      !found.some(({ at, words: count }) => at <= index && index < at + count) &&
      !FILLERS.has(word) &&
      !/^\d+$/.test(word) &&
      unitCode(word) === undefined &&
      currencyCode(word) === undefined,
  );
  const score = (0.9 * covered) / (covered + said.length) - 0.05 * (found.length - 1);
  const senses = found.flatMap(({ entry }) => entry.senses);
  // `Price per pack` is a price
  const first = found[0]?.entry.senses[0];
  const price = first === 'unit_price' && senses.every((each) => PRICED.has(each));
  const sense = price ? first : NARROWING.find((candidate) => senses.includes(candidate));
  if (!sense) return NOTHING;
  return { senses: [{ sense, score }], languages: [...new Set(found.flatMap(({ entry }) => entry.languages))] };
}

function meaningByContaining(plain: string): Meaning {
  const found = ideographic.find(([phrase]) => plain.includes(phrase));
  if (!found) return NOTHING;
  const [phrase, entry] = found;
  const score = 0.5 + (0.45 * phrase.length) / plain.length;
  return { senses: entry.senses.map((sense) => ({ sense, score })), languages: entry.languages };
}

export const scoreOf = (meaning: Meaning, sense: Sense): number =>
  meaning.senses.find((candidate) => candidate.sense === sense)?.score ?? 0;

export const bestScore = (meaning: Meaning): number =>
  meaning.senses.reduce((best, { score }) => Math.max(best, score), 0);
