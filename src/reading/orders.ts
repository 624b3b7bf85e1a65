import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MOST_ROWS, type ReadDelivery } from '../../schemas/order/run';
import { openFilesystemStore } from '../documents/filesystem';
import { takeOverValues } from '../documents/take-over';
import type { ValueStore } from '../documents/values';
import { refusedReading } from '../order/readings';
import { readLimits, type ReadLimits } from '../spreadsheets/budget';
import { SpreadsheetError } from '../spreadsheets/errors';
import { unpackedBytes } from '../spreadsheets/read';
import { zipLimits, type ZipLimits } from '../spreadsheets/zip-scan';
import type { OrderOptions } from './child/jobs';
import { warmth, type ChildLimits } from './child/limits';
import { createChildren } from './child/runner';
import { keepReading } from './keep';

export type { OrderOptions } from './child/jobs';

/** Reads a customer's file. A refused file is an outcome, not an error, because somebody must hear of it. */
export interface OrderReader {
  /** Keeps the reading. Throws the signal's reason when it aborts, and a plain `Error` if the fault is ours. */
  read(
    path: string,
    options: OrderOptions,
    documents: Pick<ValueStore, 'files' | 'putValue'>,
    signal?: AbortSignal,
  ): Promise<ReadDelivery>;
  /** Ends the children that read. */
  close(): void;
}

export interface OrderReaderLimits extends ChildLimits {
  zip: ZipLimits;
  read: ReadLimits;
}

/** Most files are small, and read at once or not at all. */
export const orderReaderLimits: OrderReaderLimits = {
  zip: zipLimits,
  read: { ...readLimits, rows: MOST_ROWS },
  time: 5_000,
  heapMb: 200,
  memoryMb: 300,
  answer: 1024 * 1024,
  parallel: 2,
  ...warmth,
};

/** Large files: one at a time, in a child that ends with it. */
export const largeOrderLimits: OrderReaderLimits = {
  ...orderReaderLimits,
  time: 120_000,
  heapMb: 1_000,
  memoryMb: 1_300,
  parallel: 1,
  filesPerChild: 1,
};

/** Unpacked bytes from which a file is large: some ten thousand rows. A mail's words are few. */
const LARGE = { csv: 512 * 1024, xls: 1024 * 1024, zip: 4 * 1024 * 1024, eml: Infinity, msg: Infinity };

export function createOrderReader(
  limits: OrderReaderLimits = orderReaderLimits,
  large: OrderReaderLimits = largeOrderLimits,
): OrderReader {
  const small = lane(limits);
  const big = lane(large);
  return {
    async read(path, options, documents, signal) {
      try {
        const { kind, bytes } = await unpackedBytes(path);
        const read = bytes < LARGE[kind] ? small.read : big.read;
        return await inFolder(async (folder) => {
          const delivery = await read(path, folder, options, signal);
          await takeOverValues(await openFilesystemStore({ root: folder }), documents);
          return delivery;
        });
      } catch (error) {
        if (!(error instanceof SpreadsheetError)) throw error;
        return await keepReading(documents, refusedReading(options.file, error.code, error.text));
      }
    },
    close() {
      small.close();
      big.close();
    },
  };
}

function lane(limits: OrderReaderLimits) {
  const children = createChildren(limits);
  const workbook = { zip: limits.zip, read: { ...limits.read, time: limits.time } };
  return {
    read: (path: string, folder: string, options: OrderOptions, signal?: AbortSignal) =>
      children.run('order', { path, folder, limits: workbook, options }, signal),
    close: children.close,
  };
}

/** A folder in which a child may leave what it has made. */
async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'awe-reading-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
