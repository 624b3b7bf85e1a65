import { compactDay, dateIn } from './dates';
import { isBlank, textOf, type Grid, type GridCell, type GridRow } from './grid';
import { KNOWN } from './header-rows';
import { senseOf, type Draft } from './role-draft';
import { BARE_DATE } from './scores';
import { plainWords } from './text';
import type { ColumnRole, Doubt } from './types';
import { daysIn } from './values';

/**
 * Settles which column of days is that of delivery where its heading does not say so: the later one of two, and none
 * that holds when rows were written: the day that the file is named after, or before it, or times of the day.
 */
export function settleDays(
  grid: Grid,
  { header, columns }: Draft,
  roles: Map<ColumnRole, number>,
  rows: readonly GridRow[],
): Doubt[] {
  const column = roles.get('delivery_date');
  const heading = header?.headings.get(column ?? 0);
  if (column === undefined || !heading || heading.group !== '') return [];
  const isBare = BARE_DATE.test(plainWords(heading.text));
  if (!isBare && senseOf(header, column, 'delivery_date') >= KNOWN) return [];
  const doubt: Doubt = { blocking: false, columns: [column], why: 'date' };
  const cells = cellsOf(rows, column);
  const days = daysOf(cells);
  if (days === undefined) return isBare ? [doubt] : [];
  const taken = new Set(roles.values());
  const later = columns.filter((other) => {
    const heads = header?.headings.get(other)?.meaning.senses ?? [];
    if (taken.has(other) || heads.some(({ sense, score }) => score >= KNOWN && sense !== 'delivery_date')) return false;
    return isLater(daysOf(cellsOf(rows, other)), days);
  });
  const [only] = later;
  const named = namedDay(grid.file);
  if (only !== undefined && later.length === 1) {
    roles.set('delivery_date', only);
    return [];
  }
  if (cells.every(hasTime) || (named !== undefined && days.every((day) => day <= named))) {
    roles.delete('delivery_date');
    return [];
  }
  return isBare ? [doubt] : [];
}

const cellsOf = (rows: readonly GridRow[], column: number): GridCell[] =>
  rows.flatMap(({ cells }) => (isBlank(cells[column]) ? [] : (cells[column] ?? [])));

/** Days of a column; undefined if one of its cells holds none, or may be another. */
function daysOf(cells: readonly GridCell[]): string[] | undefined {
  const days = daysIn(cells).map((read) => read?.day);
  return cells.length > 0 && days.every((day) => day !== undefined) ? days : undefined;
}

const isLater = (days: readonly string[] | undefined, than: readonly string[]): boolean =>
  days?.length === than.length &&
  days.every((day, at) => day >= (than[at] ?? '')) &&
  days.some((day, at) => day > (than[at] ?? ''));

/** Whether a cell holds a time of the day beside its day, to the second: `2026-03-21 10:22:04`. */
const hasTime = (cell: GridCell): boolean => {
  const text = cell.value.is === 'date' ? cell.value.iso : textOf(cell);
  return /\d[T ]\d{1,2}:\d\d:\d\d/.test(text) && !/\d[T ]0{1,2}:00:00/.test(text);
};

/** Day that the name of a file holds: `export_20260309_1412`, `order 2026-03-09`. */
const namedDay = (file: string): string | undefined =>
  [...file.matchAll(/(?<!\d)(?:\d{8}|\d{4}([-_.])\d\d\1\d\d)(?!\d)/g)]
    .map(([text]) => compactDay(text) ?? dateIn(text.replace(/_/g, '-'))?.day)
    .find((day) => day !== undefined);
