import type { Json } from '../../schemas/json';
import type { CellValue, Workbook } from '../spreadsheets/workbook';
import { LONGEST_CELL, writeWorkbook, type CellToWrite } from '../spreadsheets/write';
import { columnsOf, itemsOf, textOf, type Column } from './columns';
import type { Table } from './csv';
import { TransformError } from './errors';
import { isThere, type Item } from './fields';
import { momentOf } from './values';

/** Rows of a sheet without its heading. */
const MOST_ROWS = 1_048_575;
/** Digits that a spreadsheet program keeps. */
const DIGITS = 15;
/** Characters of a column's width at least and at most, and values that decide it. */
const WIDTH = { least: 8, most: 60, seen: 200 };
/** The calendar of workbooks has a day before that never was. */
const FIRST_DAY = Date.UTC(1900, 2, 1);

/**
 * Items as a workbook of one sheet. A column of nothing but ISO dates or times holds dates; texts are texts, also those
 * that look like formulas or numbers. The same items give the same bytes.
 * @throws TransformError `too_large` for more than a sheet or a cell can hold
 */
export async function toXlsx(items: readonly Item[], options: { columns?: string[]; sheet?: string }): Promise<Buffer> {
  if (items.length > MOST_ROWS)
    throw new TransformError('too_large', `a sheet holds ${MOST_ROWS} rows, not ${items.length}: write a CSV`);
  const written = columnsOf(items, options.columns).map((column) => ({ ...column, ...shapeOf(items, column) }));
  const columns = written.map(({ name, width, format }) => ({ head: name, width, format }));
  function* rows(): Generator<CellToWrite[]> {
    for (const item of items) yield written.map(({ name, field, isDate }) => cellOf(name, field(item), isDate));
  }
  return await writeWorkbook([{ name: sheetName(options.sheet ?? 'Data'), columns, rows: rows(), filter: true }]);
}

/** Items of a sheet: that of a name, or the first that is visible. Dates are ISO texts, numbers are numbers. */
export function fromWorkbook({ sheets }: Workbook, options: { sheet?: string; header?: boolean }): Table {
  const { sheet: name } = options;
  const found = sheets.find((one) => (name === undefined ? one.state === 'visible' : one.name === name)) ?? undefined;
  if (!found) {
    const names = sheets.map((one) => JSON.stringify(one.name)).join(', ');
    throw new TransformError(
      'bad_workbook',
      `there is no sheet ${JSON.stringify(name ?? 'that is visible')}: ${names}`,
    );
  }
  const rows = found.rows.map(({ cells }) => {
    const row: (Json | undefined)[] = [];
    for (const { column, value } of cells) row[column - 1] = valueOf(value);
    return Array.from(row);
  });
  const filled = rows.filter((row) => row.some(isThere));
  return itemsOf(filled, options.header ?? true);
}

function shapeOf(items: readonly Item[], { name, field }: Column) {
  const values = items.map(field).filter(isThere);
  const moments = values.map(momentOf);
  const isDate = values.length > 0 && moments.every((moment) => moment !== undefined && moment >= FIRST_DAY);
  const longest = Math.max(name.length, ...values.slice(0, WIDTH.seen).map((value) => textOf(value).length));
  const width = Math.min(WIDTH.most, Math.max(WIDTH.least, longest + 2));
  if (!isDate) return { isDate, width, format: values.every((value) => typeof value === 'string') ? '@' : 'General' };
  const isDay = values.every((value) => textOf(value).trim().length === 10);
  return { isDate, width, format: isDay ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm:ss' };
}

function cellOf(name: string, value: Json | undefined, isDate: boolean): CellToWrite {
  if (!isThere(value)) return null;
  if (isDate) return new Date(momentOf(value) ?? 0);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number' && String(value).replace(/e.*|\D/g, '').length <= DIGITS) return value;
  const text = textOf(value);
  if (text.length <= LONGEST_CELL) return text;
  throw new TransformError(
    'too_large',
    `a text of the column ${JSON.stringify(name)} has ${text.length} letters; a cell holds ${LONGEST_CELL}`,
    { field: name },
  );
}

/** A name that a sheet may have: 31 letters, without those that spreadsheet programs refuse. */
const sheetName = (name: string): string =>
  name
    .replaceAll(/[\\/?*[\]:]/g, ' ')
    .slice(0, 31)
    .trim() || 'Data';

function valueOf(value: CellValue): Json | undefined {
  switch (value.is) {
    case 'none':
      return undefined;
    case 'text':
      return value.text;
    case 'number':
      return value.number;
    case 'boolean':
      return value.boolean;
    case 'error':
      return value.error;
    case 'date':
      return value.iso;
    case 'time':
      return clockOf(value.minutes);
  }
}

/** A span of time as `HH:MM:SS`. */
function clockOf(minutes: number): string {
  const seconds = Math.round(minutes * 60);
  const part = (value: number) => String(Math.trunc(value)).padStart(2, '0');
  return `${part(seconds / 3_600)}:${part((seconds % 3_600) / 60)}:${part(seconds % 60)}`;
}
