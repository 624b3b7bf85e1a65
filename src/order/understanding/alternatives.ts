import { textOf, type GridRow } from './grid';
import { isConditional } from './lexicon/conditions';
import type { Remark, Table } from './types';

/**
 * A row that is wanted only in place of another: it has the number of the row above and a letter, 4b below 4, and a
 * remark that makes it depend on something. It is no line unless somebody says so.
 */
export function alternativeTo({ grid, roles, left, right }: Table, { number, cells }: GridRow): Remark | undefined {
  const column = roles.get('line_number') ?? 0;
  const [, main] = /^(\d{1,4})\s?[a-z][.)]?$/i.exec(textOf(cells[column])) ?? [];
  if (main === undefined || !grid.text(number - 1, column).startsWith(main)) return undefined;
  const at = cells.findIndex(
    (cell, here) =>
      here >= left &&
      here <= right &&
      cell?.value.is === 'text' &&
      here !== roles.get('description') &&
      isConditional(textOf(cell)),
  );
  return at < 0 ? undefined : { why: 'held', sure: true, from: grid.from(number, at) };
}
