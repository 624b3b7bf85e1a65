/**
 * Contents of a workbook's file: cells as tagged values, without interpretation. Rows and columns count from 1. Only
 * filled cells are listed.
 */
export interface Workbook {
  sheets: Sheet[];
  /** reader that succeeded */
  reader: 'stream' | 'exceljs' | 'csv' | 'ods' | 'sheetjs';
  /** encoding of a text file that was told from its letters alone: `windows-1250` */
  encoding?: string;
}

export interface Sheet {
  name: string;
  state: 'visible' | 'hidden' | 'veryHidden';
  rows: Row[];
  /** columns that the sheet does not show */
  hiddenColumns: number[];
  /** merged ranges; the first cell holds the value, the others are not listed */
  merges: Range[];
  /** notes that people have put on cells, filled or not */
  notes?: Note[];
  /** rows of a text file whose form was mended to read them */
  mended?: Mended[];
}

export interface Note {
  row: number;
  column: number;
  text: string;
}

/** A row of a text file that could only be read with a mend: an open quotation mark, a separator inside a text. */
export interface Mended {
  row: number;
  column: number;
  what: 'quotation' | 'separator' | 'letters';
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
  /** struck through, in whole or in part */
  struck?: boolean;
  /** colour behind the value as the file names it, `rgb C6EFCE`; equal ones look the same. Absent without one, or for white */
  fill?: string;
}

/** Value of a cell. */
export type CellValue =
  /**
   * rich text as plain letters; a number stored as text is text. `kept`: the letters that are not struck through, where
   * some are by themselves
   */
  | { is: 'text'; text: string; kept?: string }
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
