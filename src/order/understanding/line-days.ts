import type { Context } from './context';
import { calendarOf, dayLabelOf, partialDay, type Calendar } from './day-labels';
import type { UnnumberedLine } from './line';
import { certaintyOf, place, placeAt, sourced, type Place } from './line-cells';
import type { MatrixLabel, Table } from './types';
import { dayIn } from './values';

/** Reads the day of delivery of a line: from its own cell, or from the row of days of its column. */
export function readDay(draft: UnnumberedLine, context: Context, label?: MatrixLabel): void {
  const { table, row, line, issues } = draft;
  const found = place(table, row, 'delivery_date') ?? (label && dayOfColumn(table, row, label));
  const read = found && dayIn(found.cell, context.dayOrder(table));
  if (!found || !read) return;
  if (!read.other && read.day && context.byCountry(table) && dayIn(found.cell, undefined)?.other) {
    const words = { text: read.text, first: read.day };
    issues.push({ code: 'line.date_by_country', evidence: [found.from], words });
  }
  if (read.other && read.day) {
    issues.push({
      code: 'line.date_ambiguous',
      evidence: [found.from],
      words: { text: read.text, first: read.day, second: read.other },
    });
  }
  const partial = read.day === undefined ? partialDayIn(read.text, table, context) : undefined;
  if (partial !== undefined) {
    line.delivery_date = sourced(partial, found.from, 0.7);
    issues.push({ code: 'line.date_partial', evidence: [found.from], words: { text: read.text, first: partial } });
  } else if (read.day === undefined)
    issues.push({ code: 'line.date_unreadable', evidence: [found.from], words: { text: read.text } });
  else line.delivery_date = sourced(read.day, found.from, read.other ? 0.3 : certaintyOf(table, 'delivery_date'));
}

/** The day in the row of days above a line, or else below it, in the column of its quantity. */
function dayOfColumn(table: Table, row: number, { column }: MatrixLabel): Place | undefined {
  const rows = [...table.dayRows].sort((a, b) => a - b);
  const at = rows.findLast((each) => each < row) ?? rows[0];
  return at === undefined ? undefined : placeAt(table, at, column, false);
}

function partialDayIn(text: string, table: Table, context: Context): string | undefined {
  const calendar = calendarFor(table);
  return partialDay(text, calendar, context.dayOrder(table)) ?? dayLabelOf(text, calendar)?.day;
}

const calendars = new WeakMap<Table, Calendar>();

function calendarFor(table: Table): Calendar {
  const known = calendars.get(table);
  if (known) return known;
  const calendar = table.grid.turned ? {} : calendarOf(table.grid, Math.min(table.first, ...table.headerRows));
  calendars.set(table, calendar);
  return calendar;
}
