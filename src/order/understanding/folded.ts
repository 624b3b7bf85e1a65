import { Grid, isBlank, textOf, type GridRow } from './grid';
import { isLabel, KNOWN } from './header-rows';
import { bestScore, meaningOf, scoreOf } from './lexicon/match';
import { figureOf } from './profile';

const LEAST = 2;
/** Rows in which the headings of a folded table are looked for. */
const HEAD = 40;
const COUNTS = ['ordered', 'quantity'] as const;

/**
 * A sheet whose lines have two rows each, with two rows of headings one above the other: the cells of the second row stand
 * behind those of the first here. Undefined unless all lines are such pairs.
 */
export function foldPairs(grid: Grid): Grid | undefined {
  if (grid.turned || grid.folded !== undefined) return undefined;
  for (const [at, row] of grid.rows.slice(0, HEAD).entries()) {
    const second = grid.rows[at + 1];
    if (!second || second.number !== row.number + 1 || !areHeads(row, second)) continue;
    const pairs = pairsBelow(grid.rows.slice(at + 2), row, second);
    if (pairs.size >= LEAST) return fold(grid, new Set([row.number, ...pairs]));
  }
  return undefined;
}

/** Whether two rows are headings of which each has its own meaning, and the second stands under the first. */
function areHeads(row: GridRow, second: GridRow): boolean {
  const [first, lower] = [filledIn(row), filledIn(second)];
  const isOver =
    lower.length >= LEAST && lower.length < first.length && lower.every((column) => first.includes(column));
  const meansOther = (column: number) => {
    const [above, own] = [row, second].map(({ cells }) => meaningOf(textOf(cells[column])));
    return (
      bestScore(above ?? { senses: [], languages: [] }) >= KNOWN && own?.senses[0]?.sense !== above?.senses[0]?.sense
    );
  };
  return (
    isOver &&
    countColumn(row) !== undefined &&
    lower.every((column) => isLabel(second.cells[column]) && meansOther(column)) &&
    lower.some((column) => bestScore(meaningOf(textOf(second.cells[column]))) >= KNOWN)
  );
}

const filledIn = ({ cells }: GridRow): number[] => [...cells.keys()].filter((column) => !isBlank(cells[column]));

const countColumn = ({ cells }: GridRow): number | undefined => {
  const column = cells.findIndex(
    (cell) => isLabel(cell) && COUNTS.some((sense) => scoreOf(meaningOf(textOf(cell)), sense) >= KNOWN),
  );
  return column < 0 ? undefined : column;
};

/** First rows of the pairs below two rows of headings; none if a line stands alone. */
function pairsBelow(rows: readonly GridRow[], head: GridRow, second: GridRow): Set<number> {
  const [count = 0, under] = [countColumn(head), new Set(filledIn(second))];
  const pairs = new Set<number>();
  for (let at = 0; at < rows.length; at += 1) {
    const [row, next] = [rows[at], rows[at + 1]];
    if (!row || Number.isNaN(figureOf(row.cells[count]))) continue;
    const own = next ? filledIn(next) : [];
    const isPair = next?.number === row.number + 1 && own.length > 0 && own.every((column) => under.has(column));
    if (!isPair || !Number.isNaN(figureOf(next.cells[count]))) return new Set();
    pairs.add(row.number);
    at += 1;
  }
  return pairs;
}

/** Puts the cells of the rows after some rows behind those of these rows. */
function fold(grid: Grid, firsts: ReadonlySet<number>): Grid {
  const rows = grid.rows.flatMap((row): GridRow[] => {
    if (firsts.has(row.number - 1)) return [];
    const next = firsts.has(row.number) ? grid.row(row.number + 1) : undefined;
    if (!next) return [row];
    const cells = [...row.cells];
    for (const [column, cell] of next.cells.entries()) if (cell) cells[grid.width + column] = cell;
    return [{ ...row, cells }];
  });
  const { file, sheet, merges, hiddenColumns, notes, mended, width } = grid;
  return new Grid(file, sheet, rows, merges, hiddenColumns, false, notes, mended, width);
}
