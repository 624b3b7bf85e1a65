import type { Context } from './context';
import { asNumber } from './decimal';
import { isBlank, textOf, type GridRow } from './grid';
import type { TableReading, TotalRow } from './line';
import { figureOf } from './profile';
import { worthOf } from './reconcile';
import { readTotalRow } from './total-rows';
import type { Table } from './types';

const CENTS = 0.03;

/**
 * Makes charges of rows below the last line that have an amount, no quantity and no code: what a stated total holds
 * besides the lines, or the percentage of their sum that the row gives, under any name.
 */
export function takeProvenCharges(reading: TableReading, open: readonly GridRow[], context: Context): Set<GridRow> {
  const { table, drafts, totals } = reading;
  const last = drafts.at(-1)?.row ?? Infinity;
  const rows = open.flatMap((row) => {
    if (row.number < last || namesCode(table, row)) return [];
    const total = readTotalRow(
      table,
      row,
      'shipping',
      textOf(row.cells.find((cell) => cell?.value.is === 'text')),
      context,
    );
    return total?.amount && !total.quantity ? [{ row, total, amount: asNumber(total.amount.value) }] : [];
  });
  const worths = drafts.map(worthOf);
  if (rows.length === 0 || table.layout !== 'rows' || worths.includes(undefined)) return new Set();
  const lines = worths.reduce((sum, worth) => sum + (worth ? asNumber(worth) : 0), 0);
  const known = totals.reduce(
    (sum, { kind, amount }) => sum + (ADDED.has(kind) && amount ? asNumber(amount.value) : 0),
    0,
  );
  const all = rows.reduce((sum, { amount }) => sum + amount, lines);
  const isStated = totals.some(
    ({ kind, amount, row }) =>
      SUMS.has(kind) && amount && row > last && [all, all + known].some((sum) => near(sum, asNumber(amount.value))),
  );
  let before = lines;
  const taken = rows.filter(({ row, amount, total }) => {
    const rate = rateOf(table, row, amount, [lines, before]);
    before += amount;
    if (rate) total.kind = 'tax';
    return isStated || rate;
  });
  totals.push(...taken.map(({ total }) => total));
  totals.sort((a, b) => a.row - b.row);
  return new Set(taken.map(({ row }) => row));
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= CENTS;

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

const ADDED: ReadonlySet<TotalRow['kind']> = new Set(['tax', 'shipping', 'discount', 'rounding']);
const SUMS: ReadonlySet<TotalRow['kind']> = new Set(['total', 'gross', 'net']);
