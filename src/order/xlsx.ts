import type { Order } from '../../schemas/order/order';
import { LONGEST_CELL, writeWorkbook, type CellToWrite } from '../spreadsheets/write';
import { exportColumns, type ColumnKind } from './columns';
import { placesOf } from './money';

/** A spreadsheet program would change a number with more digits, so it stays text. */
const DIGITS = 15;

/** Writes an approved order as a workbook with the columns of the CSV. The same order gives the same bytes. */
export async function toXlsx(order: Order): Promise<Buffer> {
  const formats = formatsFor(order.facts.currency?.value);
  const columns = exportColumns.map(({ name, width, kind }) => ({ head: name, width, format: formats[kind] }));
  return await writeWorkbook([{ name: 'Order', columns, rows: rowsOf(order) }]);
}

function* rowsOf(order: Order): Generator<CellToWrite[]> {
  for (const line of order.lines) yield exportColumns.map(({ kind, value }) => cell(kind, value(order, line)));
}

/** Prices may have more digits than the currency's unit, and show them. */
function formatsFor(currency: string | undefined): Record<ColumnKind, string> {
  const places = placesOf(currency);
  const money = places === 0 ? 'General' : `0.${'0'.repeat(places)}${'#'.repeat(9 - places)}`;
  return { text: '@', number: 'General', money, date: 'yyyy-mm-dd' };
}

function cell(kind: ColumnKind, value: string | undefined): CellToWrite {
  if (value === undefined) return null;
  // the calendar of workbooks has a day that never was before March 1900
  if (kind === 'date' && value >= '1900-03-01') return new Date(`${value}T00:00:00Z`);
  const isFigure = kind === 'number' || kind === 'money';
  if (isFigure && value.replace(/\D/g, '').length <= DIGITS) return Number(value);
  return value.slice(0, LONGEST_CELL);
}
