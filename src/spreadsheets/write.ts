import { setImmediate } from 'node:timers/promises';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { stream } from 'exceljs';
import { fixZipTimes } from './zip-times';

export type CellToWrite = string | number | boolean | Date | null;

/** A sheet to be written: its head, and its rows below. Strings stay strings, so that none is taken for a formula. */
export interface SheetToWrite {
  name: string;
  columns: readonly { head: string; width: number; format: string }[];
  rows: Iterable<CellToWrite[]>;
  /** a filter over all rows */
  filter?: boolean;
}

const MADE = new Date(Date.UTC(2000, 0, 1));

/** Letters that fit into a cell, with room for what programs add. */
export const LONGEST_CELL = 32_000;

/** Rows after which what is written has its turn. */
const TURN = 500;

/**
 * Writes a workbook, row by row: 100,000 rows take seconds and some 200 MB, as a whole they would take ten times as
 * much. The same sheets give the same bytes.
 */
export async function writeWorkbook(sheets: readonly SheetToWrite[]): Promise<Buffer> {
  const out = new PassThrough();
  const bytes = buffer(out);
  // a third of a second to load, which every worker would spend at its start
  const ExcelJS = (await import('exceljs')).default;
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
  workbook.creator = 'AWE';
  workbook.lastModifiedBy = 'AWE';
  workbook.created = MADE;
  workbook.modified = MADE;
  for (const sheet of sheets) await writeSheet(workbook, sheet);
  await workbook.commit();
  return fixZipTimes(await bytes);
}

async function writeSheet(
  workbook: stream.xlsx.WorkbookWriter,
  { name, columns, rows, filter }: SheetToWrite,
): Promise<void> {
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = columns.map(({ width, format }) => ({ width, style: { numFmt: format } }));
  const head = sheet.addRow(columns.map((column) => column.head));
  head.font = { bold: true };
  head.commit();
  let count = 0;
  for (const row of rows) {
    sheet.addRow(row.map((cell) => (typeof cell === 'string' ? writable(cell) : cell))).commit();
    if (++count % TURN === 0) await setImmediate();
  }
  if (filter && count > 0)
    sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: count + 1, column: columns.length } };
  sheet.commit();
}

/** Characters that XML cannot hold are dropped. */
const writable = (text: string): string => text.toWellFormed().replace(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, '');
