import { currencyCode } from '../numbers';
import { isIdeographic, plainWords } from '../text';
import { isMeasure, unitCode } from '../units';
import { countedThing, storedThing, writtenTogether, type Composed } from './composed';
import { dayNamed } from './days';
import { FILLERS } from './fillers';
import { headings } from './headers';
import { programField } from './headings/programs';
import type { Sense } from './headings/sense';
import type { HeadingLanguage, Words } from './headings/words';
import { identityOf } from './identities';
import { isRange } from './ranges';
import { taxedThing } from './taxed';

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
for (const [sense, byLanguage] of Object.entries(headings) as [Sense, Words][]) {
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

/** What stands before the field in the headings of exports: `Order Lines/Product`, `order_line/product_uom_qty`. */
const PATH =
  /^(?:order[ _]?lines?|lignes? de commande|lignes? de la commande|auftragszeilen?|bestellzeilen?|auftragspositionen?|bestellpositionen?|líneas? (?:de|del) pedido|righe (?:ordine|dell'ordine)|orderregels?|linhas da encomenda|linhas do pedido|pozycje zamówienia|sipariş satırları|orderrader|ordrelinjer)\s*\/\s*(?=\S)/iu;

function lookUpMeaning(given: string): Meaning {
  const text = given.replace(PATH, '');
  const whole = plainWords(text);
  // `€/Stk`, `£ per case`: money for one of something
  if (/^(?:[€£$]|r\$|eur|gbp|usd|chf|kr)\.?\s*(?:\/|per |pro |par |je |p\/|à )/i.test(text.trim()))
    return { senses: [{ sense: 'unit_price', score: 0.95 }], languages: [] };
  if (isContent(text)) return { senses: [{ sense: 'other_quantity', score: 0.9 }], languages: [] };
  if (isRange(text)) return { senses: [{ sense: 'other', score: 0.95 }], languages: [] };
  const field = programField(whole);
  if (field) return { senses: [{ sense: field, score: 1 }], languages: [] };
  return (
    meaningForOne(text, whole) ??
    exactMeaning(whole) ??
    meaningWithoutBrackets(text) ??
    meaningBeforeTax(text) ??
    bilingualMeaning(text) ??
    composed(/[°º№#]/.test(text) ? undefined : countedThing(whole, (word) => phrases.has(word))) ??
    composed(dayNamed(whole)) ??
    composed(identityOf(text)) ??
    composed(storedThing(whole)) ??
    runTogether(whole) ??
    surest(meaningByParts(whole), composed(writtenTogether(whole)))
  );
}

const composed = (found: Composed | undefined): Meaning | undefined => found && { senses: [found], languages: [] };

/** `Col/carton`, `Bot./caja`, `lenses per box`: how many of something a pack holds. */
function isContent(text: string): boolean {
  // `Plaque de`, `Box of` over figures
  const [, single] = /^(\p{L}{3,12}) (?:de|of|à|zu|van|di|po|med|je)$/iu.exec(text.trim()) ?? [];
  if (single !== undefined && unitCode(plainWords(single)) !== undefined) return true;
  const [, of, pack] = PER.exec(text) ?? [];
  if (of === undefined || pack === undefined || text.length > 24) return false;
  const [thing, held] = [plainWords(of), unitCode(plainWords(pack))];
  if (held === undefined || held === 'pcs' || isMeasure(held) || !/^\p{L}{1,10}$/u.test(thing)) return false;
  const meant = exactMeaning(thing)?.senses.some(({ score }) => score >= 0.6) ?? false;
  return unitCode(thing) !== undefined || (!meant && currencyCode(thing) === undefined);
}

/** The meaning by parts, unless the heading is one word that only its end explains. */
const surest = (parts: Meaning, end: Meaning | undefined): Meaning => (bestScore(parts) === 0 && end ? end : parts);

const exactMeaning = (plain: string, score = 1): Meaning | undefined => {
  const entry =
    phrases.get(plain) ??
    phrases.get(withoutCurrency(plain)) ??
    phrases.get(withPlainNo(plain)) ??
    (plain.endsWith('#') ? phrases.get(`${plain.slice(0, -1).trim()} #`) : undefined);
  return entry && { senses: entry.senses.map((sense) => ({ sense, score })), languages: entry.languages };
};

/** Meaning of `ORDERDATE`, `ITEMNO`: two words of a heading without the space between them. */
function runTogether(plain: string): Meaning | undefined {
  if (!/^\p{L}{6,24}$/u.test(plain)) return undefined;
  for (let at = plain.length - 2; at >= 3; at -= 1) {
    const found = phrases.has(`${plain.slice(0, at)} ${plain.slice(at)}`);
    if (found) return exactMeaning(`${plain.slice(0, at)} ${plain.slice(at)}`, 0.9);
  }
  return undefined;
}

const withoutCurrency = (plain: string): string =>
  plain
    .split(' ')
    .filter((word) => word === 'zl' || currencyCode(word) === undefined)
    .join(' ');

const PER = /^(.+?)\s*(?:\/|\b(?:per|par|pro|je|por|pour|za|pr|al|à|a)\s)\s*(.+)$/iu;
const PRICES: ReadonlySet<Sense> = new Set<Sense>(['unit_price', 'money']);

/** Meaning of `€/ml`, `£ each`, `Prijs/100 kg`: money for one thing, or for so many, is a price. */
function meaningForOne(text: string, whole: string): Meaning | undefined {
  if (text.length > 30 || phrases.has(whole)) return undefined;
  const words = whole.split(' ').filter((word, at) => at === 0 || !/^(?:ex|excl|exc|net|nett|ht|hors)$/.test(word));
  const money = words.filter((word) => currencyCode(word) !== undefined);
  const rest = words.filter((word) => currencyCode(word) === undefined);
  const thing = rest.join(' ');
  const plain = phrases.get(thing)?.senses ?? [];
  if (money.length > 0 && unitCode(thing) !== undefined && !plain.includes('amount')) return PRICE;
  const [, of, one] = PER.exec(text) ?? [];
  if (of === undefined || one === undefined) return undefined;
  const [price, counted] = [plainWords(of), plainWords(one)];
  const isMoney =
    price !== '' &&
    (price.split(' ').every((word) => currencyCode(word) !== undefined) ||
      exactMeaning(price)?.senses.some(({ sense }) => PRICES.has(sense)) === true);
  const isThing = unitCode(counted) !== undefined || /^\d{1,4}(?: \p{L}+)?$/u.test(counted) || isShortWord(counted);
  return isMoney && isThing ? PRICE : undefined;
}

/** Meaning of `LUC ex GST`, `Preço s/ IVA`, `unit_price_tax_excl`: what is without tax is no tax. Tax alone heads money. */
function meaningBeforeTax(text: string): Meaning | undefined {
  const taxed = taxedThing(text);
  if (taxed === undefined) return undefined;
  const meant = exactMeaning(plainWords(taxed.thing), 0.97);
  return meant ?? (taxed.isMoney ? MONEY : undefined);
}

const MONEY: Meaning = { senses: [{ sense: 'money', score: 0.9 }], languages: [] };
const PRICE: Meaning = { senses: [{ sense: 'unit_price', score: 0.9 }], languages: [] };

const isShortWord = (word: string): boolean => /^\p{L}{1,7}$/u.test(word) && !phrases.has(word);

const withPlainNo = (plain: string): string => plain.replace(/\b(no|num|nr)\b/g, 'no');

/** Meaning of `Qty (pcs)`, `Qté (stock)`, `PU HT [€] *`: words in brackets count only if they change it. */
function meaningWithoutBrackets(text: string): Meaning | undefined {
  const inside = /[([（【]([^()[\]（）【】]*)[)\]）】]/.exec(text);
  if (!inside) return undefined;
  const head = exactMeaning(plainWords(text.replace(inside[0], ' ')), 0.97);
  if (!head) {
    // `Dim2 (Calibre)`: a word that says nothing is explained in brackets
    const explained = exactMeaning(plainWords(inside[1] ?? ''), 0.9);
    const isVariant = explained?.senses.some(({ sense }) => sense === 'variant') ?? false;
    return isVariant
      ? { senses: [{ sense: 'variant', score: 0.9 }], languages: explained?.languages ?? [] }
      : undefined;
  }
  // `Menge (VE)` counts packs
  const isPack = unitCode(inside[1] ?? '') !== undefined;
  const changes = (isPack ? undefined : exactMeaning(plainWords(inside[1] ?? ''), 0.9))?.senses.filter(({ sense }) =>
    ['other_quantity', 'ordered', 'discount_amount', 'price_gross', 'amount_gross'].includes(sense),
  );
  const quantity = head.senses.some(({ sense }) => sense === 'quantity');
  return quantity && changes?.length ? { senses: changes, languages: head.languages } : head;
}

/** Meaning of `Qté / Qty` or `Désignation | Description`, whose parts must agree. */
function bilingualMeaning(text: string): Meaning | undefined {
  const parts = text.split(/\s*[/|\n·•]\s*|\s+[-–—]\s+/).filter((part) => plainWords(part) !== '');
  if (parts.length < 2 || parts.length > 4) return undefined;
  const meanings = parts.map((part) => exactMeaning(plainWords(part)) ?? composed(identityOf(part)));
  // `EAN / DB-nr.` holds barcodes, whatever the other number is
  if (meanings.some((each) => each?.senses[0]?.sense === 'ean'))
    return { senses: [{ sense: 'ean', score: 0.9 }], languages: [] };
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
    'status',
    'currency',
  ] as const),
  ...([
    'order_number',
    'reference',
    'variant',
    'unit',
    'note',
    'destination',
    'description',
    'customer',
    'other',
    'money',
  ] as const),
];

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
  // `Remarques client` are remarks
  const own = price || first === 'note';
  const sense = own ? first : NARROWING.find((candidate) => senses.includes(candidate));
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
