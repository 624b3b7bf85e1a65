import { Workbook } from 'exceljs';
import type { Order } from '../../schemas/order/order';
import { exportColumns } from './columns';
import { fixZipTimes } from '../spreadsheets/zip-times';

const LONGEST_CELL = 32_000;
const MADE = new Date(Date.UTC(2000, 0, 1));

/** A spreadsheet program would change a number with more digits, so it stays text. */
const DIGITS = 15;

/** Writes an approved order as a workbook with the columns of the CSV. The same order gives the same bytes. */
export async function toXlsx(order: Order): Promise<Buffer> {
  const workbook = new Workbook();
  workbook.creator = 'AWE';
  workbook.lastModifiedBy = 'AWE';
  workbook.created = MADE;
  workbook.modified = MADE;
  const sheet = workbook.addWorksheet('Order');
  sheet.columns = exportColumns.map(({ width, kind }) => ({
    width,
    style: { numFmt: kind === 'text' ? '@' : 'General' },
  }));
  sheet.addRow(exportColumns.map(({ name }) => name)).font = { bold: true };
  for (const line of order.lines) sheet.addRow(exportColumns.map(({ kind, value }) => cell(kind, value(order, line))));
  sheet.views = [{ state: 'frozen', ySplit: 1 }];
  return fixZipTimes(Buffer.from(await workbook.xlsx.writeBuffer()));
}

/** Text stays a text cell, so that no program takes it for a formula; characters that XML cannot hold are dropped. */
function cell(kind: 'text' | 'number', value: string | undefined): string | number | null {
  if (value === undefined) return null;
  if (kind === 'number' && value.replace(/\D/g, '').length <= DIGITS) return Number(value);
  return value
    .toWellFormed()
    .replace(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, '')
    .slice(0, LONGEST_CELL);
}
