import type { Context } from './context';
import { continueLine, continuesDescription } from './continued-lines';
import { compare, sumOf, ZERO, type Decimal } from './decimal';
import { filterOf } from './filtered';
import { dropUncounted, takeCharges, withoutExtras } from './feet';
import type { UnnumberedLine, TableReading, TotalRow } from './line';
import { isBlank, textOf, type GridRow } from './grid';
import { readLine } from './lines';
import { figureOf, rowsBetween } from './profile';
import { readBlocks } from './blocks';
import { takeNameRows } from './name-rows';
import { hasAmount, isDeclined, takeOpen, type Open } from './open-rows';
import { settleGaps } from './place-gaps';
import { readProse } from './prose';
import { remarkOn, stateOfSection } from './remarks';
import { isFoot, isSigned, kindOf, ordersNothing, type RowKind } from './rows';
import { readTotalRow } from './total-rows';
import type { Remark, Table } from './types';

const SHOWN = 10;
const SUMS = 200;

/** Reads the rows of a table: lines, sums, and rows that were not understood. */
export function readTable(table: Table, context: Context): TableReading {
  if (table.prose) return readProse(table);
  if (table.blocks) return readBlocks(table, context);
  const reading: TableReading = {
    table,
    drafts: [],
    totals: [],
    leftOut: [],
    sections: [],
    found: [],
    open: 0,
    filledRows: 0,
    currencies: new Map(),
  };
  const unfilled: Open[] = [];
  const skipped: GridRow[] = [];
  const figures: GridRow[] = [];
  let before: { draft: UnnumberedLine; row: number } | undefined;
  const bare: GridRow[] = [];
  let foot = false;
  let section: Remark | undefined = table.section;
  let lastRow = table.first - 1;
  const filter = filterOf(table);
  const titles = titlesAbove(table);
  for (const row of rowsBetween(table.grid, table.first, table.last)) {
    if (table.headerRows.has(row.number)) continue;
    const read: RowKind = titles.size > 0 && titles.has(titleKey(row)) ? { is: 'text' } : kindOf(table, row);
    if (read.is === 'blank' || read.is === 'labels') continue;
    reading.filledRows += 1;
    foot ||= row.number > lastRow + 1 || (reading.drafts.length > 0 && read.is === 'total');
    lastRow = row.number;
    // before the first line, as below headings alone, only a labelled row is a foot
    const isBelow = reading.drafts.length > 0 ? isFoot : isSigned;
    const open = foot && (read.is === 'line' || read.is === 'unknown');
    const kind: RowKind = open && isBelow(table, row) ? { is: 'text' } : read;
    if (kind.is === 'line') foot = false;
    switch (kind.is) {
      case 'line': {
        const remark = filteredRow(table, row, filter) ?? remarkOn(table, row) ?? section;
        if (remark?.sure) {
          if (kind.quantity === 'there')
            for (const draft of linesOf(table, row, context))
              reading.leftOut.push({ draft, why: remark.why, from: remark.from });
          before = undefined;
        } else if (kind.quantity === 'there') {
          const drafts = linesOf(table, row, context);
          if (remark) for (const draft of drafts) hold(draft, remark);
          reading.drafts.push(...drafts);
          const [draft] = drafts;
          before = draft && { draft, row: row.number };
        } else if (!row.hidden && !isDeclined(table, row)) {
          unfilled.push({ row, quantity: kind.quantity, ordered: hasAmount(table, row) });
          before = undefined;
        }
        break;
      }
      case 'total': {
        const total = readTotalRow(table, row, kind.label, kind.text, context);
        if (total) reading.totals.push(total);
        else skipped.push(row);
        before = undefined;
        break;
      }
      case 'figures':
        figures.push(row);
        break;
      case 'unknown':
        skipped.push(row);
        before = undefined;
        break;
      default:
        if (before && continuesDescription(table, row, before.row)) {
          continueLine(before.draft, row);
          before.row = row.number;
        } else {
          reading.sections.push(row.number);
          section = sectionAt(table, row);
          if (before && isBare(table, row)) bare.push(row);
          if (before && asks(table, row)) skipped.push(row);
          before = undefined;
        }
    }
  }
  const last = reading.drafts.at(-1)?.row ?? 0;
  const between = bare.filter(({ number }) => number < last);
  if (between.length <= Math.max(1, 0.25 * reading.drafts.length)) skipped.push(...between);
  takeNameRows(reading);
  takeSections(reading, skipped);
  settleGaps(reading);
  takeOpen(reading, unfilled, skipped, context);
  takeSums(reading, figures, skipped, context);
  reportSkipped(reading, withoutExtras(reading, skipped, context));
  reading.drafts.sort((a, b) => a.row - b.row);
  dropGridSums(reading);
  takeCharges(reading, context);
  dropUncounted(reading);
  return reading;
}

/** A row that a filter hides, for another than those it shows. */
const filteredRow = ({ grid }: Table, { number, hidden }: GridRow, filter: number | undefined): Remark | undefined =>
  hidden && filter !== undefined ? { why: 'filtered', sure: true, from: grid.from(number, filter) } : undefined;

/** The first two cells of a row of several, by which a title is known again on the next page. */
const titleKey = ({ cells }: GridRow): string => {
  const filled = cells.filter((cell) => !isBlank(cell));
  return filled.length < 2 ? '\u0000' : `${textOf(filled[0])}\u0000${textOf(filled[1])}`;
};

/** Rows of the title block, which printed pages repeat. */
function titlesAbove({ grid, headerRows, first }: Table): Set<string> {
  if (headerRows.size < 2) return new Set();
  const top = Math.min(first, ...headerRows);
  const above = rowsBetween(grid, Math.max(1, top - TITLE_ROWS), top - 1).map(titleKey);
  return new Set(above.filter((key) => key !== '\u0000'));
}

const TITLE_ROWS = 30;

/** Drops a row of a grid that adds up the lines above in each of its columns, under whatever name. */
function dropGridSums(reading: TableReading): void {
  if (reading.table.layout !== 'matrix') return;
  const columnOf = ({ line }: UnnumberedLine) => line.quantity?.from?.cell?.replace(/\d+$/, '');
  const isNamed = ({ line }: UnnumberedLine) => (line.reference ?? line.ean) !== undefined;
  for (const row of new Set(reading.drafts.map((draft) => draft.row))) {
    const own = reading.drafts.filter((draft) => draft.row === row);
    const above = reading.drafts.filter((draft) => draft.row < row && isNamed(draft));
    const isSum = ({ quantity }: UnnumberedLine, column: string | undefined) => {
      const parts = above.filter((draft) => columnOf(draft) === column).flatMap((draft) => draft.quantity ?? []);
      return quantity !== undefined && parts.length > 0 && compare(sumOf(parts), quantity) === 0;
    };
    if (own.length < 2 || own.some(isNamed) || !own.every((draft) => isSum(draft, columnOf(draft)))) continue;
    reading.drafts = reading.drafts.filter((draft) => draft.row !== row);
  }
}

/** What a row of words makes of the rows below it. */
function sectionAt(table: Table, row: GridRow): Remark | undefined {
  const column = row.cells.findIndex((cell) => !isBlank(cell));
  const state = stateOfSection(textOf(row.cells[column]));
  return state && { ...state, from: table.grid.from(row.number, column) };
}

/** Asks about a line that a remark puts in question. */
function hold(draft: UnnumberedLine, { from }: Remark): void {
  const { quantity } = draft.line;
  if (draft.issues.some(({ code, evidence: [at] }) => code === 'line.quantity_unreadable' && at?.cell === from.cell))
    return;
  const evidence = [from, ...(quantity?.from ? [quantity.from] : [])];
  draft.issues = draft.issues.filter(({ code, evidence: [at] }) => code !== 'line.remark' || at?.cell !== from.cell);
  draft.issues.push({ code: 'line.held', evidence, words: { text: from.text ?? '' } });
}

/** Lines of a row: one, or in a matrix one for each quantity. */
function linesOf(table: Table, row: GridRow, context: Context): UnnumberedLine[] {
  if (table.layout === 'rows') return [readLine(table, row.number, context)];
  const labels = table.labels.filter(({ column }) => {
    const cell = row.cells[column];
    return !ordersNothing(cell) && figureOf(cell) !== 0;
  });
  // the amount of a row is that of its only line
  const lines = labels.map((label) => readLine(table, row.number, context, label, labels.length === 1));
  // two crosses in one row cannot both be meant
  if (lines.length > 1 && table.labels.some(({ ticked }) => ticked)) {
    const evidence = lines.flatMap(({ line }) => line.quantity?.from ?? []);
    const readings = lines.map(({ line }) => line.quantity?.value ?? '');
    const words = { text: 'x', readings: readings.join(' or '), readings_fr: readings.join(' ou ') };
    for (const { issues } of lines) issues.push({ code: 'line.quantity_uncertain', evidence, words });
  }
  return lines;
}

/** Whether a row names something with a question mark, and so is no title: `Foil ??`. */
const asks = ({ roles }: Table, { cells }: GridRow): boolean =>
  /\p{L}{3}.*\?\s*$/u.test(textOf(cells[roles.get('description') ?? 0])) &&
  textOf(cells[roles.get('description') ?? 0]).split(' ').length <= 5;

/** Whether a row below a line may be a product without a quantity: a plain name in a table of names alone. */
function isBare(table: Table, row: GridRow): boolean {
  const column = table.roles.get('description');
  if (column === undefined || table.roles.has('reference') || table.roles.has('ean')) return false;
  const cell = row.cells[column];
  const text = textOf(cell);
  return (
    cell?.value.is === 'text' &&
    !cell.bold &&
    !table.grid.merge(row.number, column) &&
    text.length <= 60 &&
    text !== text.toUpperCase()
  );
}

/**
 * Takes out headings with a sum, such as `DRINKS | | 5` above or below its lines. They name no product, and their
 * quantity is the sum of the lines up to the next heading.
 */
function takeSections(reading: TableReading, skipped: GridRow[]): void {
  const { table, drafts } = reading;
  if (table.layout !== 'rows' || !table.roles.has('description')) return;
  const heads = drafts.map(
    ({ line }) => !line.description && !line.unit_price && !line.ean && !/\d/.test(line.reference?.value ?? ''),
  );
  const count = heads.filter(Boolean).length;
  if (count === 0 || count > drafts.length / 2) return;
  const runFrom = (at: number, step: 1 | -1) => {
    const run: Decimal[] = [];
    for (let next = at + step; next >= 0 && next < drafts.length && !heads[next]; next += step)
      run.push(drafts[next]?.quantity ?? ZERO);
    return run;
  };
  const sums = drafts.filter(({ quantity }, at) => {
    if (!heads[at] || !quantity) return false;
    const runs = [runFrom(at, 1), runFrom(at, -1)].filter((run) => run.length > 0);
    return runs.some((run) => compare(sumOf(run), quantity) === 0);
  });
  for (const { row } of sums) skipped.push(table.grid.row(row) as GridRow);
  reading.drafts = drafts.filter((draft) => !sums.includes(draft));
}

/** Takes rows of figures alone as totals if they are the sum of the lines above, in quantity or in amount. */
function takeSums(reading: TableReading, figures: readonly GridRow[], skipped: GridRow[], context: Context): void {
  for (const [index, row] of figures.entries()) {
    const total = readTotalRow(reading.table, row, 'total', '', context);
    // a sheet full of such rows has no sums
    if (total && index < SUMS && sumsUp(reading, row.number, total)) reading.totals.push(total);
    else skipped.push(row);
  }
  reading.totals.sort((a, b) => a.row - b.row);
}

function sumsUp({ drafts, table }: TableReading, row: number, total: TotalRow): boolean {
  const above = drafts.filter((draft) => draft.row < row);
  const near = (sum: number, stated: number | undefined) => stated !== undefined && Math.abs(sum - stated) < 0.02;
  const number = (value: { units: bigint; scale: number } | undefined) =>
    value ? Number(value.units) / 10 ** value.scale : Number.NaN;
  const sum = (of: (draft: UnnumberedLine) => number) => above.reduce((all, draft) => all + (of(draft) || 0), 0);
  const quantities = sum(({ quantity }) => number(quantity));
  const amounts = sum(({ amount, quantity, price }) => (amount ? number(amount) : number(quantity) * number(price)));
  if (above.length === 0) return false;
  if (total.quantity && near(quantities, number(total.quantity.value))) return true;
  return (
    near(amounts, number(total.amount?.value)) ||
    (table.layout === 'matrix' && near(quantities, number(total.amount?.value)))
  );
}

/** Reports skipped rows in one finding. */
function reportSkipped(reading: TableReading, skipped: readonly GridRow[]): void {
  if (skipped.length === 0) return;
  const { table } = reading;
  const rows = [...skipped].sort((a, b) => a.number - b.number);
  const evidence = rows.slice(0, SHOWN).map((row) => {
    const column = row.cells.findIndex((cell, at) => at >= table.left && !isBlank(cell));
    const last = row.cells.findLastIndex((cell, at) => at <= table.right && !isBlank(cell));
    const { file, sheet } = table.grid;
    const text = row.cells
      .flatMap((cell, at) => (at >= column && at <= last && !isBlank(cell) ? [textOf(cell)] : []))
      .join(' | ');
    const [from, to] = [table.grid.address(row.number, column), table.grid.address(row.number, last)];
    return { file, sheet, cell: from === to ? from : `${from}:${to}`, text: text.slice(0, 500) };
  });
  const text = rows.length > SHOWN ? `${rows.length}` : evidence.map(({ cell }) => cell).join(', ');
  reading.found.push({ code: 'rows.skipped', evidence, words: { text } });
}
