import { asNumber, compared, distance, less, minus, sumOf, times, written, type Decimal } from './decimal';
import type { UnnumberedLine, TableReading } from './line';
import { figureIn } from './values';
import type { Context } from './context';

const CENT: Decimal = { units: 1n, scale: 2 };

/** What a line costs: as stated, or quantity × price less its discount. */
export function worthOf({ amount, quantity, price, percent, off }: UnnumberedLine): Decimal | undefined {
  if (amount) return amount;
  if (!quantity || !price) return undefined;
  const full = times(quantity, price);
  const reduced = percent ? less(full, percent) : full;
  return off ? minus(reduced, off) : reduced;
}

/** Quantity × price less discount must be the amount. */
export function checkLine(draft: UnnumberedLine): void {
  const { quantity, price, amount, percent, off, line } = draft;
  if (!quantity || !price || !amount) return;
  const full = times(quantity, price);
  const expected = percent ? less(full, percent) : off ? minus(full, off) : full;
  const options = [expected, ...(percent ? [full] : []), ...(off ? [full, minus(full, times(off, quantity))] : [])];
  if (options.some((option) => isNear(option, amount, quantity))) return;
  // a price for ten, a hundred or a thousand
  const several = draft.table.doubts.some(({ why }) => why === 'basis');
  if (several && [1, 2, 3].some((power) => isNear({ ...expected, scale: expected.scale + power }, amount, quantity)))
    return;
  for (const key of ['quantity', 'unit_price', 'amount'] as const) {
    const value = line[key];
    if (value) line[key] = { ...value, confidence: Math.min(value.confidence, 0.5) };
  }
  const evidence = [line.amount?.from, line.quantity?.from, line.unit_price?.from].flatMap((from) => from ?? []);
  draft.issues.push({
    code: 'line.amount_mismatch',
    evidence,
    words: { expected: written(expected) ?? '', text: written(amount) ?? '' },
  });
}

/** Half a cent per unit, at most one percent; never less than a cent. */
function isNear(expected: Decimal, amount: Decimal, quantity: Decimal): boolean {
  const gap = distance(expected, amount);
  if (compared(gap, CENT) <= 0) return true;
  const [size, units] = [Math.abs(asNumber(amount)), Math.abs(asNumber(quantity))];
  return asNumber(gap) <= Math.min(0.005 * units, 0.01 * size) + 1e-9;
}

/** In a matrix: the sum of a row against its total column, and times the price against its amount. */
export function checkMatrix({ table, drafts, found }: TableReading, context: Context): void {
  if (table.layout !== 'matrix') return;
  const rows = new Map<number, UnnumberedLine[]>();
  for (const draft of drafts) rows.set(draft.row, [...(rows.get(draft.row) ?? []), draft]);
  const amounts = table.roles.get('amount');
  for (const [row, parts] of rows) {
    const sum = sumOf(parts.flatMap(({ quantity }) => quantity ?? []));
    if (table.totalColumn !== undefined) {
      const stated = read(table, row, table.totalColumn, context);
      if (stated && compared(stated, sum) !== 0) {
        const words = {
          text: written(stated) ?? '',
          label: table.header?.headings.get(table.totalColumn)?.text ?? '',
          expected: written(sum) ?? '',
        };
        found.push({ code: 'total.mismatch', evidence: [table.grid.from(row, table.totalColumn)], words });
      }
    }
    const [first] = parts;
    const stated = amounts === undefined ? undefined : read(table, row, amounts, context);
    if (!first?.price || !stated || amounts === undefined) continue;
    const full = times(sum, first.price);
    const expected = first.percent ? less(full, first.percent) : full;
    if (isNear(expected, stated, sum) || isNear(full, stated, sum)) continue;
    const words = { expected: written(expected) ?? '', text: written(stated) ?? '' };
    first.issues.push({ code: 'line.amount_mismatch', evidence: [table.grid.from(row, amounts)], words });
  }
}

function read(table: TableReading['table'], row: number, column: number, context: Context): Decimal | undefined {
  const { notation, decided } = context.reading(table, column);
  return figureIn(table.grid.cell(row, column), notation, decided)?.value;
}

const MOST: Decimal = { units: 1_000_000n, scale: 0 };

/** Quantities above a million, or a hundred times what is usual in the file and ten times the next one. */
export function checkQuantities(drafts: readonly UnnumberedLine[]): void {
  const sizes = drafts.flatMap(({ quantity }) => (quantity ? [asNumber(quantity)] : [])).sort((a, b) => a - b);
  const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
  const top = sizes.length >= 5 ? Math.max(500, 100 * median) : Infinity;
  for (const { quantity, line, issues } of drafts) {
    if (!quantity) continue;
    const size = asNumber(quantity);
    if (compared(quantity, MOST) <= 0 && !(size >= top && isAlone(size, sizes))) continue;
    issues.push({
      code: 'line.quantity_absurd',
      evidence: line.quantity?.from ? [line.quantity.from] : [],
      words: { text: line.quantity?.value ?? '' },
    });
  }
}

/** Few others come near it. */
function isAlone(size: number, sizes: readonly number[]): boolean {
  const near = sizes.findIndex((other) => other > size / 10);
  return sizes.length - near <= Math.max(1, 0.02 * sizes.length);
}
