import { MOST_ROWS, type WorkRow } from '../../schemas/audit/work-context';
import { HEADING_WITHIN } from '../audit/columns';
import { readLimits } from '../spreadsheets/budget';
import { warmth, type ChildLimits } from './child/limits';
import { createChildren } from './child/runner';
import { zipLimits, type ZipLimits } from '../spreadsheets/zip-scan';

/** Reads rows of work from a file. Throws `SpreadsheetError`. */
export interface RowReader {
  read(path: string): Promise<{ sheet: string; rows: WorkRow[] }>;
  /** Ends the children that read. */
  close(): void;
}

export interface RowReaderLimits extends ChildLimits {
  zip: ZipLimits;
  /** rows of work, without the heading and what stands above it */
  rows: number;
  columns: number;
}

export const rowReaderLimits: RowReaderLimits = {
  zip: zipLimits,
  rows: MOST_ROWS,
  columns: 60,
  time: 20_000,
  heapMb: 200,
  memoryMb: 300,
  answer: 64 * 1024 * 1024,
  parallel: 2,
  ...warmth,
};

/** Reads a spreadsheet in a child process. */
export function createRowReader(limits: RowReaderLimits = rowReaderLimits): RowReader {
  const children = createChildren(limits);
  const { zip, rows, columns, time } = limits;
  // and those above the heading, which do not count
  const workbook = { zip, read: { ...readLimits, rows: rows + HEADING_WITHIN, time } };
  return {
    read: (path) => children.run('rows', { path, limits: workbook, rows, columns }),
    close: children.close,
  };
}
