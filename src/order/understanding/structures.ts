import { calendarFor } from './day-labels';
import type { TableStructure } from '../../../schemas/order/order';
import type { Grid } from './grid';
import { columnTexts, headingOf } from './header-rows';
import { labelsOf } from './matrix';
import { profilesOf, rowsBetween } from './profile';
import type { ColumnRole, Heading, Table } from './types';
import { figuresOf, countProducts, productWeight } from './witness';

/** Table with the structure that a person or a model gave; undefined if it does not fit the sheet. */
export function structuredTable(grid: Grid, structure: TableStructure): Table | undefined {
  const { header_rows, first_row, last_row, layout, columns } = structure;
  const end = grid.rows.at(-1)?.number ?? 0;
  const columnsOf = (role: ColumnRole) => columns.filter((column) => column.role === role).map(({ column }) => column);
  const quantities = columnsOf('quantity');
  const once = [...new Set(columns.map(({ role }) => role))].every(
    (role) =>
      role === 'ignore' ||
      role === 'note' ||
      (role === 'quantity' && layout === 'matrix') ||
      columnsOf(role).length === 1,
  );
  const inside =
    columns.every(({ column }) => column <= grid.width) &&
    new Set(columns.map(({ column }) => column)).size === columns.length;
  const ordered =
    first_row <= last_row && first_row <= end && header_rows.every((row) => row < first_row && row <= end);
  if (!once || !inside || !ordered || quantities.length === 0 || (layout === 'matrix' && header_rows.length === 0))
    return undefined;
  const [left, right] = [
    Math.min(...columns.map(({ column }) => column)),
    Math.max(...columns.map(({ column }) => column)),
  ];
  const headings = headingsOf(grid, header_rows, left, right);
  const rows = rowsBetween(grid, first_row, last_row);
  const labelled = quantities.flatMap((column) => headings.get(column) ?? []);
  if (layout === 'matrix' && labelled.length < quantities.length) return undefined;
  const roles = new Map<ColumnRole, number>();
  for (const { column, role } of columns) {
    if (role !== 'ignore' && !(layout === 'matrix' && role === 'quantity') && !roles.has(role)) roles.set(role, column);
  }
  const numeric = columns.map(({ column }) => column);
  const figures = figuresOf(rows, numeric);
  const [q, p, a] = [roles.get('quantity'), roles.get('unit_price'), roles.get('amount')];
  return {
    grid,
    header: { rows: header_rows, left, right, headings, score: 9 },
    headerRows: new Set(header_rows),
    first: first_row,
    last: Math.min(last_row, end),
    left,
    right,
    layout,
    roles,
    labels: layout === 'matrix' ? labelsOf(labelled, calendarFor({}, labelled)) : [],
    variants: columnsOf('variant'),
    // what nobody named is left aside on purpose
    known: new Set([...headings.keys()].filter((column) => ![...roles.values()].includes(column))),
    codeRows: new Set(),
    dayRows: new Set(),
    used: new Set(columns.flatMap(({ column, role }) => (role === 'ignore' ? [] : [column]))),
    ...{ from: left, to: right, shifted: new Set<number>() },
    profiles: profilesOf(rows, left, right),
    certainty: new Map([...roles.keys()].map((role) => [role, 0.9])),
    witnessed:
      q !== undefined &&
      p !== undefined &&
      a !== undefined &&
      productWeight(countProducts(figures, q, p, a, { discount: roles.get('discount_percent') })) >= 0.6,
    usual: new Map(),
    doubts: [],
  };
}

function headingsOf(grid: Grid, rows: readonly number[], left: number, right: number): Map<number, Heading> {
  const headings = new Map<number, Heading>();
  const at = rows.map((row) => grid.rows.findIndex(({ number }) => number === row)).filter((index) => index >= 0);
  if (at.length === 0) return headings;
  const texts = columnTexts(grid, Math.min(...at), Math.max(...at));
  for (const [column, text] of texts) {
    if (column >= left && column <= right) headings.set(column, headingOf(column, rows.at(-1) ?? 1, text, ''));
  }
  return headings;
}

/** Structure of a table in the form of the contract, which cannot describe a turned one, nor prose. */
export function structureOf({
  grid,
  header,
  headerRows,
  first,
  last,
  layout,
  roles,
  labels,
  prose,
  blocks,
}: Table): TableStructure | undefined {
  if (grid.turned || prose || blocks) return undefined;
  const columns = [
    ...[...roles].map(([role, column]) => ({ column, role })),
    ...labels.map(({ column }) => ({ column, role: 'quantity' as const })),
  ];
  return {
    sheet: grid.sheet,
    header_rows: [...(header?.rows ?? [...headerRows])].slice(0, 5),
    first_row: first,
    last_row: Math.max(first, last),
    layout,
    columns: columns.sort((a, b) => a.column - b.column).slice(0, 100),
  };
}
