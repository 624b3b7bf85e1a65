import type { TableReading, UnnumberedLine } from './line';

const LEAST_GROUPS = 2;

/**
 * Settles destinations that are given for some lines only. Where the first column names a place at the first line of
 * each group, the lines below it are for that place, and say so; else they may be for the same shop or for none.
 */
export function settleGaps({ table, drafts }: TableReading): void {
  const column = table.roles.get('destination');
  if (column === undefined) return;
  const without = drafts.filter(({ line }) => !line.destination);
  if (without.length === 0 || without.length === drafts.length) return;
  if (column === Math.min(...table.used) && areGroups(drafts)) carryDown(drafts, column);
  else table.doubts.push({ blocking: false, columns: [column], why: 'gaps' });
}

/** Whether lines begin with a place, and each further place is another one, which orders some goods again. */
function areGroups(drafts: readonly UnnumberedLine[]): boolean {
  const places = drafts.flatMap(({ line }) => line.destination?.value ?? []);
  if (!drafts[0]?.line.destination || places.length < LEAST_GROUPS || new Set(places).size < places.length)
    return false;
  const groups: string[][] = [];
  for (const { line } of drafts) {
    if (line.destination) groups.push([]);
    groups.at(-1)?.push(line.reference?.value ?? line.ean?.value ?? line.description?.value ?? '');
  }
  const isOnce = groups.every((group) => new Set(group).size === group.length);
  return isOnce && new Set(groups.flat()).size < groups.flat().length;
}

function carryDown(drafts: readonly UnnumberedLine[], column: number): void {
  let place: UnnumberedLine['line']['destination'];
  for (const { line, issues, table, row } of drafts) {
    if (line.destination) place = line.destination;
    else if (place) {
      line.destination = place;
      issues.push({ code: 'line.carried', evidence: [table.grid.from(row, column)] });
    }
  }
}
