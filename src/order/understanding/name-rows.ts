import { isBlank, textOf } from './grid';
import { sourced } from './line-cells';
import type { TableReading } from './line';

const LEAST = 2;

/**
 * Gives lines without a description the words of a row of their own: each line has one right above it, or each right
 * below. A row of words over several lines is a heading, and names none.
 */
export function takeNameRows({ table, drafts, sections }: TableReading): void {
  if (table.layout !== 'rows' || drafts.length < LEAST || drafts.some(({ line }) => line.description)) return;
  const words = new Set(sections.filter((row) => nameIn(table, row) !== undefined));
  for (const step of [-1, 1]) {
    const rows = drafts.map(({ row }) => row + step);
    if (!rows.every((row) => words.has(row)) || new Set(rows).size < rows.length) continue;
    for (const draft of drafts) {
      const column = nameIn(table, draft.row + step) ?? table.left;
      const { grid } = table;
      draft.line.description = sourced(grid.text(draft.row + step, column), grid.from(draft.row + step, column), 0.8);
    }
    return;
  }
}

/** Column of the only words in a row; undefined if there are other cells. */
function nameIn({ grid, left, right }: TableReading['table'], number: number): number | undefined {
  const cells = grid.row(number)?.cells ?? [];
  const filled = [...cells.keys()].filter((column) => column >= left && column <= right && !isBlank(cells[column]));
  const [column] = filled;
  const isName = column !== undefined && filled.length === 1 && /\p{L}{3}/u.test(textOf(cells[column]));
  return isName ? column : undefined;
}
