import type { Context } from './context';
import { calendarOf, partialDay, type Calendar } from './day-labels';
import type { UnnumberedLine } from './line';
import { certaintyOf, place, sourced } from './line-cells';
import type { Table } from './types';
import { dayIn } from './values';

export function readDay(draft: UnnumberedLine, context: Context): void {
  const { table, row, line, issues } = draft;
  const found = place(table, row, 'delivery_date');
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
  const partial =
    read.day === undefined ? partialDay(read.text, calendarFor(table), context.dayOrder(table)) : undefined;
  if (partial !== undefined) {
    line.delivery_date = sourced(partial, found.from, 0.7);
    issues.push({ code: 'line.date_partial', evidence: [found.from], words: { text: read.text, first: partial } });
  } else if (read.day === undefined)
    issues.push({ code: 'line.date_unreadable', evidence: [found.from], words: { text: read.text } });
  else line.delivery_date = sourced(read.day, found.from, read.other ? 0.3 : certaintyOf(table, 'delivery_date'));
}

const calendars = new WeakMap<Table, Calendar>();

function calendarFor(table: Table): Calendar {
  const known = calendars.get(table);
  if (known) return known;
  const calendar = table.grid.turned ? {} : calendarOf(table.grid, Math.min(table.first, ...table.headerRows));
  calendars.set(table, calendar);
  return calendar;
}
