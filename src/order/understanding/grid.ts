import type { Provenance } from '../../../schemas/order/order';
import type { Cell, CellValue, Mended, Note, Range, Sheet } from '../../spreadsheets/workbook';
import { decimal, decimalText } from './decimal';
import { collapseSpaces, columnName } from './text';

/** A cell in its place; `computed` if we computed its value from its formula. */
export interface GridCell extends Cell {
  computed?: boolean;
  /** the sign for `the same as above` that stood here; the value is the one above */
  carried?: string;
  /** all letters of a text of which a part is struck through; the value is the rest */
  whole?: string;
}

export interface GridRow {
  number: number;
  hidden: boolean;
  /** by column, with holes for empty cells */
  cells: (GridCell | undefined)[];
}

/**
 * A sheet with access to any cell. In a turned sheet (`turned`) rows and columns are swapped, and only `address` still
 * names the cells as the file does.
 */
export class Grid {
  readonly rows: GridRow[];
  /** last column that holds something */
  readonly width: number;
  private readonly byNumber: Map<number, GridRow>;
  private readonly mergeAt = new Map<string, Range>();
  private readonly coveredBy = new Map<number, Range[]>();

  constructor(
    readonly file: string,
    readonly sheet: string,
    rows: GridRow[],
    readonly merges: Range[],
    readonly hiddenColumns: ReadonlySet<number>,
    readonly turned = false,
    /** notes on cells, by row */
    readonly notes: ReadonlyMap<number, readonly Note[]> = new Map(),
    readonly mended: readonly Mended[] = [],
    /** last column of the sheet, behind which the cells of the row below stand; absent where none do */
    readonly folded?: number,
  ) {
    this.rows = rows;
    this.byNumber = new Map(rows.map((row) => [row.number, row]));
    this.width = rows.reduce((width, { cells }) => Math.max(width, cells.length - 1), 0);
    for (const merge of merges) {
      this.mergeAt.set(`${merge.top}:${merge.left}`, merge);
      // only merges over several rows are looked up by row; very long ones belong to no table
      if (merge.bottom > merge.top && merge.bottom - merge.top < MERGE_ROWS) {
        for (let row = merge.top; row <= merge.bottom; row += 1) {
          const list = this.coveredBy.get(row);
          if (list) list.push(merge);
          else this.coveredBy.set(row, [merge]);
        }
      }
    }
  }

  row(number: number): GridRow | undefined {
    return this.byNumber.get(number);
  }

  cell(row: number, column: number): GridCell | undefined {
    return this.byNumber.get(row)?.cells[column];
  }

  text(row: number, column: number): string {
    return textOf(this.cell(row, column));
  }

  /** The merge that begins at a cell. */
  merge(row: number, column: number): Range | undefined {
    return this.mergeAt.get(`${row}:${column}`);
  }

  /** The merge over several rows that covers a cell. */
  tallMerge(row: number, column: number): Range | undefined {
    return this.coveredBy.get(row)?.find(({ left, right }) => left <= column && column <= right);
  }

  address(row: number, column: number): string {
    if (this.folded !== undefined && column > this.folded) return `${columnName(column - this.folded)}${row + 1}`;
    return this.turned ? `${columnName(row)}${column}` : `${columnName(column)}${row}`;
  }

  /** Provenance of the value in a cell. */
  from(row: number, column: number): Provenance {
    const own = this.cell(row, column);
    const text = (own?.carried ?? own?.whole ?? textOf(own)).slice(0, 500);
    const cell = this.address(row, column);
    return text === ''
      ? { file: this.file, sheet: this.sheet, cell }
      : { file: this.file, sheet: this.sheet, cell, text };
  }
}

const MERGE_ROWS = 2_000;

export function gridOf(file: string, sheet: Sheet): Grid {
  const rows = sheet.rows.map(({ number, hidden, cells }) => {
    const placed: (GridCell | undefined)[] = [];
    for (const cell of cells) if (cell.formula !== undefined || holds(cell.value)) placed[cell.column] = cell;
    return { number, hidden, cells: placed };
  });
  return new Grid(
    file,
    sheet.name,
    rows.filter(({ cells }) => cells.length > 0).sort((a, b) => a.number - b.number),
    sheet.merges,
    new Set(sheet.hiddenColumns),
    false,
    notesByRow(sheet.notes ?? []),
    sheet.mended,
  );
}

function notesByRow(notes: readonly Note[]): Map<number, Note[]> {
  const rows = new Map<number, Note[]>();
  for (const note of notes) rows.set(note.row, [...(rows.get(note.row) ?? []), note]);
  return rows;
}

/** Swaps rows and columns. */
export function turn(grid: Grid): Grid {
  const columns = new Map<number, GridRow>();
  for (const row of grid.rows) {
    row.cells.forEach((cell, column) => {
      if (!cell) return;
      const target = columns.get(column) ?? { number: column, hidden: grid.hiddenColumns.has(column), cells: [] };
      target.cells[row.number] = cell;
      columns.set(column, target);
    });
  }
  return new Grid(
    grid.file,
    grid.sheet,
    [...columns.values()].sort((a, b) => a.number - b.number),
    grid.merges.map(({ top, left, bottom, right }) => ({ top: left, left: top, bottom: right, right: bottom })),
    new Set(grid.rows.filter(({ hidden }) => hidden).map(({ number }) => number)),
    !grid.turned,
    notesByRow([...grid.notes.values()].flat().map(({ row, column, text }) => ({ row: column, column: row, text }))),
  );
}

const holds = (value: CellValue): boolean => value.is !== 'none' && !(value.is === 'text' && value.text.trim() === '');

export const isBlank = (cell: GridCell | undefined): boolean =>
  cell === undefined || (!holds(cell.value) && cell.formula === undefined);

const NOTHING = /^(?:[-–—_/.]+|n\/?a|nc|néant|neant|nil)?$/i;

/** Whether a cell is empty, or says so with a dash or `n/a`. */
export const saysNothing = (cell: GridCell | undefined): boolean => {
  if (!cell) return true;
  if (cell.value.is === 'none') return cell.formula === undefined;
  return cell.value.is === 'text' && NOTHING.test(cell.value.text.trim());
};

/** Text of a cell as a person reads it. */
export function textOf(cell: GridCell | undefined): string {
  if (!cell) return '';
  const { value } = cell;
  switch (value.is) {
    case 'text':
      return collapseSpaces(value.text);
    case 'number':
      return value.shown === undefined ? plainDigits(value.digits) : collapseSpaces(value.shown);
    case 'date':
      return value.iso;
    case 'time':
      return `${Math.floor(value.minutes / 60)}:${String(Math.round(value.minutes % 60)).padStart(2, '0')}`;
    case 'boolean':
      return value.boolean ? 'TRUE' : 'FALSE';
    case 'error':
      return value.error;
    case 'none':
      return '';
  }
}

/** Digits without an exponent. */
export function plainDigits(digits: string): string {
  if (/^-?\d{1,15}$/.test(digits)) return digits;
  const value = decimal(digits);
  return (value && decimalText(value)) ?? digits;
}

/** Rows at the top and at the bottom of a sheet in which addresses stand. */
const ADDRESS_ROWS = 40;

/** Texts of a title block and a foot. */
export function wordsBeside({ rows }: Grid): string[] {
  const some = rows.length > 2 * ADDRESS_ROWS ? [...rows.slice(0, ADDRESS_ROWS), ...rows.slice(-ADDRESS_ROWS)] : rows;
  return some.flatMap(({ cells }) =>
    cells.flatMap((cell) => (cell?.value.is === 'text' && cell.value.text.length <= 300 ? [cell.value.text] : [])),
  );
}
