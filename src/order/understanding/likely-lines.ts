import { isBlank, textOf, type GridRow } from './grid';
import { isLabelled } from './header-rows';
import { rowLabelOf } from './lexicon/labels';

/** Rows with more than one cell; headings, comments, sums and a labelled foot say nothing about the columns. */
export const likelyLines = (rows: readonly GridRow[], left: number, right: number): GridRow[] => {
  const least = right > left ? 2 : 1;
  const full = rows.filter(({ cells }) => {
    let filled = 0;
    for (let column = left; column <= right && filled < least; column += 1) if (!isBlank(cells[column])) filled += 1;
    return filled >= least && !(least > 1 && isLabelled(cells, left, right));
  });
  const lines = least > 1 ? full.filter(({ cells }) => !isSummed(cells, left, right)) : full;
  // where most rows begin with such a name, it is none: `CF` for a kind of document
  return lines.length < 0.5 * full.length ? full : lines;
};

/** Whether a row begins with the name of a sum: alone, or before one figure as `Total pairs | 85`. */
function isSummed(cells: GridRow['cells'], left: number, right: number): boolean {
  const filled = cells.filter((cell, column) => column >= left && column <= right && !isBlank(cell));
  const [first] = filled;
  // `CF-2026-1127` is a number, not a carry forward
  const label =
    first?.value.is === 'text' && !/^(?=.*\d)\S+$/.test(textOf(first)) ? rowLabelOf(textOf(first)) : undefined;
  return label !== undefined && label.label !== 'comment' && (label.whole || filled.length <= 2);
}
