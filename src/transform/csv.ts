import { defuse, quoteField } from '../spreadsheets/csv-write';
import { readRecords } from '../spreadsheets/records';
import { columnsOf, itemsOf, textOf } from './columns';
import type { Item } from './fields';
import { numberOf } from './values';

/** A table as items, and the names of its columns. */
export interface Table {
  items: Item[];
  columns: string[];
  count: number;
}

/** Items of a CSV. All values are texts, as a CSV has no others. */
export const fromCsv = (text: string, options: { delimiter?: string; header?: boolean }): Table =>
  itemsOf(readRecords(text, options.delimiter).rows, options.header ?? true);

/**
 * Items as CSV (RFC 4180, lines end with CRLF). A text that a spreadsheet program would run as a formula gets an
 * apostrophe; numbers do not, also those in texts. The same items give the same text.
 */
export function toCsv(
  items: readonly Item[],
  options: { columns?: string[]; delimiter?: string; bom?: boolean },
): string {
  const { delimiter = ',' } = options;
  const columns = columnsOf(items, options.columns);
  const lines = [
    columns.map(({ name }) => quoteField(defuse(name), delimiter)),
    ...items.map((item) => columns.map(({ field }) => cellOf(field(item), delimiter))),
  ];
  const text = lines.map((cells) => `${cells.join(delimiter)}\r\n`).join('');
  return options.bom ? `\ufeff${text}` : text;
}

function cellOf(value: Parameters<typeof textOf>[0], delimiter: string): string {
  const text = textOf(value);
  return quoteField(numberOf(value) === undefined ? defuse(text) : text, delimiter);
}
