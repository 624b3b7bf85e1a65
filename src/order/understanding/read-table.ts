import type { Context } from './context';
import { compare, sumOf, ZERO, type Decimal } from './decimal';
import type { UnnumberedLine, TableReading, TotalRow } from './line';
import { isBlank, saysNothing, textOf, type GridRow } from './grid';
import { readLine } from './lines';
import { figureOf, rowsBetween } from './profile';
import { isFoot, isSigned, kindOf, type RowKind } from './rows';
import { readTotalRow } from './total-rows';
import type { Table } from './types';

interface Open {
  row: GridRow;
  quantity: 'zero' | 'missing';
  /** it has an amount, so it was ordered */
  ordered: boolean;
}

const SHOWN = 10;
const SUMS = 200;

/** Reads the rows of a table: lines, sums, and rows that were not understood. */
export function readTable(table: Table, context: Context): TableReading {
  const reading: TableReading = {
    table,
    drafts: [],
    totals: [],
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
  let lastRow = table.first - 1;
  for (const row of rowsBetween(table.grid, table.first, table.last)) {
    if (table.headerRows.has(row.number)) continue;
    const read = kindOf(table, row);
    if (read.is === 'blank') continue;
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
        if (kind.quantity === 'there') {
          const drafts = linesOf(table, row, context);
          reading.drafts.push(...drafts);
          const [draft] = drafts;
          before = draft && { draft, row: row.number };
        } else {
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
          const { description } = before.draft.line;
          if (description)
            description.value = `${description.value} ${textOf(row.cells[table.roles.get('description') ?? 0])}`.slice(
              0,
              5_000,
            );
          before.row = row.number;
        } else {
          reading.sections.push(row.number);
          if (before && isBare(table, row)) bare.push(row);
          before = undefined;
        }
    }
  }
  const last = reading.drafts.at(-1)?.row ?? 0;
  const between = bare.filter(({ number }) => number < last);
  if (between.length <= Math.max(1, 0.25 * reading.drafts.length)) skipped.push(...between);
  takeSections(reading, skipped);
  reportGaps(reading);
  takeOpen(reading, unfilled, skipped, context);
  takeSums(reading, figures, skipped, context);
  reportSkipped(reading, skipped);
  reading.drafts.sort((a, b) => a.row - b.row);
  return reading;
}

/** Lines of a row: one, or in a matrix one for each quantity. */
function linesOf(table: Table, row: GridRow, context: Context): UnnumberedLine[] {
  if (table.layout === 'rows') return [readLine(table, row.number, context)];
  return table.labels.flatMap((label) => {
    const cell = row.cells[label.column];
    return saysNothing(cell) || figureOf(cell) === 0 ? [] : [readLine(table, row.number, context, label)];
  });
}

/** Whether a row has an amount, or in a matrix a sum. */
const hasAmount = ({ roles, totalColumn }: Table, { cells }: GridRow): boolean =>
  [roles.get('amount'), totalColumn].some((column) => column !== undefined && figureOf(cells[column]) > 0);

/** Whether a text right below a line continues its description, in small letters or after a sign. */
function continuesDescription(table: Table, row: GridRow, line: number): boolean {
  const column = table.roles.get('description');
  if (column === undefined || row.number !== line + 1) return false;
  const cell = row.cells[column];
  if (cell?.value.is !== 'text' || cell.bold || table.grid.merge(row.number, column)) return false;
  if (row.cells.some((other, at) => at !== column && at >= table.left && at <= table.right && !isBlank(other)))
    return false;
  return /^[\p{Ll}(+/,;&-]/u.test(textOf(cell));
}

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

/** Takes rows without a quantity as lines in a list of orders, where few lack it, but not in a form, where most do. */
function takeOpen(reading: TableReading, open: readonly Open[], skipped: GridRow[], context: Context): void {
  const { table } = reading;
  reading.open = open.length;
  const ordered = new Set(reading.drafts.map(({ row }) => row)).size;
  const rest = open.filter((each) => !each.ordered);
  for (const { row } of open.filter((each) => each.ordered))
    reading.drafts.push(readWithoutQuantity(table, row, context));
  // a matrix is a form: a row without a quantity in any column is not ordered
  if (ordered === 0 || rest.length === 0 || table.layout === 'matrix') return;
  const all = ordered + rest.length;
  const isList = rest.length <= Math.max(1, 0.2 * all);
  const isForm = rest.length >= 0.5 * all && all >= 4;
  if (isForm) return;
  for (const { row, quantity } of rest) {
    if (quantity === 'zero') {
      if (isList || rest.length < 0.5 * all) {
        const column = table.labels[0]?.column ?? table.roles.get('quantity') ?? table.left;
        reading.found.push({ code: 'line.quantity_zero', evidence: [table.grid.from(row.number, column)] });
      }
    } else if (isList) reading.drafts.push(readWithoutQuantity(table, row, context));
    else skipped.push(row);
  }
}

/** Reports destinations given for some lines only: the other lines may be for the same shop or for none. */
function reportGaps({ table, drafts }: TableReading): void {
  const column = table.roles.get('destination');
  if (column === undefined) return;
  const without = drafts.filter(({ line }) => !line.destination).length;
  if (without > 0 && without < drafts.length) table.doubts.push({ blocking: false, columns: [column], why: 'gaps' });
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

const readWithoutQuantity = (table: Table, row: GridRow, context: Context): UnnumberedLine => {
  const draft = readLine(table, row.number, context);
  if (!draft.issues.some(({ code }) => code === 'line.quantity_missing')) {
    const column = table.labels[0]?.column ?? table.left;
    draft.issues.push({ code: 'line.quantity_missing', evidence: [table.grid.from(row.number, column)] });
  }
  return draft;
};

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
