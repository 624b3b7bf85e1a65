import { contentScore, isSequence } from './content';
import { KNOWN } from './header-rows';
import { bestScore, scoreOf, type Meaning } from './lexicon/match';
import type { Sense } from './lexicon/headers';
import { share, type Profile } from './profile';
import { plainWords } from './text';
import type { ColumnRole, Heading } from './types';

/** Score of a column for a role. `word` is the heading's part, 0 to 1.5. */
export interface Score {
  column: number;
  word: number;
  total: number;
}

const meanings: Partial<Record<ColumnRole, [Sense, number][]>> = {
  reference: [['reference', 1]],
  ean: [['ean', 1]],
  description: [['description', 1]],
  variant: [['variant', 1]],
  destination: [['destination', 1]],
  quantity: [
    ['ordered', 1.4],
    ['quantity', 1],
    ['total_quantity', 0.75],
  ],
  unit: [['unit', 1]],
  unit_price: [
    ['unit_price', 1],
    ['price_gross', 0.7],
    ['list_price', 0.45],
  ],
  discount_percent: [['discount_percent', 1]],
  amount: [
    ['amount', 1],
    ['amount_gross', 0.7],
  ],
  delivery_date: [['delivery_date', 1]],
  note: [['note', 1]],
  line_number: [['line_number', 1]],
};

/** Headings of somebody's own references, which rank after a plain reference. */
const SECOND_HAND =
  /^(your|votre|ref client|customer|our|notre|supplier|ref fournisseur|reference fournisseur|vendor|ref fabricant|reference fabricant|ref interne|mpn|model|modele|modell|modelo|style|material)\b/;

/** Words for things that have both a number and a name. */
const ARTICLE = /^(?:articles?|items?|artikel|articulo|articolo|artigo|urun)$/;

/** Words for a number that may be a line's or a product's; a code is never a line's. */
const COUNTING = /^(?:item|no|nr|id|n|num|numero|pos|article|artikel)\b(?!.*\b(?:code|ref|reference|sku)\b)/;

/** Words for an order, which may head quantities or order numbers. */
const ORDER =
  /^(?:orders?|commandes?|cdes?|bestellung|pedidos?|ordini|ordine|bestelling|encomenda|siparis|zamowienie|заказ|votre commande|your order)$/;

export interface Described {
  heading?: Heading;
  profile: Profile;
  hidden: boolean;
  /** senses that other columns have */
  elsewhere: ReadonlySet<Sense>;
}

/** Score of a heading for a role; the content decides an unclear word: `Item` over 1, 2, 3 is a line number. */
export function wordScore(role: ColumnRole, { heading, profile, elsewhere }: Described): number {
  const meaning = heading?.meaning;
  if (!heading || !meaning) return 0;
  const has = (sense: Sense) => scoreOf(meaning, sense);
  const text = profile.seen > 0 && share(profile, 'texts') > 0.7 && profile.letters / profile.seen > 14;
  // of `SKU` and `Item`, the one without digits is a name
  const words = plainWords(heading.text);
  const wordy = share(profile, 'texts') > 0.7 && share(profile, 'codes') < 0.3;
  const named =
    text ||
    (wordy && ARTICLE.test(words)) ||
    (elsewhere.has('reference') && share(profile, 'texts') > 0.7 && share(profile, 'codes') < 0.3);
  const sequence = isSequence(profile);
  const counted = sequence && profile.largest <= profile.seen * 10 + 10 && COUNTING.test(words);
  const said = (meanings[role] ?? []).reduce((best, [sense, weight]) => Math.max(best, has(sense) * weight), 0);
  switch (role) {
    case 'reference': {
      if (named && !elsewhere.has('description')) return said * 0.5;
      if (counted) return said * 0.3;
      const number =
        has('line_number') > 0 && !sequence && !elsewhere.has('reference') && share(profile, 'codes') > 0.6;
      const product = has('description') > 0 && !text && share(profile, 'codes') > 0.8 && !elsewhere.has('reference');
      return Math.max(
        SECOND_HAND.test(plainWords(heading.text)) ? said - 0.2 : said,
        number ? 0.75 : 0,
        product ? 0.5 : 0,
      );
    }
    case 'line_number':
      return has('reference') > 0 && counted ? Math.max(said, 0.8 * has('reference')) : said;
    case 'ean':
      // `Jan` over 4 and 5 is a month, not a Japanese barcode
      if (profile.seen > 0 && profile.letters / profile.seen < 4) return 0;
      return has('reference') > 0 && elsewhere.has('reference') && share(profile, 'eans') > 0.6
        ? Math.max(said, 0.9)
        : said;
    case 'description':
      return has('reference') > 0 && named && !elsewhere.has('description') ? Math.max(said, 0.8) : said;
    case 'destination':
      // `Shop Leeds` over figures heads the quantities of that shop
      return said < 0.9 && share(profile, 'numbers') > 0.6 ? 0 : said;
    case 'unit_price':
      return has('unit') > 0 && share(profile, 'money') > 0.5 ? Math.max(said, 0.7) : said;
    case 'quantity': {
      const order = has('ordered') > 0 && profile.seen > 0 && profile.numbers === 0 && share(profile, 'codes') > 0.5;
      if (order || has('other_quantity') > said) return 0;
      // `Order` over 45001, 45001, 45001 is an order number; beside a quantity it may be either
      if (ORDER.test(words)) {
        const same = profile.seen >= 2 && profile.distinct === 1;
        if (profile.largest >= 1_000 && (same || elsewhere.has('quantity'))) return 0.3;
        if (elsewhere.has('quantity')) return has('ordered');
      }
      const total =
        has('amount') > 0 && !elsewhere.has('unit_price') && !elsewhere.has('quantity') && !elsewhere.has('ordered');
      return Math.max(said, total && profile.whole === profile.numbers && profile.numbers > 0 ? 0.6 : 0);
    }
    default:
      return said;
  }
}

/** Score of heading and content together; undefined if nothing speaks for the role. */
export function scoreFor(role: ColumnRole, described: Described): Score | undefined {
  const { heading, profile, hidden } = described;
  const word = wordScore(role, described);
  const content = contentScore(role, profile);
  if (word >= 0.4) {
    const total = 2 * word + content - (hidden ? 0.6 : 0);
    return total > 0.3 ? { column: profile.column, word, total } : undefined;
  }
  // a heading with another meaning rules the role out
  if (heading && bestScore(heading.meaning) >= KNOWN) return undefined;
  const total = 0.8 * content - (hidden ? 0.6 : 0);
  return content > 0.2 ? { column: profile.column, word: 0, total } : undefined;
}

/** Whether by its heading a column is neither quantity, price nor amount of an order. */
export const isOther = (meaning: Meaning | undefined): boolean =>
  meaning !== undefined &&
  ['other_quantity', 'tax', 'other', 'discount_amount'].some((sense) => scoreOf(meaning, sense as Sense) >= KNOWN);
