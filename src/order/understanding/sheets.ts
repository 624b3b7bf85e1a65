import type { Language } from '../../../schemas/language';
import type { TableStructure } from '../../../schemas/order/order';
import type { Workbook } from '../../spreadsheets/workbook';
import { contextOf, type Context } from './context';
import type { TableReading } from './line';
import { computeFormulas } from './formulas';
import { gridOf, type Grid } from './grid';
import { readTable } from './read-table';
import { structuredTable } from './structures';
import { tablesOf } from './tables';
import type { Table } from './types';

export interface SheetReading {
  grid: Grid;
  hidden: boolean;
  tables: Table[];
  readings: TableReading[];
  /** structures that were given and do not fit */
  refused: TableStructure[];
}

export interface BookReading {
  sheets: SheetReading[];
  context: Context;
}

/** Reads every sheet of a workbook, the hidden ones too. */
export function readSheets(
  workbook: Workbook,
  file: string,
  structures: readonly TableStructure[],
  language: Language | undefined,
): BookReading {
  const grids = workbook.sheets.map((sheet) => gridOf(file, sheet));
  computeFormulas(grids);
  const sheets = grids.map((grid, index): SheetReading => {
    const hidden = workbook.sheets[index]?.state !== 'visible';
    const wanted = structures.filter(({ sheet }) => sheet === grid.sheet);
    const given = wanted.map((structure) => ({ structure, table: structuredTable(grid, structure) }));
    const tables = given.flatMap(({ table }) => table ?? []);
    const refused = given.flatMap(({ structure, table }) => (table ? [] : [structure]));
    return { grid, hidden, tables: tables.length > 0 ? tables : tablesOf(grid), readings: [], refused };
  });
  const context = contextOf(
    sheets.filter(({ hidden }) => !hidden).flatMap(({ tables }) => tables),
    language,
  );
  for (const sheet of sheets) {
    const own = sheet.hidden ? contextOf(sheet.tables, language) : context;
    sheet.readings = sheet.tables
      .filter((table) => table.roles.size > 0 || table.layout === 'matrix')
      .map((table) => readTable(table, own));
  }
  return { sheets, context };
}
