import type { TableReading } from './line';
import { isBlank } from './grid';
import type { OutcomeReason } from './reasons';
import { rowsBetween } from './profile';
import { hasPriceColumn, hasQuantityColumn } from './table-facts';

/** Kind of a sheet without lines, by the most telling of its tables. */
export function reasonOf(readings: readonly TableReading[]): Exclude<OutcomeReason, 'empty' | 'only_hidden'> {
  const kinds = readings.map(kindOf);
  return (['template', 'price_list', 'header_only'] as const).find((kind) => kinds.includes(kind)) ?? 'no_table';
}

function kindOf({ table, open }: TableReading): Exclude<OutcomeReason, 'empty' | 'only_hidden'> {
  const rows = rowsBetween(table.grid, table.first, table.last).filter(({ number, cells }) => {
    if (table.headerRows.has(number)) return false;
    let filled = 0;
    for (let column = table.left; column <= table.right; column += 1) if (!isBlank(cells[column])) filled += 1;
    return filled > 0;
  });
  const number = table.roles.get('line_number');
  const numbered = number !== undefined && rows.some(({ cells }) => !isBlank(cells[number]));
  const wide = rows.filter(
    ({ cells }) => cells.filter((cell, at) => at >= table.left && at <= table.right && !isBlank(cell)).length > 1,
  );
  const things = open > 0 || numbered || wide.length > 0;
  if (!things) return 'header_only';
  if (hasQuantityColumn(table)) return 'template';
  return hasPriceColumn(table) ? 'price_list' : 'no_table';
}
