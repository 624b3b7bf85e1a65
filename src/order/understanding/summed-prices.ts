import { isBlank, type Grid, type GridRow } from './grid';
import { figureOf } from './profile';
import type { ColumnRole, Doubt } from './types';

/** Rows below the lines that may hold their sum. */
const BELOW = 4;
const LEAST = 2;
/** What no order of one line is worth, in whatever money has cents. */
const ABSURD = 1_000_000;

/**
 * Settles that a column read as prices holds the amounts of its lines, where the figure below them is its sum and not that
 * of the quantities × these prices: `Prix HT` over 1180 and 342, and 1522 below. Asks where nothing proves it and a
 * quantity × its price is absurd: a price for all of 8500 leaflets.
 */
export function settleSummed(grid: Grid, roles: Map<ColumnRole, number>, rows: readonly GridRow[]): Doubt[] {
  const [quantity, price] = [roles.get('quantity'), roles.get('unit_price')];
  if (quantity === undefined || price === undefined || roles.has('amount')) return [];
  const lines = rows.flatMap(({ number, cells }) => {
    const [count, each] = [figureOf(cells[quantity]), figureOf(cells[price])];
    return count > 0 && each > 0 ? [{ number, count, each }] : [];
  });
  if (lines.length < LEAST) return [];
  const sumOf = (worth: (line: (typeof lines)[number]) => number) => lines.reduce((sum, line) => sum + worth(line), 0);
  const [sum, product] = [sumOf(({ each }) => each), sumOf(({ count, each }) => count * each)];
  const last = Math.max(...rows.map(({ number }) => number));
  const isStated = (figure: number) =>
    grid.rows.some(({ number, cells }) => {
      const cell = cells[price];
      if (number <= last || number > last + BELOW || isBlank(cell)) return false;
      return Math.abs(figureOf(cell) - figure) < 0.006;
    });
  if (isStated(product)) return [];
  if (isStated(sum)) {
    roles.delete('unit_price');
    roles.set('amount', price);
    return [{ blocking: false, columns: [price], why: 'summed' }];
  }
  const isCents = lines.some(({ each }) => !Number.isInteger(each));
  const isAbsurd = isCents && lines.some(({ count, each }) => count * each > ABSURD);
  return isAbsurd ? [{ blocking: true, columns: [price], why: 'absurd' }] : [];
}
