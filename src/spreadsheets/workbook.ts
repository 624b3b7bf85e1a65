/**
 * A workbook as its file has it: cells as tagged values, nothing interpreted. Rows and columns count from 1.
 * Only cells that hold something are listed.
 */
export interface Workbook {
  sheets: Sheet[];
  /** which reader made it out */
  reader: 'stream' | 'exceljs' | 'csv';
}

export interface Sheet {
  name: string;
  state: 'visible' | 'hidden' | 'veryHidden';
  rows: Row[];
  /** columns that the sheet does not show */
  hiddenColumns: number[];
  /** merged ranges; the value is in the first cell, the others are not listed */
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
  /** without the `=`, as the file has it; the value is what was cached, `none` where nothing was */
  formula?: string;
  bold?: boolean;
}

/** What a cell holds. */
export type CellValue =
  /** rich text as its letters; `number stored as text` is text */
  | { is: 'text'; text: string }
  /** `digits` is the number as the file writes it, so that no digit is lost; `shown` is it in the cell's format, where that is more than digits (leading zeros, a currency, a unit, percent) */
  | { is: 'number'; number: number; digits: string; shown?: string }
  /** a number in a date's format; `iso` is `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS`, by the file's own calendar (1900 or 1904); no time zone */
  | { is: 'date'; iso: string; serial: number }
  /** a number in a format of time alone, in minutes */
  | { is: 'time'; minutes: number }
  | { is: 'boolean'; boolean: boolean }
  /** `#VALUE!` and its like */
  | { is: 'error'; error: string }
  | { is: 'none' };

/** First and last row and column, both included. */
export interface Range {
  top: number;
  left: number;
  bottom: number;
  right: number;
}
