import { isBlank, textOf, type Grid, type GridCell } from './grid';
import { KNOWN } from './header-rows';
import { bestScore, meaningOf } from './lexicon/match';

/** Signs and words for `the same as above`. */
const DITTO =
  /^(?:["'\u2018-\u201f\u2032\u2033\u3003\u00bb,„“”]{1,3}|-\s?["”“\u2033]+\s?-|-\s?,,\s?-|idem|id\.?|ídem|ditto|dito|dto\.?|do\.|ibid\.?|same|same as above|as above|wie oben|s\.\s?o\.|come sopra|c\.\s?s\.|igual|igual que arriba|lo mismo|zelfde|idem ditto|als boven|mesmo|o mesmo|jak wyżej|j\.?\s?w\.?|samma|samma som ovan|samme|som ovenfor|同上|〃|上同)$/i;

/**
 * Puts the value above in the place of each sign for it. Changes the cells of the grid, which remember the sign. A sign
 * below a heading or below nothing stays: it may be an inch.
 */
export function carryDittos(grid: Grid): void {
  const above = new Map<number, { cell: GridCell; row: number }>();
  for (const row of grid.rows) {
    for (const [column, cell] of row.cells.entries()) {
      if (!cell || isBlank(cell)) continue;
      const last = above.get(column);
      if (cell.value.is === 'text' && cell.value.text.length <= 20 && DITTO.test(cell.value.text.trim())) {
        if (!last || last.row < row.number - 2 || isHeading(grid, last)) continue;
        const carried: GridCell = { ...last.cell, column, carried: textOf(cell) };
        if (cell.struck) carried.struck = true;
        else delete carried.struck;
        row.cells[column] = carried;
        above.set(column, { cell: carried, row: row.number });
      } else above.set(column, { cell, row: row.number });
    }
  }
}

/** Whether a cell has the word of a heading, in a row without a figure. */
const isHeading = (grid: Grid, { cell, row }: { cell: GridCell; row: number }): boolean =>
  cell.value.is === 'text' &&
  cell.carried === undefined &&
  bestScore(meaningOf(textOf(cell))) >= KNOWN &&
  !grid.row(row)?.cells.some((other) => other?.value.is === 'number');
