import type { Anomaly, OrderLine, StatedTotal } from '../../schemas/order/order';
import { amountOf, exact, productOf } from './totals';
import { compared, distance, sumOf, written, type Decimal } from './understanding/decimal';
import { anomaly } from './understanding/messages';

const CENT: Decimal = { units: 1n, scale: 2 };

/**
 * What a correction makes odd, or no longer odd: references that stand on several lines, amounts that are not what
 * quantity and price give, stated totals that are not the sum of the lines they cover. Lines and totals that were not
 * touched keep what reading them has found.
 */
export function recheck(
  lines: OrderLine[],
  stated: StatedTotal[],
  known: Anomaly[],
  touched: ReadonlySet<string>,
): Anomaly[] {
  const moved = stated.filter(({ covers }) => covers.some((id) => touched.has(id)));
  const about = new Set(moved.map(({ from }) => `${from.file}\0${from.sheet}\0${from.cell}`));
  const kept = known.filter(({ code, evidence: [at] }) => {
    if (code === 'line.reference_duplicate') return false;
    return code !== 'total.mismatch' || !at || !about.has(`${at.file}\0${at.sheet}\0${at.cell}`);
  });
  return [
    ...kept,
    ...duplicates(lines),
    ...lines.filter(({ line_id }) => touched.has(line_id)).flatMap(amountMismatch),
    ...moved.flatMap((total) => totalMismatch(total, lines)),
  ];
}

/** Lines that bear the same reference, for the same variant and destination. */
export function duplicates(lines: OrderLine[]): Anomaly[] {
  return [...grouped(lines).values()]
    .filter((same) => same.length > 1)
    .flatMap((same) => {
      const evidence = same.slice(0, 10).flatMap(({ reference, ean }) => reference?.from ?? ean?.from ?? []);
      return same.map(({ line_id, reference, ean }) =>
        anomaly({
          ...{ code: 'line.reference_duplicate', evidence, line_id },
          words: { text: (reference ?? ean)?.value ?? '' },
        }),
      );
    });
}

function grouped(lines: OrderLine[]): Map<string, OrderLine[]> {
  const groups = new Map<string, OrderLine[]>();
  for (const line of lines) {
    const name = line.reference?.value ?? line.ean?.value;
    if (name === undefined) continue;
    const key = [name, line.variant?.value, line.destination?.value, line.delivery_date?.value].join('\0');
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return groups;
}

function amountMismatch(line: OrderLine): Anomaly[] {
  const expected = productOf(line);
  const amount = line.amount && exact(line.amount.value);
  if (!expected || !amount || compared(distance(expected, amount), CENT) <= 0) return [];
  const words = { expected: written(expected) ?? '', text: written(amount) ?? '' };
  const evidence = line.amount?.from ? [line.amount.from] : [];
  return [anomaly({ code: 'line.amount_mismatch', evidence, line_id: line.line_id, words })];
}

/** Only sums of quantities and of net amounts say something of the lines alone. */
function totalMismatch({ kind, label, value, from, covers }: StatedTotal, lines: OrderLine[]): Anomaly[] {
  if (kind !== 'quantity' && kind !== 'net') return [];
  const wanted = new Set(covers);
  const figures = lines
    .filter(({ line_id }) => wanted.has(line_id))
    .map((line) => (kind === 'quantity' ? line.quantity && exact(line.quantity.value) : amountOf(line)));
  const known = figures.filter((figure) => figure !== undefined);
  if (known.length < figures.length) return [];
  const sum = sumOf(known);
  if (compared(distance(sum, exact(value)), CENT) <= 0) return [];
  const words = { text: value, label, expected: written(sum) ?? '' };
  return [anomaly({ code: 'total.mismatch', evidence: [from], words })];
}
