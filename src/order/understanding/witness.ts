import { asNumber } from './decimal';
import { chainedDiscount } from './discounts';
import { isBlank, textOf, type GridRow } from './grid';
import { notationOf } from './numbers';
import { baseFigure } from './price-base';
import { figureOf } from './profile';

/** Figures of some rows by column, to test products and sums. */
export interface Figures {
  /** per column, one figure per row; NaN if the cell has none */
  columns: Map<number, Float64Array>;
  rows: number;
}

const ROWS = 80;

/**
 * Figures of a sample of rows, in the notation that they show; only rows with at least two figures are evidence. `base` is
 * the column of price bases, `discounts` are those of discounts, which may be several in a cell.
 */
export function figuresOf(
  rows: readonly GridRow[],
  columns: readonly number[],
  base?: number,
  discounts: ReadonlySet<number> = new Set(),
): Figures {
  const chosen: number[][] = [];
  const shown = notationOf(
    rows.slice(0, ROWS).flatMap(({ cells }) =>
      columns.flatMap((column) => {
        const value = cells[column]?.value;
        return value?.is === 'text' ? [value.text] : [];
      }),
    ),
  );
  const notation = shown === 'mixed' ? undefined : shown;
  const stride = Math.max(1, Math.floor(rows.length / 4_000));
  for (let index = 0; index < rows.length && chosen.length < ROWS; index += stride) {
    const cells = rows[index]?.cells;
    if (!cells) continue;
    const figures = columns.map((column) => {
      if (isBlank(cells[column])) return Number.NaN;
      const chained = discounts.has(column) ? chainedDiscount(textOf(cells[column])) : undefined;
      if (chained) return asNumber(chained);
      return column === base ? (baseFigure(textOf(cells[column])) ?? Number.NaN) : figureOf(cells[column], notation);
    });
    if (figures.filter((figure) => figure > 0).length >= 2) chosen.push(figures);
  }
  return {
    columns: new Map(columns.map((column, at) => [column, Float64Array.from(chosen, (row) => row[at] ?? Number.NaN)])),
    rows: chosen.length,
  };
}

export interface Products {
  /** rows with all three figures; `holds` counts those that multiply, `plain` those of them without a factor of one */
  tried: number;
  holds: number;
  plain: number;
}

/** Columns and figures that come between quantity × price and the amount. */
export interface Between {
  discount?: number;
  /** column with the number of units that a price is for */
  base?: number;
  /** the same for all rows, from the heading of the price */
  per?: number;
  /** column with the number of priced units in an ordered one */
  pack?: number;
}

/** Counts the rows in which quantity × price, with what comes between, is the amount. */
export function countProducts(
  figures: Figures,
  quantity: number,
  price: number,
  amount: number,
  { discount, base, per = 1, pack }: Between = {},
): Products {
  const [q, p, a] = [figures.columns.get(quantity), figures.columns.get(price), figures.columns.get(amount)];
  const at = (column: number | undefined) => (column === undefined ? undefined : figures.columns.get(column));
  const [d, b, s] = [at(discount), at(base), at(pack)];
  const result: Products = { tried: 0, holds: 0, plain: 0 };
  if (!q || !p || !a) return result;
  for (let row = 0; row < figures.rows; row += 1) {
    const [quantityHere = NaN, priceHere = NaN, amountHere = NaN] = [q[row], p[row], a[row]];
    if (!(quantityHere > 0 && priceHere > 0 && amountHere > 0)) continue;
    result.tried += 1;
    const plain = quantityHere * priceHere;
    const less = d?.[row] ?? Number.NaN;
    const factors = [s ? (s[row] ?? Number.NaN) : 1, 1 / (b?.[row] ?? Number.NaN), 1 / per].filter((each) => each > 0);
    const options = [...new Set(factors)].flatMap((factor) => {
      const full = plain * factor;
      return Number.isNaN(less) ? [full] : [full, full * (1 - less / 100), full * (1 - less)];
    });
    if (
      !options.some(
        (option) =>
          Math.abs(option - amountHere) <= 0.005 * Math.max(1, quantityHere) + 1e-9 &&
          Math.abs(option - amountHere) <= 0.01 * Math.abs(amountHere) + 0.005,
      )
    ) {
      continue;
    }
    result.holds += 1;
    if (quantityHere !== 1 && priceHere !== 1) result.plain += 1;
  }
  return result;
}

/** Weight of the evidence that quantity × price = amount. */
export function productWeight({ tried, holds, plain }: Products): number {
  if (tried === 0 || holds / tried < 0.6) return tried >= 3 && holds === 0 ? -0.3 : 0;
  if (plain === 0) return 0.2;
  return plain >= 3 ? 2.6 : plain === 2 ? 1.6 : 0.8;
}

/** Counts the rows in which a column is the sum of others. */
export function countSums(figures: Figures, total: number, parts: readonly number[]): { tried: number; holds: number } {
  const result = { tried: 0, holds: 0 };
  const totals = figures.columns.get(total);
  if (!totals) return result;
  for (let row = 0; row < figures.rows; row += 1) {
    let sum = 0;
    let filled = 0;
    for (const part of parts) {
      const figure = figures.columns.get(part)?.[row] ?? Number.NaN;
      if (Number.isNaN(figure)) continue;
      sum += figure;
      if (figure !== 0) filled += 1;
    }
    if (filled === 0) continue;
    result.tried += 1;
    if (Math.abs(sum - (totals[row] ?? Number.NaN)) < 1e-6) result.holds += 1;
  }
  return result;
}

/** Whether the amounts of a column are whole multiples of its prices in every row. */
export function areMultiples({ columns, rows }: Figures, amount: number, price: number): boolean {
  const [amounts, prices] = [columns.get(amount), columns.get(price)];
  let tried = 0;
  for (let row = 0; row < rows; row += 1) {
    const [a = Number.NaN, p = Number.NaN] = [amounts?.[row], prices?.[row]];
    if (!(a > 0 && p > 0)) continue;
    tried += 1;
    if (Math.abs(a / p - Math.round(a / p)) > 1e-6) return false;
  }
  return tried > 0;
}
