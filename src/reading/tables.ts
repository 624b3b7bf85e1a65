import type { TableOptions } from './child/table-options';
import { readLimits } from '../spreadsheets/budget';
import { SpreadsheetError } from '../spreadsheets/errors';
import { zipLimits } from '../spreadsheets/zip-scan';
import type { Table } from '../transform/csv';
import { warmth, type ChildLimits } from './child/limits';
import { createChildren } from './child/runner';

/** Reads a sheet of a workbook as items. */
export interface TableReader {
  /** @throws SpreadsheetError, TransformError; the signal's reason */
  read(path: string, options: TableOptions, signal?: AbortSignal): Promise<Table>;
  /** Ends the children that read. */
  close(): void;
}

export const tableLimits: ChildLimits = {
  time: 60_000,
  heapMb: 700,
  memoryMb: 1_000,
  answer: 64 * 1024 * 1024,
  parallel: 1,
  ...warmth,
};

/** A reader of tables in a child process. */
export function createTableReader(limits: ChildLimits = tableLimits): TableReader {
  const children = createChildren(limits);
  const workbook = { zip: zipLimits, read: { ...readLimits, time: limits.time } };
  return {
    close: children.close,
    async read(path, options, signal) {
      const answer = await children.run('table', { path, limits: workbook, options }, signal);
      if ('table' in answer) return answer.table;
      throw new SpreadsheetError('unreadable', { en: answer.fault, fr: answer.fault });
    },
  };
}
