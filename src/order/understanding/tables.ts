import { articlesAcross } from './articles-across';
import { recordTable, tablesWithoutHeader } from './bare-tables';
import { blockTable } from './blocks';
import { foldPairs } from './folded';
import type { Grid } from './grid';
import { tablesUnder } from './headed-tables';
import { findHeaders } from './headers';
import { proseTable } from './prose';
import { isPlausible } from './table-facts';
import { turnedTables } from './turned-tables';
import type { Table } from './types';

/** All tables of lines on a sheet, from top to bottom and from left to right. */
export function tablesOf(grid: Grid): Table[] {
  const across = articlesAcross(grid);
  if (across) return [across];
  const folded = foldPairs(grid);
  if (folded) return tablesIn(folded);
  const tables = tablesIn(grid);
  const blocks = grid.turned || grid.rows.length > FORM_ROWS ? undefined : blockTable(grid);
  // words of units in the lines of a table look like labels
  const most = Math.max(
    0,
    ...tables.map(({ profiles, roles }) => profiles.get(roles.get('quantity') ?? 0)?.numbers ?? 0),
  );
  return blocks && most <= (blocks.blocks ?? []).length ? [blocks] : tables;
}

/** Rows of the longest form. */
const FORM_ROWS = 500;

function tablesIn(grid: Grid): Table[] {
  const headers = findHeaders(grid);
  if (headers.length > 0) {
    // a sheet that reads much better turned is turned
    const best = Math.max(...headers.map(({ score }) => score));
    const side = turnedTables(grid).filter(({ header }) => (header?.score ?? 0) >= best + 1.5);
    if (side.length > 0) return side;
    const tables = tablesUnder(grid, headers);
    if (tables.some(isPlausible)) return tables.filter((table) => isPlausible(table) || tables.length === 1);
    const across = turnedTables(grid);
    return across.length > 0 ? across : tables;
  }
  const across = turnedTables(grid);
  if (across.length > 0) return across;
  const records = recordTable(grid);
  if (records) return [records];
  const bare = tablesWithoutHeader(grid);
  const prose = grid.turned ? undefined : proseTable(grid);
  // columns that prove each other say more than rows
  return prose && !bare.some((table) => isSure(table)) ? [prose] : bare;
}

/** Whether the columns of a table without headings are certain by their content. */
const isSure = ({ witnessed, header, roles, doubts }: Table): boolean =>
  witnessed || header !== undefined || roles.has('ean') || !doubts.some(({ blocking }) => blocking);
