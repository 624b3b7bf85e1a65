import { isBlank, textOf, turn, type Grid, type GridRow } from './grid';
import { findHeaders, headersAt } from './headers';
import { isLabel, isLabelled, KNOWN } from './header-rows';
import { factLabelOf } from './lexicon/facts';
import { isVariant } from './lexicon/labels';
import { bestScore, meaningOf, scoreOf } from './lexicon/match';
import { matrixOf } from './matrix';
import { profilesOf, rowsBetween, share } from './profile';
import { assignRoles, senseOf, type Draft } from './roles';
import { isOther } from './scores';
import { plainWords } from './text';
import type { HeaderBlock, Heading, MatrixLabel, Table } from './types';
import { figuresOf } from './witness';

/** All tables of lines on a sheet, from top to bottom and from left to right. */
export function tablesOf(grid: Grid): Table[] {
  const headers = findHeaders(grid);
  if (headers.length > 0) {
    // a sheet that reads much better turned is turned
    const best = Math.max(...headers.map(({ score }) => score));
    const side = turnedTables(grid).filter(({ header }) => (header?.score ?? 0) >= best + 1.5);
    if (side.length > 0) return side;
    const tables = tablesUnder(grid, headers);
    if (tables.some(isPlausible)) return tables.filter((table) => isPlausible(table) || tables.length === 1);
    const across = turnedTables(grid);
    return across.length > 0 ? across : tables;
  }
  const across = turnedTables(grid);
  return across.length > 0 ? across : tablesWithoutHeader(grid);
}

/** Whether a table can hold lines: it names things, or its rows multiply. */
const isPlausible = (table: Table): boolean =>
  table.witnessed ||
  table.layout === 'matrix' ||
  ['reference', 'ean', 'description'].some((role) => table.roles.has(role as 'ean'));

interface Span {
  header: HeaderBlock;
  headerRows: Set<number>;
  first: number;
  last: number;
}

function tablesUnder(grid: Grid, headers: readonly HeaderBlock[]): Table[] {
  const end = grid.rows.at(-1)?.number ?? 0;
  const spans: Span[] = [];
  for (const header of headers) {
    const top = Math.min(...header.rows);
    const open = spans.findLast(({ header: above, last }) => last === end && overlaps(above, header));
    if (open && haveSameHeadings(open.header, header) && !isOtherTitle(grid, header)) {
      for (const row of header.rows) open.headerRows.add(row);
      continue;
    }
    for (const span of spans) if (span.last === end && overlaps(span.header, header)) span.last = top - 1;
    spans.push({ header, headerRows: new Set(header.rows), first: Math.max(...header.rows) + 1, last: end });
  }
  return spans.map((span) => tableOf(grid, span));
}

const OTHER_TITLE =
  /\b(?:stock|inventory|back ?orders?|reliquats?|previous|last|past|history|historique|precedentes?|forecast|previsions?|delivered|shipped|livrees?|expedie|vorjahr|geliefert)\b/;

/** Whether the text right above a header is about stock, backorders or an earlier order. */
function isOtherTitle(grid: Grid, { rows, left, right }: HeaderBlock): boolean {
  const top = Math.min(...rows);
  for (let row = top - 1; row >= top - 2; row -= 1) {
    const cells =
      grid.row(row)?.cells.filter((cell, column) => column >= left && column <= right && !isBlank(cell)) ?? [];
    if (cells.length > 1) return false;
    const text = textOf(cells[0]);
    const meaning = OTHER_TITLE.test(plainWords(text)) ? meaningOf(text) : { senses: [] };
    if (meaning.senses.some(({ sense, score }) => sense === 'other_quantity' && score >= 0.4)) return true;
  }
  return false;
}

const overlaps = (a: HeaderBlock, b: HeaderBlock): boolean => a.left <= b.right && b.left <= a.right;

/** Whether a header repeats another, as on every printed page. */
function haveSameHeadings(a: HeaderBlock, b: HeaderBlock): boolean {
  let same = 0;
  for (const [column, { text }] of b.headings) {
    const other = a.headings.get(column);
    if (other && plainWords(other.text) === plainWords(text)) same += 1;
  }
  return same >= 2 && same >= 0.8 * Math.max(a.headings.size, b.headings.size);
}

/** Table of a header and the rows below it. */
export function tableOf(grid: Grid, { header, headerRows, first, last }: Span): Table {
  const rows = rowsBetween(grid, first, last).filter(({ number }) => !headerRows.has(number));
  const { left, right } = widen(header, rows);
  return describeTable({ grid, header, headerRows, first, last, left, right }, rows);
}

/** Widens a table by columns beside its header that hold figures without a heading. */
function widen(header: HeaderBlock, rows: readonly GridRow[]): { left: number; right: number } {
  let { left, right } = header;
  const filled = (column: number) => rows.reduce((sum, { cells }) => sum + (isBlank(cells[column]) ? 0 : 1), 0);
  const all = Math.max(1, filled(left), filled(right));
  while (left > 1 && filled(left - 1) >= 0.3 * all) left -= 1;
  while (filled(right + 1) > 0 && rows.some(({ cells }) => cells[right + 1]?.value.is === 'number')) right += 1;
  return { left, right };
}

type Frame = Pick<Table, 'grid' | 'header' | 'headerRows' | 'first' | 'last' | 'left' | 'right'>;

function describeTable(frame: Frame, rows: readonly GridRow[]): Table {
  const { grid, header, left, right } = frame;
  const body = likelyLines(rows, left, right);
  const profiles = profilesOf(body, left, right);
  const columns = [...profiles.values()]
    .filter(({ column, filled }) => filled > 0 || header?.headings.has(column))
    .map(({ column }) => column);
  const figures = figuresOf(body, columns);
  const draft: Draft = { header, columns, profiles, figures, hiddenColumns: grid.hiddenColumns };
  const found = matrixOf(draft);
  const matrix = found && found.labels.length > 0 ? found : undefined;
  const aside = new Set(matrix ? [...matrix.labels.map(({ column }) => column), matrix.totalColumn] : []);
  const whole = found?.parts ? found.totalColumn : undefined;
  const parts = new Set(found?.parts);
  const assigned = assignRoles({
    ...draft,
    columns: columns.filter((column) => !aside.has(column) && !parts.has(column)),
  });
  if (whole !== undefined && ![...assigned.roles].some(([role, at]) => at === whole && role !== 'amount')) {
    if (assigned.roles.get('amount') === whole) assigned.roles.delete('amount');
    assigned.roles.set('quantity', whole);
  }
  if (matrix) assigned.roles.delete('quantity');
  const labels = matrix ? labelsFor(assigned.roles, matrix.labels) : [];
  const others = header !== undefined && isOtherTitle(grid, header);
  const doubts = matrix ? assigned.doubts.filter(({ blocking }) => !blocking) : assigned.doubts;
  if (others) doubts.push({ blocking: true, columns: [assigned.roles.get('quantity') ?? left], why: 'title' });
  if (found?.doubtful) {
    const asked =
      found.labels.length > 0 ? found.labels.map(({ column }) => column) : [assigned.roles.get('quantity') ?? left];
    doubts.push({ blocking: true, columns: asked, why: 'matrix' });
  }
  if (found?.parts) doubts.push({ blocking: false, columns: found.parts, why: 'periods' });
  const beside = matrix ? unexplainedColumns({ ...draft, columns }, assigned.roles, aside) : [];
  if (beside.length > 0) doubts.push({ blocking: true, columns: beside, why: 'matrix' });
  return {
    ...frame,
    layout: matrix ? 'matrix' : 'rows',
    roles: assigned.roles,
    labels,
    variants: variantsOf(columns, header, assigned.roles, aside),
    totalColumn: matrix?.totalColumn,
    discountAmount: assigned.discountAmount,
    known: new Set(columns.filter((column) => isOther(header?.headings.get(column)?.meaning))),
    profiles,
    certainty: assigned.certainty,
    witnessed: assigned.witnessed,
    doubts,
  };
}

/** Columns of figures beside a matrix without an explaining heading; they may belong to it. */
function unexplainedColumns(
  { header, columns, profiles }: Draft,
  roles: Table['roles'],
  aside: ReadonlySet<number | undefined>,
): number[] {
  const taken = new Set(roles.values());
  return columns.filter((column) => {
    const meaning = header?.headings.get(column)?.meaning;
    if (taken.has(column) || aside.has(column) || (profiles.get(column)?.numbers ?? 0) === 0) return false;
    return !meaning || bestScore(meaning) < KNOWN || isVariant(header.headings.get(column)?.text ?? '');
  });
}

/** Labels of a matrix, taken as products if rows are shops and no column names a product. */
function labelsFor(roles: Table['roles'], labels: readonly MatrixLabel[]): MatrixLabel[] {
  const products =
    roles.has('destination') && !(['reference', 'ean', 'description'] as const).some((role) => roles.has(role));
  return labels.map((label) =>
    products && label.destination !== undefined ? { column: label.column, description: label.destination } : label,
  );
}

/** Columns of variants; colour and size may have one each. */
function variantsOf(
  columns: readonly number[],
  header: HeaderBlock | undefined,
  roles: Table['roles'],
  aside: ReadonlySet<number | undefined>,
): number[] {
  const taken = new Set([...roles].flatMap(([role, column]) => (role === 'variant' ? [] : [column])));
  const main = roles.get('variant');
  if (main === undefined) return [];
  return columns.filter(
    (column) =>
      column === main || (!taken.has(column) && !aside.has(column) && senseOf(header, column, 'variant') >= 0.9),
  );
}

/** Rows with more than one cell; headings, comments and a labelled foot say nothing about the columns. */
const likelyLines = (rows: readonly GridRow[], left: number, right: number): GridRow[] => {
  const least = right - left >= 2 ? 2 : 1;
  return rows.filter(({ cells }) => {
    let filled = 0;
    for (let column = left; column <= right && filled < least; column += 1) if (!isBlank(cells[column])) filled += 1;
    return filled >= least && !(least > 1 && isLabelled(cells, left, right));
  });
};

const TURNED_ROWS = 60;

/** Tables with fields down and lines across; only searched for in short sheets. */
function turnedTables(grid: Grid): Table[] {
  if (grid.rows.length > TURNED_ROWS || grid.turned) return [];
  const other = turn(grid);
  const tables = tablesUnder(
    other,
    findHeaders(other).map((header) => withoutTitleBlock(other, header)),
  );
  return tables.filter(
    (table) =>
      table.roles.has('quantity') &&
      isPlausible(table) &&
      (table.header?.score ?? 0) >= 2 &&
      hasFigures(table) &&
      !isUpright(table),
  );
}

/** Whether a seemingly turned table is upright: its first line is one of headings, or few lines have a quantity. */
function isUpright({ grid, header, profiles, roles, first }: Table): boolean {
  const cells = grid.rows.find(({ number }) => number >= first)?.cells ?? [];
  const headings = cells.filter((cell) => isLabel(cell) && bestScore(meaningOf(textOf(cell))) >= 0.9).length;
  const filled = (role: 'quantity' | 'reference' | 'ean' | 'description') =>
    profiles.get(roles.get(role) ?? 0)?.filled ?? 0;
  const named = Math.max(filled('reference'), filled('ean'), filled('description'));
  return headings >= 2 || header === undefined || 2 * filled('quantity') < named;
}

/** Removes labels of a title block, which have one value each, from the header of a turned table. */
function withoutTitleBlock(grid: Grid, header: HeaderBlock): HeaderBlock {
  const first = Math.max(...header.rows) + 1;
  const rows = rowsBetween(grid, first, grid.rows.at(-1)?.number ?? first);
  const filled = (column: number) => rows.filter(({ cells }) => !isBlank(cells[column])).length;
  const all = [...header.headings.values()].sort((a, b) => a.column - b.column);
  const most = Math.max(...all.map(({ column }) => filled(column)));
  const isTitle = ({ column, text }: Heading, next: Heading | undefined) =>
    factLabelOf(text) !== undefined &&
    filled(column) <= 1 &&
    (most > 1 || (next !== undefined && Math.abs(next.column - column) > 1));
  let [from, to] = [0, all.length];
  for (let at = 0; at < all.length; at += 1) {
    const heading = all[at];
    if (heading && isTitle(heading, all[at + 1])) from = at + 1;
    else if (heading && !(filled(heading.column) <= 1 && most > 1)) break;
  }
  while (to > from + 1 && isTitle(all[to - 1] as Heading, all[to - 2])) to -= 1;
  const kept = all.slice(from, to);
  if (kept.length < 2) return header;
  const headings = new Map(kept.map((heading) => [heading.column, heading]));
  return { ...header, headings, left: kept[0]?.column ?? header.left, right: kept.at(-1)?.column ?? header.right };
}

const hasFigures = (table: Table): boolean => {
  const profile = table.profiles.get(table.roles.get('quantity') ?? 0);
  return profile !== undefined && share(profile, 'numbers') >= 0.6;
};

/** Finds a table of similar rows without known headings. */
function tablesWithoutHeader(grid: Grid): Table[] {
  const lines = grid.rows.filter(({ cells }) => {
    let [texts, numbers] = [0, 0];
    for (const cell of cells) {
      if (!cell || isBlank(cell)) continue;
      if (cell.value.is === 'number') numbers += 1;
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
  const [header] = labels >= 2 ? headersAt(grid, { first: at, last: at, score: 0 }) : [];
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
  return isPlausible(table) && (table.roles.has('quantity') || table.layout === 'matrix') ? [table] : [];
}

/** Whether a table has a column of quantities, filled or not. */
export const hasQuantityColumn = (table: Table): boolean => table.roles.has('quantity') || table.layout === 'matrix';

export const hasPriceColumn = (table: Table): boolean =>
  table.roles.has('unit_price') ||
  [...(table.header?.headings.values() ?? [])].some(
    ({ meaning }) =>
      bestScore(meaning) >= KNOWN &&
      (scoreOf(meaning, 'unit_price') > 0 || scoreOf(meaning, 'list_price') > 0 || scoreOf(meaning, 'price_gross') > 0),
  );
