import { saysNothing, textOf } from './grid';
import type { UnnumberedLine } from './line';
import { certaintyOf, placeAt, sourced } from './line-cells';
import { rowsBetween } from './profile';

/** Joins colour and size from columns of their own: `Red / M`. */
export function readVariants({ table, row, line }: UnnumberedLine): void {
  if (table.variants.length < 2) return;
  const places = table.variants
    .map((column) => placeAt(table, row, column, true))
    .filter(({ cell }) => !saysNothing(cell));
  const [first] = places;
  if (first)
    line.variant = sourced(
      places.map(({ cell }) => textOf(cell)).join(' / '),
      first.from,
      certaintyOf(table, 'variant'),
    );
}

const PARTNERS = 2;
/** Rows of the longest table whose lines are compared with each other. */
const COMPARED = 300;

/** Warns of a line that lacks a variant which all others with another one have: a cylinder without its axis. */
export function checkVariants({ table, row, issues }: UnnumberedLine): void {
  if (table.variants.length < 2) return;
  const { grid, first, last } = table;
  if (last - first > COMPARED) return;
  const isFilled = (number: number, column: number) => !saysNothing(grid.cell(number, column));
  const rows = rowsBetween(grid, first, last).map(({ number }) => number);
  for (const column of table.variants) {
    if (isFilled(row, column)) continue;
    const partner = table.variants.find((other) => {
      const alike = rows.filter((number) => number !== row && isFilled(number, other));
      const without = rows.filter((number) => !isFilled(number, column) && !isFilled(number, other));
      return (
        other !== column &&
        isFilled(row, other) &&
        without.length > 0 &&
        alike.length >= PARTNERS &&
        alike.every((number) => isFilled(number, column))
      );
    });
    if (partner === undefined) continue;
    const evidence = [grid.from(row, column), grid.from(row, partner)];
    issues.push({ code: 'line.variant_incomplete', evidence, words: { text: grid.text(row, partner) } });
    return;
  }
}
