import type { Provenance, SourcedText } from '../../../schemas/order/order';
import { currencyOfCountry, dollarsOf } from './currency-country';
import { isBlank, textOf, wordsBeside, type Grid } from './grid';
import { isInside } from './facts';
import type { UnnumberedLine, Found } from './line';
import { currencyCode, moneyIn } from './numbers';
import type { SheetReading } from './sheet-reading';
import { plainWords } from './text';
import type { Table } from './types';

interface Seen {
  count: number;
  /** absent for a sign that several currencies have */
  code?: string;
  from: Provenance[];
}

const SHOWN = 5;
const ROWS = 200;

/**
 * Currency of prices and amounts: by their cells, a column of currencies, their headings, the labels of totals, or a
 * sentence about prices, in this order. Several are reported, and so is a sign that several countries have; a bare `$`
 * without any word of a country is nobody's.
 */
export function currencyOf(
  sheets: readonly SheetReading[],
  drafts: readonly UnnumberedLine[],
): { currency?: SourcedText; found: Found[] } {
  const seen = new Map<string, Seen>();
  const see = (sign: string | undefined, code: string | undefined, from: Provenance | undefined) => {
    if (!sign || !from) return;
    const key = code ?? sign;
    const known = seen.get(key);
    if (!known) seen.set(key, { count: 1, code, from: [from] });
    else {
      known.count += 1;
      if (known.from.length < SHOWN) known.from.push(from);
    }
  };
  seeCells(drafts, see);
  seeColumn(drafts, see);
  const tables = sheets.flatMap((sheet) => sheet.tables);
  const headings = seen.size === 0;
  for (const table of tables) seeHeadings(table, see);
  if (headings && seen.size === 0) for (const sheet of sheets) seeTotals(sheet, see);
  let prose = false;
  if (seen.size === 0) {
    prose = true;
    for (const { grid, tables: own } of sheets) seeProse(grid, own, see);
    if (seen.size > 1) seen.clear();
  }
  const sorted = [...seen].sort(([, a], [, b]) => b.count - a.count);
  const [first, ...others] = sorted;
  if (!first) return { found: [] };
  const [name, { code, from }] = first;
  const [at] = from;
  if (others.length > 0) {
    const evidence = sorted.slice(0, SHOWN).flatMap(([, each]) => each.from.slice(0, 2));
    const found: Found = { code: 'currency.mixed', evidence, words: { text: [...seen.keys()].join(', ') } };
    return { found: [found], ...(code && at ? { currency: sourced(code, at, 0.4) } : {}) };
  }
  const bare = name === '$' || (code === 'USD' && /(?<![A-Z.])\$/.test(at?.text ?? ''));
  const abroad = bare ? dollarCountry(sheets) : undefined;
  const local = abroad || !code ? currencyOfCountry(abroad ? '$' : name, sheets) : undefined;
  if (local && at) return { found: [], currency: sourced(local, at, 0.7) };
  if (abroad) return { found: [{ code: 'currency.uncertain', evidence: from, words: { text: '$' } }] };
  if (bare) {
    const dollars = dollarsOf(sheets);
    return { found: [], ...(dollars && at ? { currency: sourced(dollars, at, 0.7) } : {}) };
  }
  if (!code) return { found: [{ code: 'currency.uncertain', evidence: from, words: { text: name } }] };
  const sure = prose ? 0.75 : code === 'USD' ? 0.8 : 0.9;
  return { found: [], ...(at ? { currency: sourced(code, at, sure) } : {}) };
}

type See = (sign: string | undefined, code: string | undefined, from: Provenance | undefined) => void;

const sourced = (value: string, from: Provenance, confidence: number): SourcedText => ({
  ...{ value, source: 'file', from, confidence },
});

/** A country with a dollar or a peso of its own, by the words beside the tables. */
const DOLLARS =
  /\b(?:Pty\.? Ltd|ABN|(?:NSW|VIC|QLD|TAS|WA|SA|NT|ACT) \d{4}|Canada|Ontario|Qu[eé]bec|Toronto|Montr[eé]al|Vancouver|Australia|NSW|Sydney|Melbourne|New Zealand|Auckland|Singapore|Hong Kong|M[eé]xico|Argentina|Chile|Colombia|Uruguay|Taiwan|Jamaica)\b/i;

const dollarCountry = (sheets: readonly SheetReading[]): string | undefined =>
  sheets.flatMap(({ grid }) => wordsBeside(grid)).find((text) => DOLLARS.test(text));

function seeCells(drafts: readonly UnnumberedLine[], see: See): void {
  for (const { line } of drafts) {
    for (const value of [line.unit_price, line.amount]) {
      const text = value?.from?.text;
      if (text === undefined || !/[^\d.,\s-]/.test(text)) continue;
      const money = moneyIn(text);
      see(money?.sign, money?.code, value?.from);
    }
  }
}

/** A column that names the currency of each line. */
function seeColumn(drafts: readonly UnnumberedLine[], see: See): void {
  for (const { table, row } of drafts) {
    const column = table.roles.get('currency');
    if (column === undefined || isBlank(table.grid.cell(row, column))) continue;
    const text = table.grid.text(row, column);
    const code = currencyCode(text);
    see(code === undefined ? undefined : text, code || undefined, table.grid.from(row, column));
  }
}

function seeHeadings({ grid, header, roles }: Table, see: See): void {
  for (const role of ['unit_price', 'amount'] as const) {
    const heading = header?.headings.get(roles.get(role) ?? 0);
    const money = heading && moneyOf(heading.text);
    if (heading && money) see(money.sign, money.code, grid.from(heading.row, heading.column));
  }
}

/** Money in a heading or a label, where codes may be in small letters: `unit_price_usd`. */
function moneyOf(text: string): ReturnType<typeof moneyIn> {
  const found = moneyIn(text);
  if (found) return found;
  for (const word of plainWords(text).split(' ')) {
    const code = word.length === 3 || /^euros?$/.test(word) ? currencyCode(word) : undefined;
    if (code) return { sign: word, code };
  }
  return undefined;
}

/** Money in the labels and figures of totals: `TOTAL HT (€)`. */
function seeTotals({ readings }: SheetReading, see: See): void {
  for (const { totals, table } of readings) {
    for (const { label, amount, row } of totals) {
      const own = table.grid.row(row)?.cells.findIndex((cell) => cell && textOf(cell) === label) ?? -1;
      const from = own > 0 ? table.grid.from(row, own) : amount?.from;
      const money = moneyOf(label) ?? moneyIn(amount?.from.text ?? '');
      see(money?.sign, money?.code, from);
    }
  }
}

const WORDS: readonly [RegExp, string][] = [
  [/\beuros?\b|\beur\b/, 'EUR'],
  [/\bpounds? sterling\b|\bsterling\b|\blivres? sterling\b|\bpfund sterling\b|\bgbp\b/, 'GBP'],
  [/\bus dollars?\b|\bdollars? (?:us|americains?)\b|\busd\b|\bus dollar\b/, 'USD'],
  [/\bfrancs? suisses?\b|\bschweizer franken\b|\bswiss francs?\b|\bfranchi svizzeri\b|\bchf\b/, 'CHF'],
  [/\bcanadian dollars?\b|\bdollars? canadiens?\b|\bcad\b/, 'CAD'],
  [/\bzlotych\b|\bzloty\b|\bpln\b/, 'PLN'],
  [/\breais\b|\bbrl\b/, 'BRL'],
  [/\bkronor\b|\bsek\b|\bsvenska kronor\b/, 'SEK'],
  [/\bdanske kroner\b|\bdkk\b/, 'DKK'],
  [/\bnorske kroner\b|\bnok\b/, 'NOK'],
];
const PRICES =
  /\b(?:prix|prices?|tarifs?|preise?|prezzi|precios?|precos?|prijzen|montants?|amounts?|betrage|importi|importes|valores|bedragen|ceny|priser|currency|devise|wahrung|valuta|moneda|moeda|ht|ttc|hors taxes|vat|tva|mwst|iva|btw|moms)\b|\b(?:en|in|em|i|w) (?:euros?|eur|usd|gbp|chf|pln|sek|dkk|nok|cad|zlotych|reais)\b/;

/** Money in a sentence about prices, above or below the tables: `Catalogue - prix HT en euros`. */
function seeProse(grid: Grid, tables: readonly Table[], see: See): void {
  for (const { number, cells } of grid.rows.slice(0, ROWS)) {
    for (const [column, cell] of cells.entries()) {
      if (cell?.value.is !== 'text' || cell.value.text.length > 300) continue;
      if (tables.some((table) => table.grid === grid && isInside(table, number, column, undefined))) continue;
      const plain = plainWords(cell.value.text);
      const text = textOf(cell);
      const sign = /[€£]/.exec(text)?.[0];
      if (!PRICES.test(plain)) continue;
      const code = WORDS.find(([pattern]) => pattern.test(plain))?.[1] ?? (sign && currencyCode(sign));
      if (code) see(code, code, grid.from(number, column));
    }
  }
}
