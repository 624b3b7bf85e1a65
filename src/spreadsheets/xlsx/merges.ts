import { refusal } from '../refusals';
import type { Range, Row } from '../workbook';

/** Comparisons of cells with merged ranges; more than this many means that the ranges overlap, which is a fault. */
const MOST = 5_000_000;

/** Removes the cells hidden under merged ones: a spreadsheet program only shows the first. */
export function removeCovered(rows: Row[], merges: Range[], sheet: string): Row[] {
  if (merges.length === 0) return rows;
  const byTop = [...merges].sort((a, b) => a.top - b.top);
  let next = 0;
  let active: Range[] = [];
  let looks = 0;
  for (const row of rows) {
    while (byTop[next] && (byTop[next] as Range).top <= row.number) active.push(byTop[next++] as Range);
    active = active.filter(({ bottom }) => bottom >= row.number);
    looks += active.length * (1 + row.cells.length / 64);
    if (looks > MOST)
      throw refusal.damaged({ en: 'merged cells overlap', fr: 'des cellules fusionnées se chevauchent' }, sheet);
    if (active.length === 0) continue;
    row.cells = row.cells.filter(
      ({ column }) =>
        !active.some(
          ({ top, left, right }) => column >= left && column <= right && (column !== left || row.number !== top),
        ),
    );
  }
  return rows.filter(({ cells }) => cells.length > 0);
}
