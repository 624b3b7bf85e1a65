import { datesWithin } from './day-labels';
import { isBlank, textOf, type GridRow } from './grid';
import type { UnnumberedLine } from './line';
import { rowLabelOf } from './lexicon/labels';
import { speaksOfPrices } from './lexicon/past';
import { rowsBetween, share } from './profile';
import { senseOf } from './role-draft';
import type { SheetReading } from './sheet-reading';
import { plainWords } from './text';
import type { ColumnRole, Kind, Table } from './types';
import { unitCode } from './units';
import { daysIn } from './values';
import { countSums, figuresOf } from './witness';

/**
 * What the rows of a sheet hold that no goods have, or when they were: hours, telephones, days of a time that is over.
 * A sheet that names an order, `ordered`, is of no past, and orders hours of work.
 */
export const kindByRows = (
  sheet: SheetReading,
  drafts: readonly UnnumberedLine[],
  ordered: boolean,
): Kind | undefined =>
  (ordered ? undefined : hoursOfPeople(sheet)) ?? addresses(sheet) ?? (ordered ? undefined : pastPeriod(sheet, drafts));

const PRICED: readonly ColumnRole[] = ['unit_price', 'amount'];

/** A column that sums up others in each row and is called hours or days, beside no price: who works when. */
function hoursOfPeople({ readings }: SheetReading): Kind | undefined {
  for (const { table, drafts } of readings) {
    const { grid, header, roles, profiles, first, last } = table;
    if (drafts.length === 0 || roles.has('unit_price') || roles.has('ean')) continue;
    const counted = [...profiles.values()].filter((each) => each.seen > 0 && share(each, 'numbers') > 0.8);
    const columns = counted.map(({ column }) => column);
    for (const { column, text, row } of header?.headings.values() ?? []) {
      const parts = columns.filter((other) => other < column);
      if (!isTime(text) || parts.length < LEAST_DAYS) continue;
      const { tried, holds } = countSums(figuresOf(rowsBetween(grid, first, last), [...parts, column]), column, parts);
      if (tried >= LEAST_ROWS && holds === tried)
        return { kind: 'timesheet', words: text, evidence: [grid.from(row, column)] };
    }
  }
  return undefined;
}

const LEAST_DAYS = 3;
const LEAST_ROWS = 2;

/** Whether a heading is nothing but a unit of time, with a word for a sum: `Total h`, `Std. gesamt`, `Uren`. */
function isTime(text: string): boolean {
  const words = plainWords(text).split(' ');
  const rest = words.filter((word) => !['h', 'day'].includes(unitCode(word) ?? ''));
  return rest.length < words.length && rest.every((word) => rowLabelOf(word)?.label === 'total');
}

const NAMING: readonly ColumnRole[] = ['ean', ...PRICED, 'delivery_date'];
const TELEPHONE = /^(?:[+(0][\d\s()./-]{7,20}\d|\d{3}[\s.-]\d{3}[\s.-]\d{4})$/;
const MAIL = /^\S+@\S+\.\p{L}{2,}$/u;

/** A telephone number or an address of mail of its own in each row, beside no price, and no heading of references or quantities: whom to call. */
function addresses({ readings }: SheetReading): Kind | undefined {
  for (const { table, drafts } of readings) {
    const { grid, header, roles } = table;
    if (drafts.length < LEAST_ROWS || NAMING.some((role) => roles.has(role))) continue;
    const isOf = (column: number) => GOODS.some((sense) => senseOf(header, column, sense) >= SURE);
    if ([...(header?.headings.keys() ?? [])].some(isOf)) continue;
    for (const { column, row, text } of header?.headings.values() ?? []) {
      const called = drafts.map((draft) => grid.text(draft.row, column)).filter(isCalled);
      if (called.length === drafts.length && new Set(called).size === called.length)
        return { kind: 'address_list', words: text, evidence: [grid.from(row, column)] };
    }
  }
  return undefined;
}

const GOODS = ['reference', 'quantity', 'ordered'] as const;
const SURE = 0.9;

const isCalled = (text: string): boolean =>
  MAIL.test(text) || (TELEPHONE.test(text) && /[\s()./-]/.test(text) && datesWithin(text).length === 0);

/** Days between the first and the last of a period from which on it is no week of delivery. */
const LONG = 28;
/** Words of the time that a form or a price is valid for. */
const VALID =
  /(?<!\p{L})(?:valid\p{L}*|valab\p{L}*|gultig\p{L}*|gilt|vigen\p{L}*|geldig\p{L}*|vali\p{L}*|wazn\p{L}*|platn\p{L}*|gyldig\p{L}*|giltig\p{L}*|voimassa)(?!\p{L})/u;
const DAY = 86_400_000;

/** A period in the title that was over on a later day of the sheet, or that holds the days of all lines: what was bought. */
function pastPeriod({ grid, readings }: SheetReading, drafts: readonly UnnumberedLine[]): Kind | undefined {
  const tables = readings.flatMap(({ table, drafts: own }) => (own.length > 0 ? [table] : []));
  if (tables.some(({ roles }) => roles.has('order_number') || roles.has('delivery_date'))) return undefined;
  const top = Math.min(...tables.map((table) => Math.min(table.first, ...table.headerRows)));
  const head = grid.rows.filter(({ number }) => number < top);
  const days = head.flatMap((row) => daysOf(row));
  for (const { number, cells } of head)
    for (const [column, cell] of cells.entries()) {
      if (cell?.value.is !== 'text' || speaksOfPrices(textOf(cell)) || VALID.test(plainWords(textOf(cell)))) continue;
      const [from, to, ...more] = datesWithin(textOf(cell));
      if (from === undefined || to === undefined || more.length > 0) continue;
      if (Date.parse(to) - Date.parse(from) < LONG * DAY) continue;
      const isOver = days.some((day) => day > to);
      const isHeld = tables.some((table) => holdsDays(table, drafts, from, to));
      if (isOver || isHeld) return { kind: 'history', words: textOf(cell), evidence: [grid.from(number, column)] };
    }
  return undefined;
}

const daysOf = ({ cells }: GridRow): string[] =>
  cells.flatMap((cell) => (cell?.value.is === 'date' ? [cell.value.iso.slice(0, 10)] : datesWithin(textOf(cell))));

/** Whether a column has a day in each row of the lines, all of which lie within a period. */
const holdsDays = ({ grid, profiles }: Table, drafts: readonly UnnumberedLine[], from: string, to: string): boolean =>
  [...profiles.values()].some(({ column, dates }) => {
    const cells = drafts.flatMap(({ row }) => grid.cell(row, column) ?? []).filter((cell) => !isBlank(cell));
    return (
      dates >= LEAST_ROWS &&
      cells.length === drafts.length &&
      daysIn(cells).every((read) => read?.day !== undefined && read.day >= from && read.day <= to)
    );
  });
