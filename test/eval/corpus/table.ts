import type { CellIn, Sheet } from './book';
import type { Column } from './columns';
import type { Golden, GoldenLine } from './golden';
import type { Item } from './goods';

export interface TableOptions {
  left?: number;
  /** rows of header cells instead of the columns' own, if the words are broken over lines */
  header?: CellIn[][] | 'none';
  /** false: the row exists but is not a line */
  isLine?: (item: Item, index: number) => boolean;
  /** writes other rows before this item's, at `sheet.at` */
  before?: (index: number) => void;
  /** a last change of the golden line */
  line?: (line: GoldenLine, item: Item, index: number) => void;
  /** a last change of the row, after its cells */
  row?: (row: number, item: Item, index: number) => void;
}

export interface Placed {
  header: number;
  /** rows of the items */
  rows: number[];
  /** the golden lines' rows */
  lineRows: number[];
}

/** Writes a table at the sheet's next row and adds its lines to the golden answer. */
export function placeTable(
  sheet: Sheet,
  golden: Golden,
  columns: Column[],
  list: Item[],
  options: TableOptions = {},
): Placed {
  const left = options.left ?? 1;
  const header = sheet.at;
  if (options.header !== 'none') {
    for (const cells of options.header ?? [columns.map((column) => column.header)]) sheet.add(cells, left);
  }
  const rows: number[] = [];
  const lineRows: number[] = [];
  list.forEach((item, index) => {
    options.before?.(index);
    const row = sheet.add(
      columns.map(({ cell }) => cell(item, sheet.at, index)),
      left,
    );
    rows.push(row);
    if (options.isLine?.(item, index) ?? true) {
      const line = goldenLine(sheet.name, row, left, columns, item, index);
      options.line?.(line, item, index);
      golden.lines.push(line);
      lineRows.push(row);
    }
    options.row?.(row, item, index);
  });
  return { header, rows, lineRows };
}

function goldenLine(
  sheet: string,
  row: number,
  left: number,
  columns: Column[],
  item: Item,
  index: number,
): GoldenLine {
  const line: GoldenLine = { sheet, row, values: {} };
  columns.forEach(({ field, want, also }, at) => {
    if (field === 'quantity') line.column = left + at;
    if (also) Object.assign(line.values, also(item));
    if (!field || !want) return;
    const wanted = want(item, index);
    if (field === 'code') line.code = wanted as string;
    else line.values[field] = wanted;
  });
  return line;
}
