import { textOf, type Grid, type GridCell } from './grid';
import type { UnnumberedLine } from './line';
import { numberIn } from './numbers';
import type { MatrixLabel } from './types';

/**
 * Takes what is left of cells of which a part is struck through, as a new figure beside an old one. Changes the cells of
 * the grid, which remember all their letters.
 */
export function dropStruckParts(grid: Grid): void {
  for (const row of grid.rows)
    for (const [column, cell] of row.cells.entries()) {
      const rest = cell && restOf(cell);
      if (cell && rest !== undefined)
        row.cells[column] = { ...cell, struck: undefined, whole: textOf(cell), value: { is: 'text', text: rest } };
    }
}

/** The letters of a cell that are not struck, where they say the same kind of thing: a figure for a figure. */
function restOf({ value }: GridCell): string | undefined {
  const rest = value.is === 'text' ? value.kept?.trim() : undefined;
  if (value.is !== 'text' || rest === undefined || rest === '' || rest === value.text.trim()) return undefined;
  const isFigure = (text: string) => numberIn(text) !== undefined;
  return isFigure(rest) || !/^\P{L}*$/u.test(value.text) ? rest : undefined;
}

/** Reports the fields of a line of which a part is struck through. */
export function reportStruckParts({ table, row, issues }: UnnumberedLine, label: MatrixLabel | undefined): void {
  const cells = table.grid.row(row)?.cells ?? [];
  for (const column of new Set([...table.roles.values(), ...(label ? [label.column] : [])])) {
    const { whole } = cells[column] ?? {};
    if (whole === undefined) continue;
    const words = { text: whole, value: textOf(cells[column]) };
    issues.push({ code: 'line.part_struck', evidence: [table.grid.from(row, column)], words });
  }
}
