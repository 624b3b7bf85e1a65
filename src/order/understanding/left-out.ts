import type { LeftOutReason } from './types';
import type { LeftOut, TableReading, Found } from './line';
import { leftOutReasons } from './reasons';

const SHOWN = 10;
/** Reasons that leave open whether the rows are wanted, unless a total shows that they do not count. */
const ASKED: ReadonlySet<LeftOutReason> = new Set<LeftOutReason>([
  ...(['struck', 'coloured', 'unavailable', 'suspended', 'held', 'hidden'] as const),
]);

/**
 * Reports rows that were left out, once for each reason. Rows that may be wanted all the same are a question where no
 * stated total shows that they do not count.
 */
export function reportLeftOut(readings: readonly TableReading[], proven: boolean): Found[] {
  const byReason = new Map<LeftOutReason, LeftOut[]>();
  for (const one of readings.flatMap((reading) => reading.leftOut))
    byReason.set(one.why, [...(byReason.get(one.why) ?? []), one]);
  return [...byReason].map(([why, rows]): Found => {
    const evidence = rows.slice(0, SHOWN).map(({ draft, from }) => placeOf(draft, from.cell));
    const cells = evidence.map(({ cell }) => cell).join(', ');
    const text = rows.length > SHOWN ? `${cells}, … ${rows.length}` : cells;
    const reason = leftOutReasons[why];
    const words = { text, why: reason.en, why_fr: reason.fr };
    return { code: 'rows.left_out', evidence, words, severity: ASKED.has(why) && !proven ? 'blocking' : 'warning' };
  });
}

/** Cells of a row that was left out, with what they say. */
function placeOf({ table: { grid, left, right }, row }: LeftOut['draft'], cell: string | undefined) {
  const columns: number[] = [];
  for (let column = left; column <= right; column += 1) if (grid.cell(row, column)) columns.push(column);
  const [first, last] = [columns[0], columns.at(-1)];
  if (first === undefined || last === undefined) return { file: grid.file, sheet: grid.sheet, cell: cell ?? '' };
  const text = columns
    .map((column) => grid.text(row, column))
    .join(' | ')
    .slice(0, 500);
  const [from, to] = [grid.address(row, first), grid.address(row, last)];
  return { file: grid.file, sheet: grid.sheet, cell: from === to ? from : `${from}:${to}`, text };
}
