import type { OrderFacts, SourcedText } from '../../../schemas/order/order';
import type { Context } from './context';
import { dayOrderOf, type DayOrder } from './dates';
import { impossibleDays, weekOfDelivery } from './days-above';
import { dayOfDelivery, onlyDayIn } from './delivery-sentences';
import { calendarOf, partialDay, type Calendar } from './day-labels';
import { readLabel, type Candidate, type Fact } from './fact-candidates';
import { isBlank, type Grid, type GridCell } from './grid';
import { MAY_BE_DAY, wholeOrLeading } from './leading-day';
import { currencyCode, currencyIn } from './numbers';
import type { Found, TableReading } from './line';
import type { Table } from './types';
import { dayIn, type DayRead } from './values';
import type { SheetReading } from './sheet-reading';

export interface FactsRead {
  facts: OrderFacts;
  found: Found[];
}

/** Rows that may tell the year of a day. */
const MARKED = 30;
/** Rows of a sheet that are searched for labels, from its top and below its tables. */
const ROWS = 400;
const LONGEST = 200;

/** Facts of a sheet besides its lines: labels with a value to the right, below or after a colon. */
export function factsOf({ grid, tables: all, readings }: SheetReading, context: Context): FactsRead {
  const tables = grid.turned ? [] : all.filter((table) => !table.grid.turned);
  const lastLines = lastLinesOf(readings);
  const candidates: Candidate[] = [];
  let looked = 0;
  for (const row of grid.rows) {
    if (looked > ROWS) break;
    const inside = (column: number) =>
      tables.some((table) => isInside(table, row.number, column, lastLines.get(table)));
    let any = false;
    row.cells.forEach((cell, column) => {
      if (!cell || isBlank(cell) || inside(column)) return;
      any = true;
      if (cell.value.is === 'text' && cell.value.text.length <= LONGEST)
        candidates.push(...readLabel(grid, row.number, column, cell, inside));
    });
    if (any) looked += 1;
  }
  const read = chooseFacts(candidates, context, tables[0]);
  for (const at of impossibleDays(grid, tables))
    read.found.push({ code: 'date.unreadable', evidence: [at], words: { text: at.text ?? '' } });
  const week = candidates.some(({ fact }) => fact === 'delivery_date') ? undefined : weekOfDelivery(grid, tables);
  if (week) read.found.push({ code: 'date.unreadable', evidence: [week], words: { text: week.text ?? '' } });
  return read;
}

/** A label with its value somewhere on a sheet. */
export interface Mark {
  fact: 'order_number' | 'customer' | 'delivery_address' | 'delivery_date';
  row: number;
  column: number;
  value: SourcedText;
}

/** Labels of orders anywhere on a sheet but in the rows of its lines, from top to bottom. */
export function marksOf(grid: Grid, readings: readonly TableReading[], context: Context): Mark[] {
  const rows = new Map<number, { left: number; right: number }[]>();
  const cover = (row: number, { left, right }: Table) => rows.set(row, [...(rows.get(row) ?? []), { left, right }]);
  for (const { table, drafts } of readings) {
    for (const { row } of drafts) if (!rows.has(row)) cover(row, table);
    for (const row of table.headerRows) cover(row, table);
  }
  const marks: Mark[] = [];
  const calendar = calendarOf(grid, Math.min(MARKED, ...readings.map(({ table }) => table.first)));
  let looked = 0;
  for (const row of grid.rows) {
    const covered = rows.get(row.number);
    if (!covered && (looked += 1) > ROWS) continue;
    const inside = (column: number) => covered?.some(({ left, right }) => column >= left && column <= right) ?? false;
    row.cells.forEach((cell, column) => {
      if (cell?.value.is !== 'text' || isBlank(cell) || cell.value.text.length > LONGEST || inside(column)) return;
      for (const one of readLabel(grid, row.number, column, cell, inside)) {
        const value = markedValue(one, context, calendar);
        if (value && isMarked(one.fact)) marks.push({ fact: one.fact, row: row.number, column, value });
      }
    });
  }
  return marks;
}

const isMarked = (fact: Fact): fact is Mark['fact'] =>
  fact === 'order_number' || fact === 'customer' || fact === 'delivery_address' || fact === 'delivery_date';

function markedValue(
  { fact, text, cell, from, confidence }: Candidate,
  context: Context,
  calendar: Calendar,
): SourcedText | undefined {
  if (fact === 'order_number' && (!/\d/.test(text) || text.length > 60)) return undefined;
  if (fact !== 'delivery_date')
    return fact !== 'order_number' && !/\p{L}/u.test(text)
      ? undefined
      : { value: text, source: 'file', from, confidence };
  const order = context.dayOrder(undefined);
  const read = wholeOrLeading(cell ?? { column: 1, value: { is: 'text', text } }, order);
  const partial = read?.day === undefined ? partialDay(text, calendar, order) : undefined;
  if (partial) return { value: partial, source: 'file', from, confidence: 0.6 };
  return read?.day && !read.other ? { value: read.day, source: 'file', from, confidence } : undefined;
}

/** Whether a cell belongs to a table's headings or lines, and so not to a title block. */
export const isInside = (table: Table, row: number, column: number, last: number | undefined): boolean => {
  const top = Math.min(table.first, ...table.headerRows, ...table.dayRows);
  return row >= top && row <= (last ?? table.last) && column >= table.left && column <= table.right;
};

function chooseFacts(candidates: readonly Candidate[], context: Context, table: Table | undefined): FactsRead {
  const facts: OrderFacts = {};
  const found: Found[] = [];
  const best = (fact: Fact, fits: (candidate: Candidate) => boolean = () => true) =>
    candidates
      .filter((candidate) => candidate.fact === fact && fits(candidate))
      .sort((a, b) => b.confidence - a.confidence)[0];
  const text = ({ text: value, from, confidence }: Candidate): SourcedText => ({
    value: value.slice(0, 5_000),
    source: 'file',
    from,
    confidence,
  });
  const number = best('order_number', ({ text: value }) => /\d/.test(value) && value.length <= 60);
  if (number) facts.order_number = text(number);
  const customer = best('customer', ({ text: value, cell }) => /\p{L}/u.test(value) && cell?.value.is !== 'date');
  if (customer) facts.customer = text(customer);
  const address = best(
    'delivery_address',
    ({ text: value, cell }) =>
      /\p{L}/u.test(value) && value.length >= 5 && cell?.value.is !== 'date' && !/\d[./-]\d{1,2}[./-]\d{2}/.test(value),
  );
  if (address) facts.delivery_address = text(address);
  const currency = best('currency', ({ text: value }) => currencyOf(value) !== undefined);
  if (currency) facts.currency = { ...text(currency), value: currencyOf(currency.text) ?? currency.text };
  const seen = dayOrderOf(candidates.flatMap(({ fact, text: written }) => (fact.endsWith('_date') ? [written] : [])));
  const order = seen === 'mixed' ? undefined : (seen ?? context.dayOrder(table));
  for (const fact of ['delivery_date', 'order_date'] as const) {
    const candidate = best(fact);
    if (!candidate || (candidate.sentence && contradicts(candidate, candidates))) continue;
    const cell = candidate.cell ?? { column: 1, value: { is: 'text', text: candidate.text } };
    const read = fact === 'delivery_date' ? dayWithin(candidate, cell, order) : wholeOrLeading(cell, order);
    if (!read || ((candidate.spoken || candidate.sentence) && read.other)) continue;
    const words = { text: read.text, first: read.day ?? '', second: read.other ?? '' };
    if (read.day === undefined && !MAY_BE_DAY.test(read.text)) {
      // `Deliver: Goods In, Thornfield Lane`: words without a day are a place
      if (fact === 'delivery_date') facts.delivery_address ??= text(candidate);
      continue;
    }
    if (read.day === undefined) {
      found.push({ code: 'date.unreadable', evidence: [candidate.from], words });
      continue;
    }
    if (read.other) found.push({ code: 'date.ambiguous', evidence: [candidate.from], words });
    else if (seen === undefined && context.byCountry(table) && dayIn(cell, undefined)?.other)
      found.push({ code: 'date.by_country', evidence: [candidate.from], words });
    facts[fact] = {
      value: read.day,
      source: 'file',
      from: candidate.from,
      confidence: read.other ? 0.3 : candidate.confidence,
    };
  }
  return { facts, found };
}

/** Whether another sentence names another day. */
const contradicts = ({ text }: Candidate, candidates: readonly Candidate[]): boolean =>
  candidates.some((other) => other.sentence && dayOfDelivery(other.text)?.day !== dayOfDelivery(text)?.day);

/** The day of delivery of a cell: all that it says, or at its beginning, or the only one in it. */
function dayWithin({ sentence, text }: Candidate, cell: GridCell, order: DayOrder | undefined): DayRead | undefined {
  const read = sentence ? undefined : wholeOrLeading(cell, order);
  if (read?.day !== undefined || cell.value.is !== 'text') return read;
  const day = sentence ? dayOfDelivery(text, order) : onlyDayIn(text, order);
  return day && !day.other ? { text, day: day.day } : read;
}

const currencyOf = (text: string): string | undefined => currencyCode(text) || currencyIn(text);

/** The last row of each table that belongs to it; below it may stand other facts. */
const lastLinesOf = (readings: readonly TableReading[]) =>
  new Map(
    readings.map(
      ({ table, drafts: own }) =>
        [table, Math.max(table.first - 1, ...table.headerRows, ...table.dayRows, own.at(-1)?.row ?? 0)] as const,
    ),
  );
