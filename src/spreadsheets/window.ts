import type { Range } from './workbook';

/** A part of a sheet: so many rows and columns from one on, counted from 1. */
export interface Window {
  from_row: number;
  rows: number;
  from_column: number;
  columns: number;
}

export const rangeOf = ({ from_row, rows, from_column, columns }: Window): Range => ({
  top: from_row,
  left: from_column,
  bottom: from_row + rows - 1,
  right: from_column + columns - 1,
});

/** Whether two ranges have a cell in common. */
export const meets = (a: Range, b: Range): boolean =>
  a.top <= b.bottom && b.top <= a.bottom && a.left <= b.right && b.left <= a.right;
