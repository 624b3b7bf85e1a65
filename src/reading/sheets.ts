import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactStore } from '../documents/artifacts';
import { FileCache } from '../documents/cache';
import { createInFlight } from '../in-flight';
import type { ShownCell } from '../order/shown-sheets';
import type { Window } from '../spreadsheets/window';
import { inFolder, onDisk } from './folder';
import { createLanes, largeOrderLimits, orderReaderLimits, type LaneLimits } from './lanes';
import { cellsIn, type SheetTiles } from './tiles';

/** Shows the sheets of files of orders, as they were sent. Throws `SpreadsheetError` where the file is refused. */
export interface SheetReader {
  /** The sheets of a file; none of a mail. `undefined` if the store does not have it any more. */
  sheets(artifactId: string): Promise<SheetTiles[] | undefined>;
  /** The filled cells of a window, row by row, and its sheet. `undefined` if there is none; sheets count from 1. */
  window(
    artifactId: string,
    sheet: number,
    window: Window,
  ): Promise<{ sheet: SheetTiles; cells: ShownCell[] } | undefined>;
  /** Ends the children that read. */
  close(): void;
}

/** A file that was read: its sheets, and the tiles of them all. */
interface Known {
  sheets: SheetTiles[];
  tiles: Buffer;
  bytes: number;
}

/** Bytes of cells that are kept in memory. A file of 100,000 lines has some 30 MiB. */
const CACHE = 128 * 1024 * 1024;

/** Bytes of a list of sheets, with their merges and hidden rows; and milliseconds, for a person waits for one file. */
const patience = { answer: 8 * 1024 * 1024, time: 20_000 };

/** Bytes that a file of an order may have. The API refuses larger ones before. */
const LARGEST = 64 * 1024 * 1024;

/** Reads files in children, as orders are read, and keeps those read last. */
export function createSheetReader(
  artifacts: Pick<ArtifactStore, 'readArtifact'>,
  small: LaneLimits = orderReaderLimits,
  large: LaneLimits = largeOrderLimits,
): SheetReader {
  const lanes = createLanes({ ...small, ...patience }, { ...large, answer: patience.answer });
  const cache = new FileCache<Known>(CACHE, CACHE);
  const share = createInFlight<Known | undefined>();

  async function read(id: string): Promise<Known | undefined> {
    const bytes = await artifacts.readArtifact(id, { maxBytes: LARGEST });
    if (!bytes) return undefined;
    const known = await onDisk(bytes, async (path) => {
      const { run, limits } = await lanes.of(path);
      return await inFolder(async (folder) => {
        const cells = join(folder, 'cells');
        const sheets = await run('sheets', { path, cells, limits });
        const tiles = await readFile(cells);
        return { sheets, tiles, bytes: tiles.length };
      });
    });
    cache.set(id, known);
    return known;
  }

  const find = async (id: string) => cache.get(id) ?? (await share(id, () => read(id)));

  return {
    sheets: async (id) => (await find(id))?.sheets,
    async window(id, number, window) {
      const known = await find(id);
      const sheet = known?.sheets[number - 1];
      return known && sheet && { sheet, cells: await cellsIn(sheet, known.tiles, window) };
    },
    close: lanes.close,
  };
}
