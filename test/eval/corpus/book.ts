/** A workbook as described by a trait, before one of the writers puts it into a file. */
export interface Cell {
  text?: string;
  /** a string is written digit for digit, as programs other than Excel may do */
  number?: number | string;
  boolean?: boolean;
  error?: string;
  /** a number format of Excel */
  format?: string;
  /** without `=`; the cached value is in text, number or error */
  formula?: string;
  /** cells of one column with the same number share one formula; rows without gap */
  shared?: number;
  bold?: boolean;
  /** a note on the cell */
  remark?: string;
}
export type CellIn = string | number | Cell | undefined;

export interface Merge {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export class Sheet {
  readonly rows = new Map<number, Map<number, Cell>>();
  readonly merges: Merge[] = [];
  readonly hiddenRows = new Set<number>();
  readonly hiddenColumns = new Set<number>();
  state: 'visible' | 'hidden' | 'veryHidden' = 'visible';
  /** the row that `add` writes next */
  at = 1;

  constructor(readonly name: string) {}

  put(row: number, column: number, cell: CellIn): this {
    if (cell === undefined) return this;
    const cells = this.rows.get(row) ?? new Map<number, Cell>();
    this.rows.set(row, cells);
    cells.set(column, typeof cell === 'string' ? { text: cell } : typeof cell === 'number' ? { number: cell } : cell);
    return this;
  }

  /** Writes a row from `left` on and moves to the next one; returns the row's number. */
  add(cells: CellIn[], left = 1): number {
    cells.forEach((cell, index) => this.put(this.at, left + index, cell));
    return this.at++;
  }

  skip(rows = 1): this {
    this.at += rows;
    return this;
  }

  merge(top: number, left: number, bottom: number, right: number): this {
    this.merges.push({ top, left, bottom, right });
    return this;
  }

  cell(row: number, column: number): Cell | undefined {
    return this.rows.get(row)?.get(column);
  }
}

/** The form of the file; forms that exceljs cannot express go through the XML writer. */
export interface Dialect {
  writer: 'exceljs' | 'xml' | 'csv' | 'bytes';
  strings?: 'shared' | 'inline';
  /** prefix of the main namespace, as some generators write it */
  prefix?: string;
  strict?: boolean;
  noStyles?: boolean;
  noDimension?: boolean;
  /** cells and rows without `r` */
  noAddresses?: boolean;
  /** parts under unusual folders and names */
  oddNames?: boolean;
  stored?: boolean;
  csv?: {
    separator: ';' | ',' | '\t';
    encoding: 'utf8' | 'utf8-bom' | 'windows-1252' | 'utf16le';
    newline: '\n' | '\r\n';
  };
  /** further parts of the package, or the whole file for `bytes` */
  parts?: Record<string, string>;
  bytes?: Buffer;
  /** truncates the finished file after this share of it */
  cutAt?: number;
  doctype?: boolean;
}

export class Workbook {
  readonly sheets: Sheet[] = [];
  date1904 = false;
  dialect: Dialect = { writer: 'exceljs' };

  sheet(name: string, state: Sheet['state'] = 'visible'): Sheet {
    const sheet = new Sheet(name);
    sheet.state = state;
    this.sheets.push(sheet);
    return sheet;
  }
}

export function columnName(column: number): string {
  let name = '';
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26)) {
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name;
  }
  return name;
}

/** Days from the calendar's beginning to `YYYY-MM-DD`. */
export function serialOf(iso: string, date1904 = false): number {
  return Math.round((Date.parse(`${iso}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000) - (date1904 ? 1462 : 0);
}
