import type { SourcedDay } from '../../../schemas/order/order';
import { calendarOf, dayLabelOf } from './day-labels';
import type { DateText } from './dates';
import { onlyDayIn } from './delivery-sentences';
import { textOf } from './grid';
import { factLabelOf } from './lexicon/facts';
import type { TableReading } from './line';

/** Rows above the headings of a block that may hold its title. */
const HEAD = 3;
const LONGEST = 80;
const LEAST = 2;

/**
 * Gives the lines of each block the day in the title above it, where blocks stand side by side and each has one:
 * `Delivery 1: 12 May 2026 | | Delivery 2: 26 May 2026`.
 */
export function dateBlocks(readings: readonly TableReading[]): void {
  const own = readings.filter(({ drafts, table }) => drafts.length > 0 && table.header && !table.grid.turned);
  const days = own.map(({ table }) => dayAbove(table));
  const isBeside = own.every(({ table }, at) => at === 0 || table.left > (own[at - 1]?.table.right ?? 0));
  if (own.length < LEAST || !isBeside || new Set(days.map((day) => day?.value)).size < LEAST) return;
  if (days.includes(undefined) || own.some(({ drafts }) => drafts.some(({ line }) => line.delivery_date))) return;
  for (const [at, { drafts }] of own.entries()) for (const { line } of drafts) line.delivery_date = days[at];
}

/** Whether a cell is a label, or the value behind one: the day of the order, or the one of all deliveries. */
function isFact(grid: TableReading['table']['grid'], row: number, column: number): boolean {
  const labelOf = (text: string) => factLabelOf(text.split(/\s*[:：]/, 1)[0] ?? '');
  return [column, column - 1].some((at) => labelOf(grid.text(row, at)) !== undefined);
}

function dayAbove({ grid, headerRows, left, right, first }: TableReading['table']): SourcedDay | undefined {
  const top = Math.min(...headerRows);
  const calendar = calendarOf(grid, first);
  for (let row = top - 1; row >= Math.max(1, top - HEAD); row -= 1) {
    for (let column = left; column <= right; column += 1) {
      const cell = grid.cell(row, column);
      const text = textOf(cell);
      if (cell === undefined || text.length > LONGEST || isFact(grid, row, column)) continue;
      const read: DateText | undefined =
        cell.value.is === 'date' ? { day: cell.value.iso.slice(0, 10) } : onlyDayIn(text);
      const day = read?.other ? undefined : (read?.day ?? dayLabelOf(text, calendar)?.day);
      if (day !== undefined) return { value: day, source: 'file', from: grid.from(row, column), confidence: 0.75 };
    }
  }
  return undefined;
}
