import { saysNothing, textOf, type GridRow } from './grid';
import { figureOf } from './profile';
import { plainWords } from './text';
import type { Remark, Table } from './types';

/** Words before what a line above already holds: `di cui: Tonico 200 ml`. */
const OF_WHICH =
  /^(?:of which|out of which|thereof|dont|desquels|davon|hiervon|darin|di cui|dei quali|delle quali|de (?:los|las) cuales|de ellos|waarvan|hiervan|d[oa]s quais|de que|w tym|z tego|z toho|varav|heraf)(?: |$)/;

/** Signs of a row below another: a bullet, an arrow, a step to the right. */
const BELOW = /^(?: {2,}|\t|\u00a0|\s*[-–•·*>└├↳→]\s*)(?=\S)/u;
/** Goods that are sold as one and hold others. */
const SET =
  /(?<!\p{L})(?:kits?|sets?|bundles?|gift ?box(?:es)?|hampers?|displays?|coffrets?|lots?|paniers?|assortiments?|geschenk\p{L}*|sortimente?|pakete?|paket|stapel|confezion\p{L}*|cofanett\p{L}*|cest[oiae]|espositor[ei]|assortiment[oi]|lotes?|estuches?|cestas?|expositor(?:es)?|surtidos?|pakketten|pakket|geschenkdoos|conjuntos?|cabaz(?:es)?|sortidos?|zestaw\p{L}*|sad[ay]|balic\p{L}*)(?!\p{L})/iu;
const REACH = 15;

/**
 * A row that only says what a line above is made of: `di cui: Tonico 200 ml`, or one without a price that stands under a
 * set with one. With a price or an amount of its own, or without a set above, somebody has to say.
 */
export function partOf(table: Table, row: GridRow): Remark | undefined {
  const column = table.roles.get('description');
  const cell = row.cells[column ?? 0];
  if (column === undefined || cell?.value.is !== 'text') return undefined;
  const from = table.grid.from(row.number, column);
  if (OF_WHICH.test(plainWords(cell.value.text))) return { why: 'part', sure: !costs(table, row), from };
  if (costs(table, row)) return undefined;
  const above = BELOW.test(cell.value.text) ? mainRow(table, row.number, column) : numberedAbove(table, row);
  if (!above || !costs(table, above)) return undefined;
  const names = (['reference', 'description', 'unit'] as const).map((role) =>
    textOf(above.cells[table.roles.get(role) ?? 0]),
  );
  return { why: 'part', sure: names.some((name) => SET.test(name)), from };
}

/** Whether a row has a price or an amount. */
const costs = ({ roles }: Table, { cells }: GridRow): boolean =>
  (['unit_price', 'amount'] as const).some((role) => {
    const cell = cells[roles.get(role) ?? 0];
    return !saysNothing(cell) && figureOf(cell) !== 0;
  });

/** The row above whose number is the beginning of this one's: 2 above 2.1. */
function numberedAbove({ grid, roles }: Table, { number, cells }: GridRow): GridRow | undefined {
  const column = roles.get('line_number') ?? 0;
  const [, main] = /^(\d{1,4})[.,-]\d{1,3}$/.exec(textOf(cells[column])) ?? [];
  if (main === undefined) return undefined;
  for (let at = number - 1; at >= Math.max(1, number - REACH); at -= 1)
    if (grid.text(at, column) === main) return grid.row(at);
  return undefined;
}

/** The nearest row above that is no part of another. */
function mainRow({ grid }: Table, number: number, column: number): GridRow | undefined {
  for (let at = number - 1; at >= Math.max(1, number - REACH); at -= 1) {
    const cell = grid.cell(at, column);
    if (cell?.value.is !== 'text') return undefined;
    if (!BELOW.test(cell.value.text) && !OF_WHICH.test(plainWords(cell.value.text))) return grid.row(at);
  }
  return undefined;
}
