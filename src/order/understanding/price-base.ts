import {
  asNumber,
  compare,
  decimal,
  decimalText,
  distance,
  lessPercent,
  roundTo,
  times,
  type Decimal,
} from './decimal';
import { isBlank, textOf, type GridRow } from './grid';
import type { UnnumberedLine } from './line';
import { unitCode } from './units';
import { plainWords } from './text';
import type { HeaderBlock } from './types';

/** Words over a column that says how many units a price is for. */
const BASIS =
  /^(?:per|par|je|pe|pro|por|za|preiseinheit|preis einheit|price per|price basis|price base|price unit qty|per qty|base|base prix|base de prix|base px|unite de prix|prix par|prijs per|precio por|prezzo per|preco por|bp|peinh|kpein)$/;

/** Letters for a hundred and a thousand, as merchants write them. */
const LETTERS: Record<string, number> = { c: 100, cent: 100, m: 1_000, mil: 1_000, mille: 1_000, e: 1, ea: 1, each: 1 };

const NUMBER = /^(1|10|100|1000|10000)(?: \p{L}[\p{L} ]*)?$/u;

/** Number of units that a price is for: 100 for `100`, `C` or `100 ST`; undefined if the text says no such number. */
export function baseFigure(text: string): number | undefined {
  const plain = plainWords(text.replace(/(\d)[.,\s'’](?=\d{3}\b)/g, '$1'));
  const [, number] = NUMBER.exec(plain) ?? [];
  return number === undefined ? LETTERS[plain] : Number(number);
}

/** Column that says for each row how many units its price is for; undefined if all prices are for one. */
export function baseColumn(
  header: HeaderBlock | undefined,
  columns: readonly number[],
  rows: readonly GridRow[],
): number | undefined {
  return columns.find((column) => {
    if (!BASIS.test(plainWords(header?.headings.get(column)?.text ?? ''))) return false;
    const filled = rows.flatMap(({ cells }) => (isBlank(cells[column]) ? [] : [baseFigure(textOf(cells[column]))]));
    const known = filled.filter((figure) => figure !== undefined);
    return known.length > 0 && known.length >= 0.8 * filled.length && known.some((figure) => figure > 1);
  });
}

const PER =
  /(?:\/|\b(?:per|pro|par|je|por|pour|for|za|le|les|pr|a|à|al|x|na|voor|ogni|cada|chaque|each)\b)\s*(100|1000|cent|mille|hundred|thousand|hundert|tausend|ciento|cento|mil|millar|millares|migliaio|milheiro|milliers?|duizend|tysiac|tisic|tusen|tusind)\b/iu;
const WORDS: Record<string, number> = {
  ...{ cent: 100, hundred: 100, hundert: 100, ciento: 100, cento: 100 },
  ...{ mille: 1_000, thousand: 1_000, tausend: 1_000, mil: 1_000, millar: 1_000, millares: 1_000, migliaio: 1_000 },
  ...{ milheiro: 1_000, millier: 1_000, milliers: 1_000, duizend: 1_000, tysiac: 1_000, tisic: 1_000 },
  ...{ tusen: 1_000, tusind: 1_000 },
};

/** Number of units that the prices under a heading are for: 100 for `Prijs/100 kg`. */
export function baseInHeading(text: string): number | undefined {
  const [, number] = PER.exec(text.normalize('NFKC').replace(/(\d)[.,\s](?=000\b)/g, '$1')) ?? [];
  if (number === undefined) return undefined;
  return WORDS[number.toLowerCase()] ?? Number(number);
}

const CENT: Decimal = { units: 1n, scale: 2 };

/**
 * Gives the price of a line for one ordered unit, where its heading or a column says that it is for several. A row that
 * multiplies as it stands has the price of one already.
 */
export function settlePrice(draft: UnnumberedLine): void {
  const { table, row, price, quantity, amount, line } = draft;
  const base = (table.base !== undefined ? baseFigure(table.grid.text(row, table.base)) : undefined) ?? table.per ?? 1;
  if (base <= 1 || !price || !line.unit_price) return;
  const full = quantity && times(quantity, price);
  if (full && amount && isAmount(draft, full, amount)) return;
  const single = { units: price.units, scale: price.scale + Math.round(Math.log10(base)) };
  const value = full && amount ? (byContent(draft, single, amount) ?? single) : single;
  const text = decimalText(value);
  if (text === undefined) return;
  draft.price = value;
  line.unit_price = { ...line.unit_price, value: text, confidence: Math.min(line.unit_price.confidence, 0.9) };
}

/** Whether a product is the amount, as it stands or less the discount. */
const isAmount = ({ percent }: UnnumberedLine, full: Decimal, amount: Decimal): boolean =>
  [full, ...(percent ? [lessPercent(full, percent)] : [])].some(
    (product) => compare(distance(product, amount), CENT) <= 0,
  );

/**
 * Price of an ordered unit that holds several priced ones: 10.50 for a bag of 20 kg at 52.50 for 100 kg. The content
 * has to stand in the row, or to follow from the unit.
 */
function byContent(draft: UnnumberedLine, single: Decimal, amount: Decimal): Decimal | undefined {
  const { quantity, line } = draft;
  if (!quantity || isAmount(draft, times(quantity, single), amount)) return undefined;
  const texts = [line.description, line.variant, line.unit, line.note].map((each) => each?.value ?? '').join(' ');
  const stated = [...texts.matchAll(/\d+(?:[.,]\d+)?/g)].flatMap(([number]) => decimal(number.replace(',', '.')) ?? []);
  const tons = unitCode(line.unit?.value ?? '') === 't' ? [{ units: 1_000n, scale: 0 }] : [];
  const content = [...tons, ...stated].find((size) => isAmount(draft, times(times(quantity, single), size), amount));
  return content && asNumber(content) > 0 ? roundTo(times(single, content), 6) : undefined;
}
