import type { Context } from './context';
import { asNumber, compare, decimal, distance, sumOf, ZERO, type Decimal } from './decimal';
import type { TotalRow } from './line';
import { isBlank, type GridRow } from './grid';
import type { RowLabel } from './lexicon/labels';
import type { Table } from './types';
import { numberIn } from './numbers';
import { figureIn } from './values';

const ADJUSTING: ReadonlySet<string> = new Set(['tax', 'shipping', 'discount', 'rounding']);
const SUMS: ReadonlySet<string> = new Set(['total', 'gross', 'net']);
/** How far a stated sum may lie from what it is the sum of, for rounding. */
export const CENTS: Decimal = { units: 3n, scale: 2 };
const RATE = /(\d{1,2}(?:[.,]\d{1,2})?)\s*%/;

/** Reads the figures of a total row; undefined if it has none. An empty label means a row without words. */
export function readTotalRow(
  table: Table,
  row: GridRow,
  label: RowLabel,
  text: string,
  context: Context,
): TotalRow | undefined {
  const { grid, roles, labels } = table;
  const kind = label === 'comment' ? 'total' : label;
  const read = (column: number | undefined) => {
    if (column === undefined || isBlank(row.cells[column])) return undefined;
    const { notation, decided } = context.reading(table, column);
    const figure = figureIn(row.cells[column], notation, decided);
    if (!figure?.value || figure.fault || figure.other) return undefined;
    return { value: figure.value, from: grid.from(row.number, column), percent: figure.percent };
  };
  const result: TotalRow = { kind, label: text, table, row: row.number };
  const quantity = read(table.totalColumn ?? roles.get('quantity'));
  const amount = read(roles.get('amount'));
  const rate = RATE.exec(text)?.[1];
  if (rate) result.rate = decimal(rate.replace(',', '.'));
  // the figure is in another column, such as `Total HT: | 120.00` under the prices, or right of the table
  const elsewhere =
    amount ?? lastFigure(row, [roles.get('quantity'), table.totalColumn, ...labels.map(({ column }) => column)], read);
  if (quantity && !quantity.percent && !ADJUSTING.has(kind)) result.quantity = quantity;
  if (quantity && !elsewhere && ADJUSTING.has(kind) && !quantity.percent) result.amount = quantity;
  if (elsewhere && !elsewhere.percent) result.amount = elsewhere;
  else if (elsewhere?.percent) result.rate = elsewhere.value;
  // a figure in the quantity column, without an amount, is money if the label says net or gross
  if (result.quantity && !result.amount && ['net', 'gross'].includes(kind)) {
    result.amount = result.quantity;
    delete result.quantity;
  }
  if (labels.length > 0 && !result.quantity && !amount) sumOfLabels(table, result, read);
  const written = result.quantity || result.amount ? undefined : numberIn(/[:=]([^:=]*)$/.exec(text)?.[1] ?? '');
  if (written && !written.other && !written.rest && !written.percent) {
    const column = row.cells.findIndex((cell) => !isBlank(cell));
    result.amount = { value: written.value, from: grid.from(row.number, column) };
  }
  return result.quantity || result.amount || result.rate ? result : undefined;
}

type Read = (
  column: number | undefined,
) =>
  | { value: NonNullable<ReturnType<typeof decimal>>; from: ReturnType<Table['grid']['from']>; percent?: boolean }
  | undefined;

function lastFigure(row: GridRow, not: readonly (number | undefined)[], read: Read) {
  for (let column = row.cells.length - 1; column >= 1; column -= 1) {
    if (not.includes(column) || isBlank(row.cells[column])) continue;
    const figure = read(column);
    if (figure) return figure;
  }
  return undefined;
}

/** Adds up a matrix's totals by column to its quantity. */
function sumOfLabels({ labels }: Table, result: TotalRow, read: Read): void {
  const figures = labels.flatMap(({ column }) => read(column) ?? []);
  const [first] = figures;
  if (!first) return;
  const total = figures.reduce((sum, { value }) => sum + asNumber(value), 0);
  const value = decimal(String(total)) ?? ZERO;
  if (compare(value, ZERO) !== 0) result.quantity = { value, from: first.from };
}

/** A row that may be a charge under a name of its own, and what it comes to. */
export interface MayBeCharge {
  row: GridRow;
  total: TotalRow;
  amount: Decimal;
}

/** Reads a row as a charge; undefined if it has a quantity, or no amount. */
export function chargeIn(table: Table, row: GridRow, text: string, context: Context): MayBeCharge | undefined {
  const total = readTotalRow(table, row, 'shipping', text, context);
  return total?.amount && !total.quantity ? { row, total, amount: total.amount.value } : undefined;
}

/** What the charges, taxes and discounts come to that are known. */
export const adjustedBy = (totals: readonly TotalRow[]): Decimal =>
  sumOf(totals.flatMap(({ kind, amount }) => (ADJUSTING.has(kind) && amount ? [amount.value] : [])));

/** Whether a total below a row states a sum. */
export const states = (totals: readonly TotalRow[], below: number, sum: Decimal): boolean =>
  totals.some(
    ({ kind, amount, row }) =>
      SUMS.has(kind) && amount && row > below && compare(distance(sum, amount.value), CENTS) <= 0,
  );
