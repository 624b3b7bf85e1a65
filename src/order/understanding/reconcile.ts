import { asNumber, compare, distance, lessPercent, minus, sumOf, times, decimalText, type Decimal } from './decimal';
import type { UnnumberedLine, TableReading } from './line';
import { figureIn } from './values';
import type { Context } from './context';

const CENT: Decimal = { units: 1n, scale: 2 };

/** Amount of a line: as stated, or quantity × price less discount. */
export function worthOf({ amount, quantity, price, percent, off }: UnnumberedLine): Decimal | undefined {
  if (amount) return amount;
  if (!quantity || !price) return undefined;
  const full = times(quantity, price);
  const reduced = percent ? lessPercent(full, percent) : full;
  return off ? minus(reduced, off) : reduced;
}

/** Checks that quantity × price less discount is the amount. */
export function checkLine(draft: UnnumberedLine, context: Context): void {
  const { quantity, price, amount, percent, off, line, table, row } = draft;
  if (!quantity || !price || !amount) return;
  const size = table.pack === undefined ? undefined : readStated(table, row, table.pack, context);
  const full = size ? times(times(quantity, size), price) : times(quantity, price);
  const expected = percent ? lessPercent(full, percent) : off ? minus(full, off) : full;
  const options = [expected, ...(percent ? [full] : []), ...(off ? [full, minus(full, times(off, quantity))] : [])];
  if (options.some((option) => isNear(option, amount, quantity))) return;
  for (const key of ['quantity', 'unit_price', 'amount'] as const) {
    const value = line[key];
    if (value) line[key] = { ...value, confidence: Math.min(value.confidence, 0.5) };
  }
  const evidence = [line.amount?.from, line.quantity?.from, line.unit_price?.from].flatMap((from) => from ?? []);
  draft.issues.push({
    code: 'line.amount_mismatch',
    evidence,
    words: { expected: decimalText(expected) ?? '', text: decimalText(amount) ?? '' },
  });
}

/** Whether an amount is within half a cent per unit, at most one percent and at least a cent. */
function isNear(expected: Decimal, amount: Decimal, quantity: Decimal): boolean {
  const gap = distance(expected, amount);
  if (compare(gap, CENT) <= 0) return true;
  const [size, units] = [Math.abs(asNumber(amount)), Math.abs(asNumber(quantity))];
  return asNumber(gap) <= Math.min(0.005 * units, 0.01 * size) + 1e-9;
}

/** Checks the rows of a matrix: their sum against the total column, and sum × price against the amount. */
export function checkMatrix({ table, drafts, found }: TableReading, context: Context): void {
  if (table.layout !== 'matrix') return;
  const rows = new Map<number, UnnumberedLine[]>();
  for (const draft of drafts) rows.set(draft.row, [...(rows.get(draft.row) ?? []), draft]);
  const amounts = table.roles.get('amount');
  for (const [row, parts] of rows) {
    const sum = sumOf(parts.flatMap(({ quantity }) => quantity ?? []));
    if (table.totalColumn !== undefined) {
      const stated = readStated(table, row, table.totalColumn, context);
      if (stated && compare(stated, sum) !== 0) {
        const words = {
          text: decimalText(stated) ?? '',
          label: table.header?.headings.get(table.totalColumn)?.text ?? '',
          expected: decimalText(sum) ?? '',
        };
        found.push({ code: 'total.mismatch', evidence: [table.grid.from(row, table.totalColumn)], words });
      }
    }
    const [first] = parts;
    const worths = parts.flatMap(({ quantity, price }) => (quantity && price ? [times(quantity, price)] : []));
    const stated = amounts === undefined ? undefined : readStated(table, row, amounts, context);
    if (!first?.price || worths.length < parts.length || !stated || amounts === undefined) continue;
    const full = sumOf(worths);
    const expected = first.percent ? lessPercent(full, first.percent) : full;
    if (isNear(expected, stated, sum) || isNear(full, stated, sum)) continue;
    const words = { expected: decimalText(expected) ?? '', text: decimalText(stated) ?? '' };
    first.issues.push({ code: 'line.amount_mismatch', evidence: [table.grid.from(row, amounts)], words });
  }
}

function readStated(table: TableReading['table'], row: number, column: number, context: Context): Decimal | undefined {
  const { notation, decided } = context.reading(table, column);
  return figureIn(table.grid.cell(row, column), notation, decided)?.value;
}

const MOST: Decimal = { units: 1_000_000n, scale: 0 };

/** Reports quantities above a million, or a hundred times the median of the file with few others near. */
export function checkQuantities(drafts: readonly UnnumberedLine[]): void {
  const sizes = drafts.flatMap(({ quantity }) => (quantity ? [asNumber(quantity)] : [])).sort((a, b) => a - b);
  const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
  const top = sizes.length >= 5 ? Math.max(500, 100 * median) : Infinity;
  for (const { quantity, line, issues } of drafts) {
    if (!quantity) continue;
    const size = asNumber(quantity);
    if (compare(quantity, MOST) <= 0 && !(size >= top && isAlone(size, sizes))) continue;
    issues.push({
      code: 'line.quantity_absurd',
      evidence: line.quantity?.from ? [line.quantity.from] : [],
      words: { text: line.quantity?.value ?? '' },
    });
  }
}

/** Whether few others come near a quantity. */
function isAlone(size: number, sizes: readonly number[]): boolean {
  const near = sizes.findIndex((other) => other > size / 10);
  return sizes.length - near <= Math.max(1, 0.02 * sizes.length);
}
