import type { Order, OrderLine, Provenance } from '../../schemas/order/order';
import { meets } from '../spreadsheets/window';
import type { Range } from '../spreadsheets/workbook';
import { parseRange } from '../spreadsheets/xlsx/reference';

/** A cell or range that a draft names as the source of a value, or as evidence of an anomaly. */
export interface Mark {
  ref: string;
  /** JSON Pointer into the draft */
  path: string;
  line_id?: string;
  /** of an anomaly */
  code?: string;
}

/** A range of a sheet of a file. */
export interface SheetRange {
  file: string;
  sheet: string;
  range: Range;
}

/** A mark and its place. */
export interface Placed {
  mark: Mark;
  file: string;
  /** a value that was read from text names none */
  sheet?: string;
  range: Range;
}

/**
 * Everything that a part of a draft names cells for. `from`: the number of its first line and anomaly in the whole; what
 * all parts have in common is in the marks of the first.
 */
export function* marksOf(part: Order, from: number): Generator<Placed> {
  if (from === 0) yield* commonMarks(part);
  for (const [i, line] of part.lines.entries()) yield* lineMarks(line, `/lines/${from + i}`);
  for (const [i, { evidence, code, line_id }] of part.anomalies.entries())
    for (const one of evidence) yield* marked(one, { path: `/anomalies/${from + i}`, code, line_id });
}

function* commonMarks({ delivery, facts, orders = [], totals, files }: Order): Generator<Placed> {
  yield* valueMarks(delivery, '/delivery');
  yield* valueMarks(facts, '/facts');
  for (const [i, one] of orders.entries()) yield* valueMarks(one.facts, `/orders/${i}/facts`);
  for (const [i, { from }] of totals.stated.entries()) yield* marked(from, { path: `/totals/stated/${i}` });
  for (const [i, { reason, remarks = [] }] of files.entries()) {
    for (const one of reason?.evidence ?? []) yield* marked(one, { path: `/files/${i}/reason` });
    for (const [at, one] of remarks.entries()) yield* marked(one, { path: `/files/${i}/remarks/${at}` });
  }
}

function* lineMarks(line: OrderLine, path: string): Generator<Placed> {
  const { line_id, other = [], order: _, ...values } = line;
  yield* valueMarks(values, path, line_id);
  const { file, sheet } = Object.values(values).find(({ from }) => from?.cell)?.from ?? {};
  for (const [i, { cell }] of other.entries())
    if (file !== undefined) yield* marked({ file, sheet, cell }, { path: `${path}/other/${i}`, line_id });
}

function* valueMarks(values: Record<string, { from?: Provenance }>, path: string, line_id?: string): Generator<Placed> {
  for (const [name, { from }] of Object.entries(values))
    if (from) yield* marked(from, { path: `${path}/${name}`, line_id });
}

function* marked({ file, sheet, cell }: Provenance, mark: Omit<Mark, 'ref'>): Generator<Placed> {
  const range = cell === undefined ? undefined : parseRange(cell);
  if (cell !== undefined && range) yield { file, sheet, range, mark: { ref: cell, ...mark } };
}

/** Whether a mark is seen in a range. */
export const isIn = ({ file, sheet, range }: Placed, shown: SheetRange): boolean =>
  meets(range, shown.range) && file === shown.file && (sheet === undefined || sheet === shown.sheet);

/** Rows that marks reach over, by file; so that one need not look through parts of a draft that lie elsewhere. */
export function rowsMarked(marks: readonly Placed[]): Map<string, Pick<Range, 'top' | 'bottom'>> {
  const rows = new Map<string, Pick<Range, 'top' | 'bottom'>>();
  for (const { file, range } of marks) {
    const { top, bottom } = rows.get(file) ?? range;
    rows.set(file, { top: Math.min(top, range.top), bottom: Math.max(bottom, range.bottom) });
  }
  return rows;
}
