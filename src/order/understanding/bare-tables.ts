import { describeTable } from './describe-table';
import { isBlank, textOf, type Grid, type GridRow } from './grid';
import { tablesUnder } from './headed-tables';
import { isLabel } from './header-rows';
import { headersAt } from './headers';
import { figureOf, rowsBetween } from './profile';
import { isPlausible } from './table-facts';
import type { Table } from './types';

/** Lines of a file of records, which say in their first field what they are: `HDR`, then `DTL`, `DTL`. */
export function recordTable(grid: Grid): Table | undefined {
  const kinds = new Map<string, GridRow[]>();
  const column = Math.min(...grid.rows.map(({ cells }) => cells.findIndex((cell) => !isBlank(cell))));
  for (const row of grid.rows) {
    const kind = textOf(row.cells[column]);
    if (!RECORD.test(kind)) return undefined;
    kinds.set(kind, [...(kinds.get(kind) ?? []), row]);
  }
  const [first] = grid.rows;
  const detail = [...kinds.values()].sort((a, b) => b.length - a.length)[0] ?? [];
  const single = first && kinds.get(textOf(first.cells[column]))?.length === 1;
  if (kinds.size < 2 || kinds.size > MOST_KINDS || !single || detail.length < 0.5 * grid.rows.length - 1)
    return undefined;
  const begin = detail[0]?.number ?? 1;
  const others = grid.rows.filter((row) => row.number > begin && !detail.includes(row)).map(({ number }) => number);
  const frame = {
    grid,
    headerRows: new Set(others),
    first: begin,
    last: detail.at(-1)?.number ?? begin,
    left: column + 1,
    right: Math.max(...detail.map(({ cells }) => cells.length - 1)),
  };
  const table = describeTable(frame, detail);
  return isPlausible(table) && table.roles.has('quantity') ? table : undefined;
}

const MOST_KINDS = 8;
const RECORD = /^(?:\p{Lu}[\p{L}\d]{0,7}|\d{1,3})$/u;

/** Finds a table of similar rows without known headings. */
export function tablesWithoutHeader(grid: Grid): Table[] {
  const lines = grid.rows.filter(({ cells }) => {
    let [texts, numbers] = [0, 0];
    for (const cell of cells) {
      if (!cell || isBlank(cell)) continue;
      if (!Number.isNaN(figureOf(cell))) numbers += 1;
      else if (cell.value.is === 'text') texts += 1;
    }
    return numbers >= 1 && texts + numbers >= 2;
  });
  const first = lines[0];
  const last = lines.at(-1);
  if (!first || !last || lines.length < 2) return [];
  const above = grid.rows[grid.rows.indexOf(first) - 1];
  const labels = above?.number === first.number - 1 ? above.cells.filter(isLabel).length : 0;
  const at = above ? grid.rows.indexOf(above) : -1;
  const headers = labels >= 2 ? headersAt(grid, { first: at, last: at, score: 0 }) : [];
  const beside = headers.length > 1 ? tablesUnder(grid, headers).filter(isOrdering) : [];
  if (beside.length > 1) return beside;
  const [header] = headers;
  const columns = lines.flatMap(({ cells }) => [...cells.keys()].filter((column) => !isBlank(cells[column])));
  const frame = {
    grid,
    header,
    headerRows: new Set(header?.rows ?? []),
    first: first.number,
    last: grid.rows.at(-1)?.number ?? last.number,
    left: columns.reduce((least, column) => Math.min(least, column), columns[0] ?? 1),
    right: columns.reduce((most, column) => Math.max(most, column), 1),
  };
  const table = describeTable(frame, rowsBetween(grid, frame.first, frame.last));
  return isOrdering(table) ? [table] : [];
}

/** Whether a table can hold ordered lines: it names things, and counts them. */
const isOrdering = (table: Table): boolean =>
  isPlausible(table) && (table.roles.has('quantity') || table.layout === 'matrix');
