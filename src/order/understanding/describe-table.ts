import { areArticles, mayBePeople, namePeople, priceRowOf } from './article-pairs';
import { settleCodes, settleReferences } from './code-columns';
import { constantsOf } from './constants';
import { calendarFor, calendarOf } from './day-labels';
import { dayRow } from './day-rows';
import { originalsOf, settleNewReference } from './earlier';
import { discountSteps } from './discounts';
import { freeColumn } from './free-goods';
import { kindsColumn } from './goods-kinds';
import { isBlank, textOf, type GridRow } from './grid';
import { countsBehind, isOpen, KNOWN } from './header-rows';
import { likelyLines } from './likely-lines';
import { isVariant } from './lexicon/labels';
import { wantedColumn } from './marks';
import { matrixOf } from './matrix';
import { openQuantity } from './open-quantities';
import { orderColumn } from './order-columns';
import { baseColumn, baseInHeading } from './price-base';
import { figureOf, profilesOf, rowsBetween, share } from './profile';
import { tellingColumns } from './repetition';
import { assignRoles, type Assignment } from './roles';
import { senseOf, type Draft } from './role-draft';
import { isOther } from './scores';
import { isOtherTitle, sectionAbove } from './sections';
import { settleSummed } from './summed-prices';
import { settleContent } from './telling-content';
import type { Doubt, HeaderBlock, MatrixLabel, Table } from './types';
import { pricesBySize } from './size-prices';
import { usualStates } from './usual-states';
import { traitColumns } from './trait-columns';
import { columnsInstead, unitsAcross } from './units-across';
import { figuresOf } from './witness';
import { settleDays } from './written-days';

export function describeTable(frame: Frame, rows: readonly GridRow[]): Table {
  const { grid, header, left, right } = frame;
  const codeRows = codeRowsOf(rows, header);
  const headings = [...(header?.headings.values() ?? [])];
  const calendar = calendarFor(calendarOf(grid, Math.min(frame.first, ...frame.headerRows)), headings);
  const dayRows = new Set(rows.flatMap((row) => (dayRow(row) ? [row.number] : [])));
  const body = likelyLines(rows, left, right).filter(({ number }) => !codeRows.has(number) && !dayRows.has(number));
  const profiles = profilesOf(body, left, right);
  const columns = [...profiles.values()]
    .filter(({ column, filled }) => filled > 0 || header?.headings.has(column))
    .map(({ column }) => column);
  const base = baseColumn(header, columns, body);
  const discounts = new Set(columns.filter((column) => senseOf(header, column, 'discount_percent') >= KNOWN));
  const figures = figuresOf(body, columns, base, discounts);
  const draft: Draft = {
    header,
    columns,
    profiles,
    figures,
    hiddenColumns: grid.hiddenColumns,
    base,
    calendar,
  };
  const packs = unitsAcross(header, body);
  const found = packs.length > 0 ? { labels: packs, doubtful: false } : matrixOf(draft);
  const matrix = found && found.labels.length > 0 ? found : undefined;
  const aside = new Set(
    matrix
      ? [...matrix.labels.flatMap(({ column, variantColumn }) => [column, variantColumn]), matrix.totalColumn]
      : [],
  );
  const split = found?.parts ?? found?.earlier;
  const whole = split ? found?.totalColumn : undefined;
  const parts = new Set(split);
  const assigned = assignRoles({
    ...draft,
    columns: columns.filter((column) => !aside.has(column) && !parts.has(column)),
  });
  if (whole !== undefined && ![...assigned.roles].some(([role, at]) => at === whole && role !== 'amount')) {
    if (assigned.roles.get('amount') === whole) assigned.roles.delete('amount');
    assigned.roles.set('quantity', whole);
  }
  settleNewReference(header?.headings, assigned.roles);
  settleReferences(draft, assigned.roles, body);
  const ordering = matrix ? undefined : orderColumn(draft, assigned.roles, body);
  if (ordering !== undefined) {
    if (assigned.roles.get('reference') === ordering) assigned.roles.delete('reference');
    assigned.roles.set('order_number', ordering);
  }
  if (matrix) assigned.roles.delete('quantity');
  const people = matrix !== undefined && areArticles(matrix.labels);
  if (people) namePeople(assigned.roles, header, profiles, matrix.labels);
  const priceRow = people ? priceRowOf(grid, rows, matrix.labels) : undefined;
  const prices = matrix && header ? pricesBySize(header.headings.values(), matrix.labels) : undefined;
  const labels = matrix ? labelsFor(assigned.roles, matrix.labels, prices) : [];
  const others = header !== undefined && isOtherTitle(grid, header);
  const explained = new Set(prices?.values());
  const doubts = matrix
    ? assigned.doubts.filter(
        ({ blocking, columns: asked }) => !blocking && !asked.every((column) => explained.has(column)),
      )
    : assigned.doubts;
  const counted = assigned.roles.get('quantity') ?? left;
  if (others && senseOf(header, counted, 'ordered') < 0.9)
    doubts.push({ blocking: true, columns: [counted], why: 'title' });
  if (found && ((found.doubtful && !found.earlier) || mayBePeople(header, assigned.roles, found.labels))) {
    const asked =
      found && found.labels.length > 0
        ? found.labels.map(({ column }) => column)
        : [assigned.roles.get('quantity') ?? left];
    doubts.push({ blocking: true, columns: asked, why: 'matrix' });
  }
  if (found?.summed) doubts.push({ blocking: found.few === true, columns: [found.summed], why: 'no_heading' });
  if (found?.parts) doubts.push({ blocking: false, columns: found.parts, why: 'periods' });
  if (found?.earlier) {
    const isAsked = doubts.some(({ blocking, columns: [first] }) => blocking && first === counted);
    doubts.push({ blocking: found.doubtful && !isAsked, columns: [counted, ...found.earlier], why: 'months' });
  }
  const constants = constantsOf(grid, header, rows, matrix?.labels ?? [], assigned.roles);
  const free = { ...draft, columns: columns.filter((column) => !aside.has(column)) };
  if (!people) doubts.push(...settleContent(free, assigned.roles, body));
  const told = matrix ? [] : tellingColumns(draft, assigned.roles, body);
  const telling = told.length > 0 || matrix ? told : traitColumns(draft, assigned.roles, body);
  const counting = header?.headings.get(assigned.roles.get('quantity') ?? 0);
  if (!matrix && counting && countsBehind(counting.text) && senseOf(header, counting.column, 'quantity') < KNOWN)
    doubts.push({ blocking: false, columns: [counting.column], why: 'no_heading' });
  if (telling.length > 0) doubts.push({ blocking: false, columns: telling, why: 'no_heading' });
  const variants = telling.length > 0 ? telling : variantsOf(columns, header, assigned.roles, aside);
  const [variant] = variants;
  if (variant !== undefined && variants.length === 1) assigned.roles.set('variant', variant);
  const hidden = matrix ? columns.filter((column) => isHiddenCount({ ...draft, columns }, column, aside)) : [];
  if (hidden.length > 0) doubts.push({ blocking: false, columns: hidden, why: 'hidden' });
  const beside =
    matrix && !people
      ? unexplainedColumns({ ...draft, columns }, assigned.roles, new Set([...aside, ...explained]))
      : [];
  if (beside.length > 0) doubts.push({ blocking: true, columns: beside, why: 'matrix' });
  if (!matrix) doubts.push(...settleCodes({ ...draft, columns }, assigned.roles));
  if (!matrix) doubts.push(...settleSummed(grid, assigned.roles, body));
  doubts.push(...settleDays(grid, { ...draft, columns }, assigned.roles, body));
  const instead = matrix ? [] : columnsInstead({ ...draft, columns }, assigned.roles, body);
  if (instead.length > 0) doubts.push({ blocking: true, columns: [counted, ...instead], why: 'close' });
  const open = matrix ? undefined : openQuantity(grid, header, assigned.roles, body);
  if (open?.asked) assigned.roles.set('quantity', open.column);
  else if (open) doubts.push({ blocking: true, columns: [counted, open.column], why: 'close' });
  const steps = discountSteps(header, profiles, assigned.roles.get('discount_percent'));
  doubtRoles(assigned, doubts);
  const kinds = kindsColumn(header, profiles, assigned.roles);
  return {
    ...frame,
    ...(priceRow === undefined ? {} : { headerRows: new Set([...frame.headerRows, priceRow]) }),
    codeRows: matrix ? codeRows : new Set(),
    dayRows: new Set(matrix ? dayRowsOf(frame, rows, matrix.labels) : []),
    layout: matrix ? 'matrix' : 'rows',
    roles: assigned.roles,
    labels,
    ...{ variants, constants, kinds },
    totalColumn: matrix?.totalColumn,
    discountAmount: assigned.discountAmount,
    steps,
    wanted: matrix ? undefined : wantedColumn(header, assigned.roles, body),
    free: freeColumn(header, profiles, new Set(assigned.roles.values())),
    originals: matrix ? undefined : originalsOf(header?.headings, assigned.roles),
    ...{ pack: assigned.pack, base, offered: assigned.offered },
    per: baseInHeading(header?.headings.get(assigned.roles.get('unit_price') ?? 0)?.text ?? ''),
    ...reachOf(frame, assigned.roles, matrix?.labels ?? [], [
      ...[matrix?.totalColumn, assigned.discountAmount, kinds, ...explained, ...telling, ...(steps ?? [])],
    ]),
    known: new Set(columns.filter((column) => isOther(header?.headings.get(column)?.meaning))),
    profiles,
    usual: usualStates(body, columns),
    section: header && sectionAbove(grid, header),
    certainty: assigned.certainty,
    witnessed: assigned.witnessed,
    doubts,
  };
}

export type Frame = Pick<Table, 'grid' | 'header' | 'headerRows' | 'first' | 'last' | 'left' | 'right'>;

/** Lowers the certainty of roles whose columns are in doubt. */
function doubtRoles({ roles, certainty }: Assignment, doubts: readonly Doubt[]): void {
  for (const { blocking, columns } of doubts) {
    for (const [role, column] of roles) {
      const most = blocking ? 0.4 : 0.6;
      if (columns.includes(column)) certainty.set(role, Math.min(certainty.get(role) ?? most, most));
    }
  }
}

/** Rows with a day of delivery for each label of a matrix: right above its headings, or among its rows. */
function dayRowsOf({ grid, headerRows }: Frame, rows: readonly GridRow[], labels: readonly MatrixLabel[]): number[] {
  const [top, bottom] = [Math.min(...headerRows), Math.max(...headerRows)];
  // days in the headings say more than those of other rows, but not than those right below them
  const isDated = labels.some(({ delivery_date }) => delivery_date !== undefined);
  const near = isDated
    ? rows.filter(({ number }) => number === bottom + 1)
    : [...rowsBetween(grid, Math.max(1, top - ABOVE), top - 1), ...rows];
  return near.flatMap((row) => {
    const days = dayRow(row);
    return days?.every((column) => labels.some((label) => label.column === column)) ? [row.number] : [];
  });
}

const ABOVE = 2;

/** Rows with barcodes under at least two sizes, above the row of their quantities. */
function codeRowsOf(rows: readonly GridRow[], header: HeaderBlock | undefined): Set<number> {
  const sizes = [...(header?.headings.values() ?? [])]
    .filter(({ text }) => isVariant(text))
    .map(({ column }) => column);
  if (sizes.length < 2) return new Set();
  return new Set(
    rows.flatMap(({ number, cells }) => {
      const filled = sizes.filter((column) => !isBlank(cells[column]));
      return filled.length > 0 && filled.every((column) => /^\d{8}$|^\d{12,14}$/.test(textOf(cells[column])))
        ? [number]
        : [];
    }),
  );
}

/** Columns that are read as fields, and how far the rows of a table reach. */
function reachOf(
  { grid, header, left, right, first, last, headerRows }: Frame,
  roles: Table['roles'],
  labels: readonly MatrixLabel[],
  more: readonly (number | undefined)[],
): Pick<Table, 'used' | 'from' | 'to' | 'shifted'> {
  const shown = [...roles].flatMap(([role, column]) => (role === 'status' || role === 'currency' ? [] : [column]));
  const used = new Set([...shown, ...labels.map(({ column }) => column), ...more.flatMap((column) => column ?? [])]);
  const shifted = new Set<number>();
  const rows = header ? rowsBetween(grid, first, last).filter(({ number }) => !headerRows.has(number)) : [];
  const full = rows.filter(({ cells }) => cells.filter((cell) => !isBlank(cell)).length > 1);
  const end = header ? Math.max(...header.headings.keys()) : right;
  const wide = full.filter(
    ({ cells }) =>
      cells.length - 1 > end && cells.every((cell, column) => column < left || column > end || !isBlank(cell)),
  );
  const figured = (['quantity', 'unit_price', 'amount'] as const).flatMap((role) => roles.get(role) ?? []);
  // words beside a row whose figures stand in their columns are a remark
  const moved = wide.filter(
    ({ cells }) =>
      cells.some((cell, column) => column > end && !isBlank(cell) && !Number.isNaN(figureOf(cell))) ||
      figured.some((column) => !/\d/.test(textOf(cells[column]))),
  );
  if (wide.length > 0 && wide.length <= 0.5 * full.length) for (const { number } of moved) shifted.add(number);
  return { used, from: left, to: right, shifted };
}

/** Whether a hidden column beside a matrix holds counts under a name, as that of a shop that is closed. */
const isHiddenCount = (
  { header, profiles, hiddenColumns }: Draft,
  column: number,
  aside: ReadonlySet<number | undefined>,
): boolean => {
  const profile = profiles.get(column);
  const counts = profile !== undefined && profile.numbers > 0 && profile.whole === profile.numbers;
  return hiddenColumns.has(column) && !aside.has(column) && counts && isOpen(header?.headings.get(column));
};

/** Columns of figures beside a matrix without an explaining heading; they may belong to it. */
function unexplainedColumns(
  { header, columns, profiles, hiddenColumns }: Draft,
  roles: Table['roles'],
  aside: ReadonlySet<number | undefined>,
): number[] {
  const taken = new Set(roles.values());
  return columns.filter((column) => {
    const heading = header?.headings.get(column);
    const profile = profiles.get(column);
    if (taken.has(column) || aside.has(column) || hiddenColumns.has(column)) return false;
    if (!profile || profile.numbers === 0) return false;
    // fractions, money and what a currency heads are no sizes
    if (profile.whole < profile.numbers || share(profile, 'money') > 0.3) return false;
    return isOpen(heading) || isVariant(heading?.text ?? '');
  });
}

/** Labels of a matrix, taken as products if rows are shops and no column names a product. */
function labelsFor(
  roles: Table['roles'],
  labels: readonly MatrixLabel[],
  prices: ReadonlyMap<number, number> | undefined,
): MatrixLabel[] {
  const products =
    roles.has('destination') && !(['reference', 'ean', 'description'] as const).some((role) => roles.has(role));
  return labels.map((each) => {
    const label = prices ? { ...each, priceColumn: prices.get(each.column) } : each;
    return products && label.destination !== undefined
      ? { column: label.column, description: label.destination }
      : label;
  });
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
  const all = columns.filter(
    (column) =>
      column === main || (!taken.has(column) && !aside.has(column) && senseOf(header, column, 'variant') >= 0.9),
  );
  // the code of a colour beside its name says nothing more
  const named = all.filter((column) => !/\bcode\b/i.test(header?.headings.get(column)?.text ?? ''));
  return named.length > 0 ? named : all;
}
