import type { DeliverableDocument } from '../../../schemas/audit/deliverables';
import type { Work } from '../normalise';
import { pointer, type Report } from './finding';

/** Checks that every cited row exists, and that the rows behind the totals are exactly the counted ones. */
export function checkRows(document: DeliverableDocument, work: Work, report: Report): void {
  const checkCited = (value: unknown, at: string) => {
    if (typeof value === 'number' && (value < 1 || value > work.rows.length))
      report('rows.missing', `row ${value} is cited, but the input has ${work.rows.length} rows`, at);
  };
  walk(document, '', (key, value, at) => {
    if (key === 'row' || key === 'kept_row') checkCited(value, at);
    if ((key === 'rows' || key === 'rows_cited') && Array.isArray(value))
      value.forEach((row, index) => checkCited(row, pointer(at, index)));
  });
  const stated = new Set(document.rows_cited);
  const counted = new Set(work.counted.map(({ row }) => row));
  for (const row of counted)
    if (!stated.has(row)) report('rows.uncited', `row ${row} is in the totals but not cited`, '/rows_cited');
  for (const row of stated)
    if (!counted.has(row) && row <= work.rows.length)
      report('rows.not_counted', `row ${row} is cited, but its minutes cannot be counted`, '/rows_cited');
}

function walk(value: unknown, at: string, visit: (key: string, value: unknown, at: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const here = pointer(at, key);
    visit(key, member, here);
    walk(member, here, visit);
  }
}
