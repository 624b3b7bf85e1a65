import type { Context } from './context';
import { asNumber, plus, sumOf } from './decimal';
import { isBlank, textOf, type GridRow } from './grid';
import type { TableReading } from './line';
import { figureOf } from './profile';
import { worthOf } from './reconcile';
import { adjustedBy, CENTS, chargeIn, states } from './total-rows';
import type { Table } from './types';

/**
 * Makes charges of rows below the last line that have an amount, no quantity and no code: what a stated total holds
 * besides the lines, or the percentage of their sum that the row gives, under any name.
 */
export function takeProvenCharges(reading: TableReading, open: readonly GridRow[], context: Context): Set<GridRow> {
  const { table, drafts, totals } = reading;
  const last = drafts.at(-1)?.row ?? Infinity;
  const rows = open.flatMap((row) => {
    if (row.number < last || namesCode(table, row)) return [];
    return chargeIn(table, row, textOf(row.cells.find((cell) => cell?.value.is === 'text')), context) ?? [];
  });
  const worths = drafts.map(worthOf);
  if (rows.length === 0 || table.layout !== 'rows' || worths.includes(undefined)) return new Set();
  const lines = sumOf(worths.flatMap((worth) => worth ?? []));
  const all = sumOf([lines, ...rows.map(({ amount }) => amount)]);
  const isStated = [all, plus(all, adjustedBy(totals))].some((sum) => states(totals, last, sum));
  let before = asNumber(lines);
  const taken = rows.filter(({ row, amount, total }) => {
    const rate = rateOf(table, row, asNumber(amount), [asNumber(lines), before]);
    before += asNumber(amount);
    if (rate) total.kind = 'tax';
    return isStated || rate;
  });
  totals.push(...taken.map(({ total }) => total));
  totals.sort((a, b) => a.row - b.row);
  return new Set(taken.map(({ row }) => row));
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= asNumber(CENTS);

const namesCode = ({ roles }: Table, { cells }: GridRow): boolean =>
  (['reference', 'ean'] as const).some((role) => !isBlank(cells[roles.get(role) ?? 0]));

/** Whether a figure of a row is the percentage of one of several sums that its amount is. */
const rateOf = ({ roles }: Table, { cells }: GridRow, amount: number, sums: readonly number[]): boolean =>
  cells.some((cell, column) => {
    const rate = column === roles.get('amount') ? Number.NaN : figureOf(cell);
    return (
      rate > 0 &&
      rate <= 100 &&
      sums.some((sum) => [rate / 100, rate].some((share) => share < 1 && near(sum * share, amount)))
    );
  });
