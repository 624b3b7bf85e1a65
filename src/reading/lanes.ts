import { readLimits, type ReadLimits } from '../spreadsheets/budget';
import { unpackedBytes, type WorkbookLimits } from '../spreadsheets/read';
import { zipLimits, type ZipLimits } from '../spreadsheets/zip-scan';
import { MOST_ROWS } from '../../schemas/order/run';
import { warmth, type ChildLimits } from './child/limits';
import { createChildren, type Children } from './child/runner';

export interface LaneLimits extends ChildLimits {
  zip: ZipLimits;
  read: ReadLimits;
}

/** Most files are small, and read at once or not at all. */
export const orderReaderLimits: LaneLimits = {
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
export const largeOrderLimits: LaneLimits = {
  ...orderReaderLimits,
  time: 120_000,
  heapMb: 1_000,
  memoryMb: 1_300,
  parallel: 1,
  filesPerChild: 1,
};

/** Unpacked bytes from which a file is large: some ten thousand rows. A mail's words are few. */
const LARGE = { csv: 512 * 1024, xls: 1024 * 1024, zip: 4 * 1024 * 1024, eml: Infinity, msg: Infinity };

/** Children for files of a size, and the limits that hold in them. */
export interface Lane {
  run: Children['run'];
  limits: WorkbookLimits;
}

/** Keeps large files of orders from holding up small ones. */
export function createLanes(small: LaneLimits, large: LaneLimits) {
  const [slow, fast] = [createLane(large), createLane(small)];
  return {
    /** The lane of a file. Throws `SpreadsheetError` if it is of no kind that is read. */
    async of(path: string): Promise<Lane> {
      const { kind, bytes } = await unpackedBytes(path);
      return bytes < LARGE[kind] ? fast : slow;
    },
    /** Ends the children that read. */
    close() {
      fast.close();
      slow.close();
    },
  };
}

function createLane(limits: LaneLimits): Lane & Pick<Children, 'close'> {
  const { run, close } = createChildren(limits);
  return { run, close, limits: { zip: limits.zip, read: { ...limits.read, time: limits.time } } };
}
