import { tile, type SheetWindow } from './queries';
import type { FieldKey } from './fields';

/** Heights and widths of a sheet on the screen, in px. */
export const ROW = 26;
export const GUTTER = 48;
const WIDTH = { least: 48, usual: 88, most: 260, ofLetter: 7.6, edge: 14 };

/** Name of a column: 1 is A, 27 is AA. */
export function lettersOf(column: number): string {
  let letters = '';
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return letters;
}

export interface Place {
  row: number;
  column: number;
}
export interface Area extends Place {
  rows: number;
  columns: number;
}

/** A cell `B7` or a range `B7:D9`; undefined for anything else. */
export function areaOf(ref: string): Area | undefined {
  const match = /^\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?$/.exec(ref);
  if (!match) return undefined;
  const [, left = '', top, right = left, bottom = top] = match;
  const [row, column] = [Number(top), numberOf(left)];
  return { row, column, rows: Number(bottom) - row + 1, columns: numberOf(right) - column + 1 };
}

const numberOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

export const isWithin = ({ row, column }: Place, area: Area): boolean =>
  row >= area.row && row < area.row + area.rows && column >= area.column && column < area.column + area.columns;

/** What a draft says of a cell. */
export interface Marked {
  keys: readonly FieldKey[];
  isOdd: boolean;
}

export type SheetCell = SheetWindow['cells'][number];

/** Parts of a sheet put together, to be looked up by row. */
export interface Cells {
  rows: ReadonlyMap<number, readonly SheetCell[]>;
  merges: ReadonlyMap<string, Area>;
  marks: ReadonlyMap<string, Marked>;
  /** columns that are marked, by row */
  marked: ReadonlyMap<number, ReadonlySet<number>>;
}

export const nameOf = ({ row, column }: Place): string => `${row} ${column}`;

/** Cells of one mark; a range may be as long as the sheet. */
const MOST_MARKED = 400;

export function joined(windows: readonly SheetWindow[]): Cells {
  const rows = new Map<number, SheetCell[]>();
  const merges = new Map<string, Area>();
  const marks = new Map<string, { keys: FieldKey[]; isOdd: boolean }>();
  const marked = new Map<number, Set<number>>();
  for (const window of windows) {
    for (const cell of window.cells) {
      const row = rows.get(cell.row);
      if (row) row.push(cell);
      else rows.set(cell.row, [cell]);
    }
    for (const merge of window.merges) merges.set(nameOf(merge), merge);
    for (const mark of window.marks) {
      const area = areaOf(mark.ref);
      if (!area) continue;
      const key = mark.code === undefined ? keyOfPath(mark) : undefined;
      const count = Math.min(area.rows * area.columns, MOST_MARKED);
      for (let i = 0; i < count; i++) {
        const place = { row: area.row + Math.floor(i / area.columns), column: area.column + (i % area.columns) };
        const name = nameOf(place);
        marked.set(place.row, (marked.get(place.row) ?? new Set()).add(place.column));
        const known = marks.get(name) ?? { keys: [], isOdd: false };
        if (key !== undefined && !known.keys.includes(key)) known.keys.push(key);
        marks.set(name, { ...known, isOdd: known.isOdd || mark.code !== undefined });
      }
    }
  }
  return { rows, merges, marks, marked };
}

/** The field that a mark is the source of: `/lines/3/quantity` of the line L4 is `L4.quantity`. */
function keyOfPath({ path, line_id }: SheetWindow['marks'][number]): FieldKey | undefined {
  const [, top, second, third] = path.split('/');
  if (line_id !== undefined && top === 'lines')
    return third === undefined || third === 'other' ? undefined : `${line_id}.${third}`;
  return (top === 'delivery' || top === 'facts') && second !== undefined ? `${top}.${second}` : undefined;
}

/** Widths of columns, by the longest text in the first rows. */
export function widthsOf(columns: number, windows: readonly SheetWindow[]): number[] {
  const longest = new Map<number, number>();
  const wide = new Set(windows.flatMap(({ merges }) => merges.filter((merge) => merge.columns > 1).map(nameOf)));
  for (const { cells } of windows)
    for (const cell of cells)
      if (!wide.has(nameOf(cell)))
        longest.set(cell.column, Math.max(longest.get(cell.column) ?? 0, cell.text.length + (cell.note ? 2 : 0)));
  return Array.from({ length: columns }, (_, i) => {
    const letters = longest.get(i + 1);
    if (letters === undefined) return WIDTH.usual;
    return Math.min(WIDTH.most, Math.max(WIDTH.least, letters * WIDTH.ofLetter + WIDTH.edge));
  });
}

/** The tiles that cover rows and columns, which count from 0. */
export function tilesOf(
  rows: { from: number; to: number },
  columns: { from: number; to: number },
): { row: number; column: number }[] {
  const tiles: { row: number; column: number }[] = [];
  for (let row = Math.floor(rows.from / tile.rows); row <= Math.floor(rows.to / tile.rows); row++)
    for (
      let column = Math.floor(columns.from / tile.columns);
      column <= Math.floor(columns.to / tile.columns);
      column++
    )
      tiles.push({ row, column });
  return tiles;
}

/** Colours of a cell whose file names one, with letters that can be read on it. */
export function fillOf(fill: string | undefined): { background: string; color: string } | undefined {
  const hex = /^rgb ([0-9A-F]{6})$/i.exec(fill ?? '')?.[1];
  if (hex === undefined) return undefined;
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return { background: `#${hex}`, color: 0.299 * r + 0.587 * g + 0.114 * b > 128 ? '#000' : '#fff' };
}
