import type { WorkRow } from '../../schemas/audit/work-context';
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
  rows: number;
  columns: number;
}

export const rowReaderLimits: RowReaderLimits = {
  zip: zipLimits,
  rows: 50_000,
  columns: 60,
  time: 20_000,
  heapMb: 200,
  memoryMb: 300,
  answer: 64 * 1024 * 1024,
  parallel: 2,
  ...warmth,
};

/** Reads .xlsx or .csv in a child process. */
export function createRowReader(limits: RowReaderLimits = rowReaderLimits): RowReader {
  const children = createChildren(limits);
  const { zip, rows, columns, time } = limits;
  // one more row, for the heading
  const workbook = { zip, read: { ...readLimits, rows: rows + 1, time } };
  return {
    read: (path) => children.run('rows', { path, limits: workbook, columns }),
    close: children.close,
  };
}
