import type { BookReading, SheetReading } from './sheet-reading';
import type { Language } from '../../../schemas/language';
import type { TableStructure } from '../../../schemas/order/order';
import type { Workbook } from '../../spreadsheets/workbook';
import { areArticles } from './article-pairs';
import { contextOf, type Told } from './context';
import { countryOrder, dateIn, dayOrderOf } from './dates';
import { carryDittos } from './ditto';
import { computeFormulas } from './formulas';
import { gridOf, wordsBeside } from './grid';
import { dropLegends } from './legends';
import { readTable } from './read-table';
import { dropStruckParts } from './struck-parts';
import { structuredTable } from './structures';
import { tablesOf } from './tables';
import type { Table } from './types';

/** Reads every sheet of a workbook, the hidden ones too. */
export function readSheets(
  workbook: Workbook,
  file: string,
  structures: readonly TableStructure[],
  language: Language | undefined,
): BookReading {
  const grids = workbook.sheets.map((sheet) => gridOf(file, sheet));
  for (const grid of grids) {
    dropStruckParts(grid);
    carryDittos(grid);
  }
  computeFormulas(grids);
  const sheets = grids.map((grid, index): SheetReading => {
    const hidden = workbook.sheets[index]?.state !== 'visible';
    const wanted = structures.filter(({ sheet }) => sheet === grid.sheet);
    const given = wanted.map((structure) => ({ structure, table: structuredTable(grid, structure) }));
    const tables = given.flatMap(({ table }) => table ?? []);
    const refused = given.flatMap(({ structure, table }) => (table ? [] : [structure]));
    const found = tables.length > 0 ? tables : tablesOf(grid);
    for (const table of found) if (!table.grid.turned) reach(table, found);
    return { grid, hidden, tables: found, readings: [], refused };
  });
  const context = contextOf(
    sheets.filter(({ hidden }) => !hidden).flatMap(({ tables }) => tables),
    language,
    toldBy(sheets.flatMap(({ grid, hidden }) => (hidden ? [] : wordsBeside(grid)))),
  );
  for (const sheet of sheets) {
    const own = sheet.hidden ? contextOf(sheet.tables, language) : context;
    sheet.readings = sheet.tables.filter(namesThings).map((table) => readTable(table, own));
    dropLegends(sheet);
  }
  return { sheets, context };
}

/** What words tell of the order of day and month: another day, or the country of an address. */
function toldBy(words: readonly string[]): Told {
  // `24/12` may be a pack
  const shown = dayOrderOf(words.filter((word) => dateIn(word) !== undefined));
  return { shown: shown === 'mixed' ? undefined : shown, country: countryOrder(words) };
}

/** Whether a table says what its rows are: a product, a shop of a matrix, or figures that multiply. */
const namesThings = ({ roles, layout, labels, witnessed, header }: Table): boolean =>
  witnessed ||
  (['reference', 'ean', 'description'] as const).some((role) => roles.has(role)) ||
  (roles.has('quantity') && header !== undefined) ||
  (layout === 'matrix' && (roles.has('destination') || roles.has('variant') || areArticles(labels)));

/** Lets the rows of a table reach to the tables beside it, so that no filled cell of a line is passed over. */
function reach(table: Table, all: readonly Table[]): void {
  const beside = all.filter(
    (other) => other !== table && other.grid === table.grid && other.first <= table.last && table.first <= other.last,
  );
  const left = beside.filter((other) => other.right < table.left).map((other) => other.right);
  const right = beside.filter((other) => other.left > table.right).map((other) => other.left);
  table.from = Math.max(0, ...left) + 1;
  table.to = right.length > 0 ? Math.min(...right) - 1 : table.grid.width;
}
