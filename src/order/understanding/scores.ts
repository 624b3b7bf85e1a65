import {
  areFractions,
  arePlaces,
  areYears,
  contentScore,
  isIdentity,
  isNumbering,
  isPosition,
  isSequence,
} from './content';
import { areKinds, VARIETY } from './goods-kinds';
import { countsBehind, isOpen, KNOWN } from './header-rows';
import { scoreOf, type Meaning } from './lexicon/match';
import type { Sense } from './lexicon/headings/sense';
import { share, type Profile } from './profile';
import { plainWords } from './text';
import type { ColumnRole, Heading } from './types';
import { isMeasure, unitCode } from './units';

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
    ['money', 0.8],
    ['list_price', 0.45],
  ],
  discount_percent: [['discount_percent', 1]],
  amount: [
    ['amount', 1],
    ['money', 0.75],
    ['amount_gross', 0.7],
  ],
  delivery_date: [['delivery_date', 1]],
  note: [['note', 1]],
  line_number: [['line_number', 1]],
  order_number: [['order_number', 1]],
  customer: [['customer', 1]],
  currency: [['currency', 1]],
  status: [['status', 1]],
};

/** Headings of somebody's own references, which rank after a plain reference. */
const SECOND_HAND =
  /^(your|votre|ref client|reference client|customer|our|notre|supplier|ref fournisseur|reference fournisseur|vendor|ref fabricant|reference fabricant|ref interne|mpn|model|modele|modell|modelo|style|material)\b/;

/** Words for things that have both a number and a name. */
const ARTICLE = /^(?:articles?|items?|artikel|articulo|articolo|artigo|urun)$/;

/** Words for a number that may be a line's or a product's; a code is never a line's. */
const COUNTING = /^(?:item|no|nr|id|n|num|numero|pos|article|artikel)\b(?!.*\b(?:code|ref|reference|sku)\b)/;

/** Whether most numbers of a column count lines, as 1, 2, 3 or 00010, 00020 do, whatever stands below them. */
const countsLines = (profile: Profile): boolean =>
  isPosition(profile) ||
  (profile.positions >= 2 && profile.positions >= 0.5 * profile.seen) ||
  (profile.whole === profile.seen && profile.even !== undefined && profile.even === profile.first);

/** Words for the value of a part. */
const VALUE = /^(?:value|valeur|wert|valore|valor|waarde|wartosc|hodnota|varde)$/;

/** Names of barcodes, with what they stand on behind them. */
const BARCODE = /^(?:ean|gtin|upc|isbn|jan|barcode|strichcode|streepjescode|streckkod|stregkode|gencod|gencode)(?: |$)/;

const areBarcodesByLength = (profile: Profile): boolean =>
  profile.seen > 0 && profile.whole === profile.seen && [8, 12, 13, 14].includes(profile.letters / profile.seen);

/** Words for an order, which may head quantities or order numbers. */
const ORDER =
  /^(?:orders?|commandes?|cdes?|bestellung|pedidos?|ordini|ordine|bestelling|encomenda|siparis|zamowienie|заказ|votre commande|your order)$/;

/** Whether most texts begin with the name of a pack: `caja 50`, `jeringa`. */
const isPackaging = (profile: Profile): boolean => share(profile, 'packs') > 0.5;

/** Whether a column that is called a variant holds articles by their packs and measures: `Pot 220 g`, `Bouteille 70 cl`. */
const isOption = ({ heading, profile }: Described): boolean =>
  heading !== undefined && scoreOf(heading.meaning, 'variant') >= 0.9 && share(profile, 'measures') > 0.5;

/** Words for the content of a pack. */
const FORMAT =
  /^(?:(?:pot|box|bottle|tray|unit|can|tub) )?(?:pack|packs|pack size|packing|packaging|content|contents|inhalt|inhoud|embalaje|imballo|capacity|contenance|verpakking|forpackning|pakning|emballering|confezione|conf|confezionamento|conditionnement|envase|envasado|presentacion|embalagem|opakowanie|baleni|pakkaus|packung|pot size|pot|formato|format|gebinde|abfullung|contenido|capacidad|gramatura)$/;
/** A date of anything. */
export const BARE_DATE = /^(?:date|datum|fecha|data|dato|tarih|日期|日付|날짜|дата)$/;

/** Words for the customer of a line. */
const CUSTOMER =
  /^(?:customers?|clients?|kunden?|clientes?|clienti|klant|klanten|musteri(?:ler)?|klient|klienci|客户|顧客|고객|клиент|клиенты)$/;

export interface Described {
  heading?: Heading;
  profile: Profile;
  hidden: boolean;
  /** senses that other columns have */
  elsewhere: ReadonlySet<Sense>;
  /** it is called an amount and can only be a count */
  counts?: boolean;
  /** by their length they are barcodes, whatever their check digits say */
  barcodes: boolean;
}

/** Score of a heading for a role; the content decides an unclear word: `Item` over 1, 2, 3 is a line number. */
export function wordScore(role: ColumnRole, described: Described): number {
  const { heading, profile, elsewhere } = described;
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
  const counted =
    (isPosition(profile) ||
      (isNumbering(profile) && elsewhere.has('reference')) ||
      (sequence && profile.largest <= profile.seen * 10 + 10)) &&
    COUNTING.test(words);
  // `N°` over 6.1, 7.43 and 10.21 numbers shades, not lines
  const isShade = COUNTING.test(words) && areFractions(profile);
  const said = (meanings[role] ?? []).reduce((best, [sense, weight]) => Math.max(best, has(sense) * weight), 0);
  switch (role) {
    case 'reference': {
      if (arePlaces(profile) || areKinds(heading.text, profile)) return 0;
      // `Référence client` over names beside barcodes is what the customer's customers are called
      if (elsewhere.has('ean') && wordy && SECOND_HAND.test(words)) return 0;
      if (named && !elsewhere.has('description')) return said * 0.5;
      if (counted) return said * 0.3;
      const number =
        has('line_number') > 0 &&
        !sequence &&
        !countsLines(profile) &&
        !elsewhere.has('reference') &&
        share(profile, 'codes') > 0.6;
      const product = has('description') > 0 && !text && share(profile, 'codes') > 0.8 && !elsewhere.has('reference');
      return Math.max(
        SECOND_HAND.test(plainWords(heading.text)) ? said - 0.2 : said,
        number ? 0.75 : 0,
        product ? 0.5 : 0,
      );
    }
    case 'line_number':
      if (isShade) return 0.3;
      // `Line` over names is a line of goods
      if (isWorded(described)) return 0.3 * said;
      return has('reference') > 0 && counted ? Math.max(said, 0.8 * has('reference')) : said;
    case 'ean':
      // `Jan` over 4 and 5 is a month, not a Japanese barcode
      if (profile.seen > 0 && profile.letters / profile.seen < 4) return 0;
      // `EAN kolli`, `GTIN carton` over numbers of that length, whatever their check digits
      if (BARCODE.test(words) && areBarcodesByLength(profile)) return Math.max(said, 0.95);
      return has('reference') > 0 && elsewhere.has('reference') && share(profile, 'eans') > 0.6
        ? Math.max(said, 0.9)
        : said;
    case 'description':
      // `Nature` over CF, CF, CF beside names
      if (profile.seen > 2 && profile.distinct === 1 && elsewhere.has('description')) return 0.3;
      // `Item` over codes beside `Variety` over names
      if (ARTICLE.test(words) && elsewhere.has('variant') && share(profile, 'codes') > 0.8) return 0.3;
      if (VARIETY.test(words) && (text || (wordy && !elsewhere.has('description')))) return Math.max(said, 0.9);
      if (words === 'name' && elsewhere.has('description') && share(profile, 'codes') > 0.9) return 0.3;
      if (has('line_number') > 0 && isWorded(described) && !elsewhere.has('description')) return 0.8;
      // `Sign text` over words of which no two are the same, beside `Material` over a few
      if (said >= 0.4 && isWorded(described) && share(profile, 'distinct') === 1 && !elsewhere.has('description'))
        return Math.max(said, 0.9);
      if (VALUE.test(words) && wordy && !elsewhere.has('description')) return 0.7;
      return has('reference') > 0 && named && !elsewhere.has('description') ? Math.max(said, 0.8) : said;
    case 'variant':
      // `Pack` over `12 x 375 mL` is the format of the article, over 12 the content of a pack
      // and over `caja 50` the unit
      if (isPackaging(profile) && !isOption(described)) return 0.5 * said;
      // `Class size` over figures counts
      if (
        said < 0.9 &&
        share(profile, 'numbers') > 0.8 &&
        profile.whole === profile.numbers &&
        share(profile, 'measures') < 0.5 &&
        !isMeasured(words)
      )
        return 0;
      if (isShade && !elsewhere.has('variant') && !elsewhere.has('reference')) return 0.8;
      return (has('other_quantity') >= KNOWN || isOpen(heading)) &&
        FORMAT.test(words) &&
        share(profile, 'measures') >= 0.5
        ? Math.max(said, 0.9)
        : said;
    case 'unit':
      return isPackaging(profile) &&
        !isOption(described) &&
        !elsewhere.has('unit') &&
        Math.max(has('variant'), has('other_quantity')) >= 0.9
        ? Math.max(said, 0.8)
        : said;
    case 'delivery_date':
      // `Date` beside order numbers, or beside a day of delivery, is when they were ordered
      return BARE_DATE.test(words) && (elsewhere.has('order_number') || elsewhere.has('delivery_date')) ? 0 : said;
    case 'destination':
      // `Shop Leeds` over figures heads the quantities of that shop
      if (said < 0.9 && share(profile, 'numbers') > 0.6) return 0;
      return CUSTOMER.test(words) ? 0.7 * said : said;
    case 'unit_price':
      return has('unit') > 0 && share(profile, 'money') > 0.5 ? Math.max(said, 0.7) : said;
    case 'quantity': {
      if (has('other_quantity') > said) return 0;
      if (said === 0 && has('line_number') > 0 && countsGoods(described)) return KNOWN;
      if (isOrderNumber(described, words)) return 0;
      // `To order` over crosses says which rows, beside a column that says how many
      if (profile.ticks > 0 && profile.numbers === 0 && elsewhere.has('quantity')) return 0;
      // `Order` beside a quantity is this order's, if it is no number of one
      if (ORDER.test(words) && elsewhere.has('quantity')) return has('ordered');
      return described.counts ? Math.max(said, 1.05) : said;
    }
    case 'amount':
      // `Value` over `100nF 50V` is that of a part
      return described.counts || (profile.seen >= 2 && share(profile, 'texts') > 0.9) ? 0 : said;
    case 'order_number':
      // `Name` over #1001, #1001, #1002 beside the names of products
      if (words === 'name' && elsewhere.has('description') && share(profile, 'codes') > 0.9) return 0.8;
      return isOrderNumber(described, words) ? Math.max(said, 0.95) : said;
    case 'customer':
      // `Client` over names heads the customer of each line
      return CUSTOMER.test(words) && share(profile, 'texts') > 0.6 ? Math.max(said, 0.95) : said;
    default:
      return said;
  }
}

/** Whether a column holds words that are no codes. */
const isWorded = ({ profile }: Described): boolean =>
  share(profile, 'texts') > 0.7 && share(profile, 'codes') < 0.3 && profile.letters > 5 * profile.seen;

/** Whether `No.` behind the references counts: whole figures that do not number the lines, where nothing else does. */
const countsGoods = ({ heading, profile, elsewhere }: Described): boolean =>
  heading !== undefined &&
  countsBehind(heading.text) &&
  elsewhere.has('reference') &&
  !elsewhere.has('quantity') &&
  !elsewhere.has('ordered') &&
  profile.numbers > 1 &&
  profile.whole === profile.numbers &&
  profile.smallest > 0 &&
  profile.largest < 10_000 &&
  !countsLines(profile) &&
  !isSequence(profile);

/** Whether a heading names a measure: `Cut to length mm`. */
const isMeasured = (words: string): boolean => words.split(' ').some((word) => isMeasure(unitCode(word) ?? ''));

/** Whether a column called `Order` or `Commande` holds numbers of orders: codes, or figures that name and do not count. */
function isOrderNumber({ profile, elsewhere }: Described, words: string): boolean {
  if (!ORDER.test(words) || profile.seen === 0) return false;
  if (profile.numbers === 0) return share(profile, 'codes') > 0.5;
  const beside = elsewhere.has('quantity') || elsewhere.has('total_quantity');
  const same = profile.seen >= 2 && profile.distinct === 1;
  if (profile.largest >= 1_000 && same) return true;
  return isIdentity(profile) && (beside || profile.first >= 1_000);
}

/** Score of heading and content together; undefined if nothing speaks for the role. */
export function scoreFor(role: ColumnRole, described: Described): Score | undefined {
  const { heading, profile, hidden } = described;
  const word = wordScore(role, described);
  const content = role === 'ean' && described.barcodes ? 1 : contentScore(role, profile);
  if (word >= 0.4) {
    const total = 2 * word + content - (hidden ? 0.6 : 0);
    return total > 0.3 ? { column: profile.column, word, total } : undefined;
  }
  // a heading with another meaning rules the role out
  if (!isOpen(heading) && !isOnlyName(role, described)) return undefined;
  // what counts the lines is no quantity, and a small number no reference
  if (role === 'quantity' && (isPosition(profile) || areYears(profile))) return undefined;
  if (role === 'reference' && profile.numbers === profile.seen && profile.letters < 4 * profile.seen) return undefined;
  const total = 0.8 * content - (hidden ? 0.6 : 0);
  return content > 0.2 ? { column: profile.column, word: 0, total } : undefined;
}

/** Whether a column may name the goods although its heading is of something else, where no other column does: `Appellation`. */
export const isOnlyName = (role: ColumnRole, { heading, elsewhere, profile }: Described): boolean =>
  role === 'description' &&
  !elsewhere.has('description') &&
  heading !== undefined &&
  heading.meaning.senses.every(({ sense }) => sense === 'other' || (sense === 'other_quantity' && areNames(profile)));

/** Whether words that differ from row to row stand where a heading would count: `Was` over what is wanted. */
const areNames = (profile: Profile): boolean =>
  profile.seen > 1 &&
  share(profile, 'texts') === 1 &&
  share(profile, 'distinct') === 1 &&
  share(profile, 'codes') < 0.3 &&
  profile.letters > 10 * profile.seen;

/** Whether by its heading a column is neither quantity, price nor amount of an order. */
export const isOther = (meaning: Meaning | undefined): boolean =>
  meaning !== undefined &&
  ['other_quantity', 'tax', 'other', 'discount_amount'].some((sense) => scoreOf(meaning, sense as Sense) >= KNOWN);
