import type { Cell, CellValue, Range, Workbook } from '../spreadsheets/workbook';
import { computeFormulas } from './understanding/formulas';
import { gridOf, textOf, type GridCell } from './understanding/grid';

/** A sheet as a person sees it, its cells where the evidence of an order names them. */
export interface ShownSheet {
  name: string;
  hidden: boolean;
  /** last row and column that hold something */
  rows: number;
  columns: number;
  cells: ShownCell[];
  merges: Range[];
  hiddenRows: number[];
  hiddenColumns: number[];
}

/** Kinds of what a cell holds. */
export const cellKinds = ['text', 'number', 'date', 'time', 'boolean', 'error'] as const;
export type CellKind = (typeof cellKinds)[number];

export interface ShownCell extends Pick<Cell, 'bold' | 'struck' | 'fill'> {
  row: number;
  column: number;
  /** empty where the cell holds a note alone */
  text: string;
  kind: CellKind;
  note?: string;
  /** the value is computed from the cell's formula, for which the file has no result */
  computed?: true;
  /** the text or the note goes on */
  cut?: true;
}

/** Letters of a text or a note that are shown. */
const LONGEST = 500;

/** The sheets of a workbook with its hidden ones, as the reading of orders sees them: blank cells are none. */
export function shownSheets(book: Workbook): ShownSheet[] {
  const grids = book.sheets.map((sheet) => gridOf('', sheet));
  computeFormulas(grids);
  return grids.map((grid, index): ShownSheet => {
    const cells = new Map<string, ShownCell>();
    for (const { number: row, cells: filled } of grid.rows)
      filled.forEach((cell, column) => {
        if (cell && cell.value.is !== 'none') cells.set(`${row}:${column}`, shown(cell, row, column));
      });
    for (const { row, column, text } of [...grid.notes.values()].flat()) {
      const cell = cells.get(`${row}:${column}`) ?? { row, column, text: '', kind: 'text' };
      const cut = text.length > LONGEST;
      cells.set(`${row}:${column}`, { ...cell, note: text.slice(0, LONGEST), ...(cut ? { cut } : {}) });
    }
    const all = [...cells.values()].sort((a, b) => a.row - b.row || a.column - b.column);
    return {
      name: grid.sheet,
      hidden: book.sheets[index]?.state !== 'visible',
      rows: all.at(-1)?.row ?? 0,
      columns: all.reduce((most, { column }) => Math.max(most, column), 0),
      cells: all,
      merges: grid.merges,
      hiddenRows: grid.rows.flatMap(({ number, hidden }) => (hidden ? [number] : [])),
      hiddenColumns: [...grid.hiddenColumns],
    };
  });
}

function shown(cell: GridCell, row: number, column: number): ShownCell {
  const { value, bold, struck, fill, computed } = cell;
  const text = value.is === 'text' ? value.text.trim() : textOf(cell);
  return {
    row,
    column,
    text: text.slice(0, LONGEST),
    kind: kindOf(value),
    ...(bold ? { bold } : {}),
    ...(struck ? { struck } : {}),
    ...(fill === undefined ? {} : { fill }),
    ...(computed ? { computed: true as const } : {}),
    ...(text.length > LONGEST ? { cut: true as const } : {}),
  };
}

const kindOf = ({ is }: CellValue): CellKind => (is === 'none' ? 'text' : is);
