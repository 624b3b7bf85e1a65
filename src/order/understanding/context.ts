import type { Language } from '../../../schemas/language';
import { dayOrderOf, type DayOrder } from './dates';
import { isBlank, textOf } from './grid';
import { languages, type HeadingLanguage } from './lexicon/headings/words';
import { notationOf, type Notation } from './numbers';
import { rowsBetween } from './profile';
import type { ColumnRole, Table } from './types';
import { unitCode } from './units';

/** Notation of the texts of a column. */
export interface Reading {
  notation?: Notation;
  /** whether the file itself shows it */
  decided: boolean;
}

export interface Context {
  /** of a column of figures */
  reading(table: Table, column: number): Reading;
  dayOrder(table: Table | undefined, column?: number): DayOrder | undefined;
  /** whether only the country of an address tells days from months */
  byCountry(table: Table | undefined): boolean;
}

const FIGURES: readonly ColumnRole[] = ['quantity', 'unit_price', 'amount', 'discount_percent'];

/** What the words of a file tell of its days besides the columns of its tables. */
export interface Told {
  /** the order that another day of the file can only have: `14/11/2026` */
  shown?: DayOrder;
  /** the order of the country that addresses name */
  country?: DayOrder;
}

/** Finds the notation of numbers and days over all tables of a file. */
export function contextOf(
  tables: readonly Table[],
  language: Language | undefined,
  { shown, country }: Told = {},
): Context {
  const byColumn = new Map<Table, Map<number, Notation | 'mixed' | undefined>>();
  const days = new Map<Table, DayOrder | 'mixed' | undefined>();
  for (const table of tables) {
    const columns = new Set([
      ...FIGURES.flatMap((role) => table.roles.get(role) ?? []),
      ...table.labels.map(({ column }) => column),
    ]);
    if (table.totalColumn) columns.add(table.totalColumn);
    for (const column of [table.discountAmount, table.pack]) if (column) columns.add(column);
    byColumn.set(
      table,
      new Map([...columns].map((column) => [column, notationOf(texts(table, column)) ?? ofPieces(table, column)])),
    );
    const date = table.roles.get('delivery_date');
    if (date) days.set(table, dayOrderOf(texts(table, date)));
  }
  const all = new Set([...byColumn.values()].flatMap((columns) => [...columns.values()]));
  all.delete(undefined);
  const file = all.size === 1 && !all.has('mixed') ? ([...all][0] as Notation) : undefined;
  const spoken = languageOf(tables);
  const guess: Notation = (spoken ?? language) === 'en' ? 'point' : 'comma';
  // English is written both ways; other languages put the day first
  const usual = (spoken ?? language ?? 'en') === 'en' ? undefined : ('day_first' as const);
  const ownOrder = (table: Table | undefined) => table && days.get(table);
  return {
    reading(table, column) {
      const own = byColumn.get(table)?.get(column);
      if (own === 'comma' || own === 'point') return { notation: own, decided: true };
      if (own === undefined && file) return { notation: file, decided: true };
      return { notation: guess, decided: false };
    },
    dayOrder(table) {
      const own = ownOrder(table);
      return own === 'mixed' ? undefined : (own ?? shown ?? usual ?? country);
    },
    byCountry: (table) =>
      ownOrder(table) === undefined && shown === undefined && usual === undefined && country !== undefined,
  };
}

/**
 * The notation that whole pieces leave to quantities with three digits behind their only sign: `2.400` of `Stk` are no two
 * pieces and a fraction. Undefined where a unit is no piece.
 */
function ofPieces({ grid, first, last, headerRows, roles }: Table, column: number): Notation | undefined {
  const unit = roles.get('unit');
  if (unit === undefined || roles.get('quantity') !== column) return undefined;
  const seen = new Set<Notation>();
  for (const { number, cells } of rowsBetween(grid, first, last)) {
    const cell = cells[column];
    const [, sign, digits] = /^\d{1,3}([.,])(\d{3})$/.exec(cell?.value.is === 'text' ? textOf(cell) : '') ?? [];
    if (headerRows.has(number) || sign === undefined || digits === '000') continue;
    if (unitCode(textOf(cells[unit])) !== 'pcs') return undefined;
    seen.add(sign === '.' ? 'comma' : 'point');
  }
  return seen.size === 1 ? [...seen][0] : undefined;
}

function* texts(table: Table, column: number): Iterable<string> {
  for (const { cells } of rowsBetween(table.grid, table.first, table.last)) {
    const cell = cells[column];
    if (!isBlank(cell) && cell?.value.is === 'text' && cell.value.text.length < 40 && /\p{Nd}/u.test(cell.value.text))
      yield textOf(cell);
  }
}

/** Language that most headings can be in; undefined without a majority. */
export function languageOf(tables: readonly Table[]): HeadingLanguage | undefined {
  const counts = new Map<HeadingLanguage, number>();
  for (const { header } of tables) {
    for (const { meaning } of header?.headings.values() ?? []) {
      for (const language of meaning.languages) counts.set(language, (counts.get(language) ?? 0) + 1);
    }
  }
  const [first, second] = languages
    .map((language) => ({ language, count: counts.get(language) ?? 0 }))
    .sort((a, b) => b.count - a.count);
  return first && first.count > (second?.count ?? 0) ? first.language : undefined;
}
