import { isPosition, isSequence } from './content';
import { saysNothing, textOf, type GridRow } from './grid';
import { isOpen } from './header-rows';
import type { Draft } from './role-draft';
import { share } from './profile';
import type { ColumnRole } from './types';

const ROWS = 300;
/** Roles by which lines with the same reference already differ. */
const TELLING: readonly ColumnRole[] = ['variant', 'destination', 'delivery_date', 'order_number', 'customer'];

/**
 * Columns that no heading explains and that alone tell the lines of a repeated reference, or of a repeated name, apart:
 * its colour, its size.
 * They stand side by side, and the reference with them occurs once. Where one reference alone comes again, they are
 * filled on its lines only. None where something else tells the lines apart.
 */
export function tellingColumns(
  { header, columns, profiles }: Draft,
  roles: ReadonlyMap<ColumnRole, number>,
  rows: readonly GridRow[],
): number[] {
  if (TELLING.some((role) => roles.has(role))) return [];
  const byCode = repeatedBy(roles.get('reference'), rows);
  const byName = byCode.length === 0 ? repeatedBy(roles.get('description'), rows) : [];
  const repeated = byCode.length > 0 || byName.length < LEAST_GROUPS ? byCode : byName;
  const repeats = repeated.reduce((sum, group) => sum + group.length, 0);
  if (repeated.length === 0 || !roles.has('reference')) return [];
  const taken = new Set(roles.values());
  const open = columns.filter((column) => {
    const profile = profiles.get(column);
    if (!profile || taken.has(column) || !isOpen(header?.headings.get(column))) return false;
    const worded = rows.filter(({ cells }) => /\p{L}/u.test(textOf(cells[column]))).length;
    const named = worded > 0.8 * profile.filled || (profile.whole === profile.seen && !isPosition(profile));
    // on one reference that comes again nothing else may be told apart
    const fills = repeated.length >= LEAST_GROUPS ? profile.filled >= 0.8 * rows.length : profile.seen === repeats;
    return named && fills && !isSequence(profile) && share(profile, 'money') < 0.3;
  });
  const runs: number[][] = [];
  for (const column of open) {
    const run = runs.at(-1);
    if (run?.at(-1) === column - 1) run.push(column);
    else runs.push([column]);
  }
  const tells = (run: readonly number[]) =>
    repeated.every((group) => {
      const keys = group.map(({ cells }) => run.map((column) => textOf(cells[column])).join('\u0000'));
      return new Set(keys).size === group.length && group.every(({ cells }) => !saysNothing(cells[run[0] ?? 0]));
    });
  const telling = runs.filter(tells);
  return telling.length === 1 ? (telling[0] ?? []) : [];
}

const LEAST_GROUPS = 2;

/** Rows that have the text of a column in common. */
function repeatedBy(column: number | undefined, rows: readonly GridRow[]): GridRow[][] {
  const groups = new Map<string, GridRow[]>();
  for (const row of rows.slice(0, ROWS)) {
    const text = textOf(row.cells[column ?? 0]);
    if (text !== '') groups.set(text, [...(groups.get(text) ?? []), row]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
