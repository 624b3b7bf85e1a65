import type { FileReading } from '../../../schemas/order/order';
import { isBlank, type Grid } from './grid';

const [SHEETS, ROWS, COLUMNS, LENGTH] = [5, 40, 20, 80];

/** Beginnings of some sheets as texts: all that a model is shown. */
export const sketchOf = (grids: readonly Grid[]): FileReading['sketch'] =>
  grids.slice(0, SHEETS).map((grid) => ({
    sheet: grid.sheet,
    rows: grid.rows.slice(0, ROWS).map(({ number, cells }) => ({
      row: number,
      cells: cells.flatMap((cell, column) =>
        column <= COLUMNS && !isBlank(cell) ? [{ column, text: grid.text(number, column).slice(0, LENGTH) }] : [],
      ),
    })),
  }));
