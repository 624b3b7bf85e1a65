import { isBlank, textOf, turn, type Grid } from './grid';
import { tablesUnder } from './headed-tables';
import { isLabel, scoreOfTexts } from './header-rows';
import { findHeaders } from './headers';
import { factLabelOf } from './lexicon/facts';
import { bestScore, meaningOf } from './lexicon/match';
import { rowsBetween, share } from './profile';
import { isPlausible } from './table-facts';
import type { HeaderBlock, Heading, Table } from './types';

const TURNED_ROWS = 60;

/** Tables with fields down and lines across; only searched for in short sheets. */
export function turnedTables(grid: Grid): Table[] {
  if (grid.rows.length > TURNED_ROWS || grid.turned) return [];
  const other = turn(grid);
  const tables = tablesUnder(
    other,
    findHeaders(other).map((header) => withoutTitleBlock(other, header)),
  );
  return tables.filter(
    (table) =>
      table.roles.has('quantity') &&
      isPlausible(table) &&
      (table.header?.score ?? 0) >= 2 &&
      hasFigures(table) &&
      !isUpright(table),
  );
}

/** Whether a seemingly turned table is upright: its first line is one of headings, or few lines have a quantity. */
function isUpright({ grid, header, profiles, roles, first }: Table): boolean {
  const cells = grid.rows.find(({ number }) => number >= first)?.cells ?? [];
  const headings = cells.filter((cell) => isLabel(cell) && bestScore(meaningOf(textOf(cell))) >= 0.9).length;
  const filled = (role: 'quantity' | 'reference' | 'ean' | 'description') =>
    profiles.get(roles.get(role) ?? 0)?.filled ?? 0;
  const named = Math.max(filled('reference'), filled('ean'), filled('description'));
  return headings >= 2 || header === undefined || 2 * filled('quantity') < named;
}

/** Removes labels of a title block, which have one value each, from the header of a turned table. */
function withoutTitleBlock(grid: Grid, header: HeaderBlock): HeaderBlock {
  const first = Math.max(...header.rows) + 1;
  const rows = rowsBetween(grid, first, grid.rows.at(-1)?.number ?? first);
  const filled = (column: number) => rows.filter(({ cells }) => !isBlank(cells[column])).length;
  const all = [...header.headings.values()].sort((a, b) => a.column - b.column);
  const most = Math.max(...all.map(({ column }) => filled(column)));
  const isTitle = ({ column, text }: Heading, next: Heading | undefined) =>
    factLabelOf(text) !== undefined &&
    filled(column) <= 1 &&
    (most > 1 || (next !== undefined && Math.abs(next.column - column) > 1));
  let [from, to] = [0, all.length];
  for (let at = 0; at < all.length; at += 1) {
    const heading = all[at];
    if (heading && isTitle(heading, all[at + 1])) from = at + 1;
    else if (heading && !(filled(heading.column) <= 1 && most > 1)) break;
  }
  while (to > from + 1 && isTitle(all[to - 1] as Heading, all[to - 2])) to -= 1;
  const kept = all.slice(from, to);
  if (kept.length < 2) return header;
  const headings = new Map(kept.map((heading) => [heading.column, heading]));
  const score = Math.min(header.score, scoreOfTexts(kept.map(({ text }) => text)));
  return {
    ...header,
    headings,
    score,
    left: kept[0]?.column ?? header.left,
    right: kept.at(-1)?.column ?? header.right,
  };
}

const hasFigures = (table: Table): boolean => {
  const profile = table.profiles.get(table.roles.get('quantity') ?? 0);
  return profile !== undefined && share(profile, 'numbers') >= 0.6;
};
