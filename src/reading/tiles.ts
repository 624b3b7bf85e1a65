import { open } from 'node:fs/promises';
import { cellKinds, type CellKind, type ShownCell, type ShownSheet } from '../order/shown-sheets';
import { refusal } from '../spreadsheets/refusals';
import { rangeOf, type Window } from '../spreadsheets/window';

/**
 * The cells of a file in tiles of so many rows and columns, one behind the other in one file, so that a window of a
 * sheet is cut out without a look at the rest.
 */
export const TILE = { rows: 200, columns: 60 };

/** A file with cells in more tiles than this has them scattered to no purpose. */
const MOST_TILES = 50_000;

/** Facts of a sheet, and where its tiles lie. */
export interface SheetTiles extends Omit<ShownSheet, 'cells'> {
  tiles: Tile[];
}

/** Place of a tile among the others, counted from 0, and its bytes in the file. */
type Tile = [band: number, strip: number, start: number, bytes: number];

/** A cell as it is kept; its kind by number. */
type KeptCell = [row: number, column: number, text: string, kind: number, more?: Omit<ShownCell, keyof Plain>];
type Plain = Pick<ShownCell, 'row' | 'column' | 'text' | 'kind'>;

/** Writes the tiles of the sheets into a file. Throws `SpreadsheetError` `too_large` where there are too many. */
export async function keepTiles(path: string, sheets: ShownSheet[]): Promise<SheetTiles[]> {
  const file = await open(path, 'wx', 0o600);
  try {
    let [start, count] = [0, 0];
    const kept: SheetTiles[] = [];
    for (const { cells, ...sheet } of sheets) {
      const groups = groupsOf(cells);
      count += groups.size;
      if (count > MOST_TILES) throw tooScattered(sheet.name);
      const tiles: Tile[] = [];
      for (const [place, group] of groups) {
        const bytes = Buffer.from(JSON.stringify(group.map(keptCell)));
        await file.appendFile(bytes);
        const [band = 0, strip = 0] = place.split(':').map(Number);
        tiles.push([band, strip, start, bytes.length]);
        start += bytes.length;
      }
      kept.push({ ...sheet, tiles });
    }
    return kept;
  } finally {
    await file.close();
  }
}

/** The cells of a window, row by row. One tile is parsed at a time, and others have their turn between two. */
export async function cellsIn({ tiles }: SheetTiles, bytes: Buffer, window: Window): Promise<ShownCell[]> {
  const { top, left, bottom, right } = rangeOf(window);
  const found: ShownCell[] = [];
  for (const [band, strip, start, length] of tiles) {
    if (band < bandOf(top) || band > bandOf(bottom) || strip < stripOf(left) || strip > stripOf(right)) continue;
    const tile = JSON.parse(bytes.toString('utf8', start, start + length)) as KeptCell[];
    for (const cell of tile) {
      const [row, column] = cell;
      if (row >= top && row <= bottom && column >= left && column <= right) found.push(shownCell(cell));
    }
    await new Promise(setImmediate);
  }
  return found.sort((a, b) => a.row - b.row || a.column - b.column);
}

const bandOf = (row: number): number => Math.floor((row - 1) / TILE.rows);
const stripOf = (column: number): number => Math.floor((column - 1) / TILE.columns);

function groupsOf(cells: ShownCell[]): Map<string, ShownCell[]> {
  const groups = new Map<string, ShownCell[]>();
  for (const cell of cells) {
    const place = `${bandOf(cell.row)}:${stripOf(cell.column)}`;
    const group = groups.get(place);
    if (group) group.push(cell);
    else groups.set(place, [cell]);
  }
  return groups;
}

function keptCell({ row, column, text, kind, ...more }: ShownCell): KeptCell {
  const number = cellKinds.indexOf(kind);
  return Object.keys(more).length > 0 ? [row, column, text, number, more] : [row, column, text, number];
}

const shownCell = ([row, column, text, kind, more]: KeptCell): ShownCell => ({
  row,
  column,
  text,
  kind: cellKinds[kind] as CellKind,
  ...more,
});

const tooScattered = (sheet: string) =>
  refusal.tooLarge({ en: 'cells scattered too widely', fr: 'des cellules trop dispersées' }, sheet);
