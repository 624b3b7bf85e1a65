import { asNumber } from './decimal';
import { isIdentity } from './content';
import type { TableReading, UnnumberedLine } from './line';
import { figureOf, type Profile } from './profile';

const LEAST = 3;
const MOST_COLUMNS = 20;

/**
 * Whether the figures of a column follow from those that were read, or name: a price with tax, the content of packs, a
 * number of the customer's own. Such a column hides no quantity and no price.
 */
export function isExplained({ table, drafts }: TableReading, column: number): boolean {
  if ([table.base, table.pack, table.free, table.discountAmount].includes(column)) return true;
  const profile = table.profiles.get(column);
  if (profile && profile.numbers > 0 && (isIdentity(profile) || isNumber(profile))) return true;
  const rows = rowsOf(drafts, column);
  if (rows.length < LEAST) return false;
  const others = [...table.profiles.values()].filter(({ numbers }) => numbers > 0).map((each) => each.column);
  return (
    hasRatio(rows, 'price') ||
    hasRatio(rows, 'amount') ||
    others.slice(0, MOST_COLUMNS).some((other) => other !== column && isProduct(rows, other))
  );
}

/** Long whole numbers that all differ and have about as many digits: those of a catalogue. */
const isNumber = ({ whole, seen, distinct, smallest, largest }: Profile): boolean =>
  seen >= LEAST && whole === seen && distinct === seen && smallest >= 10_000 && largest < 10 * smallest;

interface Row {
  figure: number;
  quantity: number;
  price: number;
  amount: number;
  at(column: number): number;
}

/** Figures of a column beside what was read of its row; the lines of a row of a grid are one. */
function rowsOf(drafts: readonly UnnumberedLine[], column: number): Row[] {
  const rows = new Map<number, UnnumberedLine[]>();
  for (const draft of drafts) rows.set(draft.row, [...(rows.get(draft.row) ?? []), draft]);
  return [...rows].flatMap(([row, lines]): Row[] => {
    const [first] = lines;
    if (!first) return [];
    const at = (other: number) => figureOf(first.table.grid.cell(row, other));
    const figure = at(column);
    if (!(figure > 0)) return [];
    const [quantity, amount] = (['quantity', 'amount'] as const).map((key) =>
      lines.reduce((sum, line) => sum + (line[key] ? asNumber(line[key]) : Number.NaN), 0),
    );
    const price = first.price ? asNumber(first.price) : Number.NaN;
    return [{ figure, quantity: quantity ?? Number.NaN, amount: amount ?? Number.NaN, price, at }];
  });
}

/** Whether a column is the price or the amount with the same tax or discount in each row. */
function hasRatio(rows: readonly Row[], key: 'price' | 'amount'): boolean {
  const ratios = rows.map(({ figure, ...row }) => figure / row[key]);
  const middle = [...ratios].sort((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? Number.NaN;
  return rows.every(({ figure, ...row }) => Math.abs(figure - middle * row[key]) <= 0.006 + 0.004 * figure);
}

/** Whether a column is the quantity times another one, or what that has to be multiplied with. */
const isProduct = (rows: readonly Row[], other: number): boolean => {
  const isNear = (a: number, b: number) => Math.abs(a - b) <= 0.01 + 1e-6 * b;
  const plain = rows.filter(({ quantity, at }) => quantity !== 1 && at(other) !== 1);
  return (
    plain.length >= LEAST - 1 &&
    (rows.every(({ figure, quantity, at }) => isNear(quantity * at(other), figure)) ||
      rows.every(({ figure, quantity, at }) => isNear(figure * at(other), quantity)))
  );
};
