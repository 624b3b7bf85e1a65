import { isBlank, textOf, type GridRow } from './grid';
import { rowsBetween } from './profile';
import type { ColumnRole, Table } from './types';

const OWN: readonly ColumnRole[] = ['reference', 'ean', 'description', 'quantity', 'unit', 'unit_price', 'amount'];

/**
 * The column by which a table is filtered: all rows shown have one value in it, and all hidden ones others. Undefined
 * if rows are hidden for another reason, or none is.
 */
export function filterOf({ grid, first, last, left, right, headerRows, roles }: Table): number | undefined {
  const between = rowsBetween(grid, first, last);
  if (!between.some(({ hidden }) => hidden)) return undefined;
  const rows = between.filter(
    ({ number, cells }) => !headerRows.has(number) && cells.filter((cell) => !isBlank(cell)).length > 2,
  );
  const [hidden, shown] = [rows.filter((row) => row.hidden), rows.filter((row) => !row.hidden)];
  if (hidden.length === 0 || shown.length < 2) return undefined;
  const taken = new Set(OWN.map((role) => roles.get(role)));
  const at = (column: number) => (row: GridRow) => textOf(row.cells[column]);
  for (let column = left; column <= right; column += 1) {
    if (taken.has(column)) continue;
    const value = at(column)(shown[0] as GridRow);
    if (!/\p{L}/u.test(value) || !shown.every((row) => at(column)(row) === value)) continue;
    if (hidden.every((row) => at(column)(row) !== value && at(column)(row) !== '')) return column;
  }
  return undefined;
}
