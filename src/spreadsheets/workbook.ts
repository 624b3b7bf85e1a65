/**
 * Contents of a workbook's file: cells as tagged values, without interpretation. Rows and columns count from 1. Only
 * filled cells are listed.
 */
export interface Workbook {
  sheets: Sheet[];
  /** reader that succeeded */
  reader: 'stream' | 'exceljs' | 'csv';
}

export interface Sheet {
  name: string;
  state: 'visible' | 'hidden' | 'veryHidden';
  rows: Row[];
  /** columns that the sheet does not show */
  hiddenColumns: number[];
  /** merged ranges; the first cell holds the value, the others are not listed */
  merges: Range[];
}

export interface Row {
  number: number;
  hidden: boolean;
  cells: Cell[];
}

export interface Cell {
  column: number;
  value: CellValue;
  /** as in the file, without the `=`; the value is the cached result, `none` without one */
  formula?: string;
  bold?: boolean;
}

/** Value of a cell. */
export type CellValue =
  /** rich text as plain letters; a number stored as text is text */
  | { is: 'text'; text: string }
  /**
   * `digits` is the number as the file writes it, so that no digit is lost; `shown` is the number in the cell's format,
   * if that adds to the digits (leading zeros, a currency, a unit, percent)
   */
  | { is: 'number'; number: number; digits: string; shown?: string }
  /**
   * a number in a format of dates; `iso` is `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS` in the file's own calendar (1900 or
   * 1904), without a time zone
   */
  | { is: 'date'; iso: string; serial: number }
  /** a number in a format of times, in minutes */
  | { is: 'time'; minutes: number }
  | { is: 'boolean'; boolean: boolean }
  /** `#VALUE!` and the like */
  | { is: 'error'; error: string }
  | { is: 'none' };

/** First and last row and column, both included. */
export interface Range {
  top: number;
  left: number;
  bottom: number;
  right: number;
}
