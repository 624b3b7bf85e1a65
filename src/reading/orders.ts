import type { FileReading } from '../../schemas/order/order';
import { readLimits, type ReadLimits } from '../spreadsheets/budget';
import type { OrderOptions } from './child/jobs';
import { warmth, type ChildLimits } from './child/limits';
import { createChildren } from './child/runner';
import { SpreadsheetError } from '../spreadsheets/errors';
import { zipLimits, type ZipLimits } from '../spreadsheets/zip-scan';

export type { OrderOptions } from './child/jobs';

/** Reads a customer's file. A refused file is an outcome, not an error, because somebody must hear of it. */
export interface OrderReader {
  /** Throws the signal's reason when it aborts, and a plain `Error` if the fault is ours. */
  read(path: string, options: OrderOptions, signal?: AbortSignal): Promise<FileReading>;
  /** Ends the children that read. */
  close(): void;
}

export interface OrderReaderLimits extends ChildLimits {
  zip: ZipLimits;
  read: ReadLimits;
}

export const orderReaderLimits: OrderReaderLimits = {
  zip: zipLimits,
  read: readLimits,
  time: 5_000,
  heapMb: 200,
  memoryMb: 300,
  answer: 64 * 1024 * 1024,
  parallel: 2,
  ...warmth,
};

export function createOrderReader(limits: OrderReaderLimits = orderReaderLimits): OrderReader {
  const children = createChildren(limits);
  const workbook = { zip: limits.zip, read: { ...limits.read, time: limits.time } };
  return {
    async read(path, options, signal) {
      try {
        return await children.run('order', { path, limits: workbook, options }, signal);
      } catch (error) {
        if (error instanceof SpreadsheetError) return refused(options.file, error);
        throw error;
      }
    },
    close: children.close,
  };
}

function refused(file: string, { code, text }: SpreadsheetError): FileReading {
  return {
    file,
    outcome: 'refused',
    reason: { code, message: text },
    ...{ sheets: [], structures: [], lines: [], facts: {}, totals: [], anomalies: [], sketch: [] },
  };
}
