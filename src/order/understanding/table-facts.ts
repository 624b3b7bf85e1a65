import { KNOWN } from './header-rows';
import { bestScore, scoreOf } from './lexicon/match';
import type { Table } from './types';

/** Whether a table can hold lines: it names things, or its rows multiply. */
export const isPlausible = (table: Table): boolean =>
  table.witnessed ||
  table.layout === 'matrix' ||
  ['reference', 'ean', 'description'].some((role) => table.roles.has(role as 'ean'));

/** Whether a table has a column of quantities, filled or not. */
export const hasQuantityColumn = (table: Table): boolean => table.roles.has('quantity') || table.layout === 'matrix';

export const hasPriceColumn = (table: Table): boolean =>
  table.roles.has('unit_price') ||
  [...(table.header?.headings.values() ?? [])].some(
    ({ meaning }) =>
      bestScore(meaning) >= KNOWN &&
      (scoreOf(meaning, 'unit_price') > 0 || scoreOf(meaning, 'list_price') > 0 || scoreOf(meaning, 'price_gross') > 0),
  );
