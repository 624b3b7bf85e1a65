import type { Anomaly, OrderLine, StatedTotal } from '../../schemas/order/order';
import { amountOf, exactDecimal, productOf } from './totals';
import { compare, distance, sumOf, decimalText, type Decimal } from './understanding/decimal';
import { groupAnomalies } from './understanding/group';
import { anomaly } from './understanding/anomaly';

const CENT: Decimal = { units: 1n, scale: 2 };

/**
 * Updates the anomalies that a correction may cause or mend: references on several lines, amounts that differ from
 * quantity × price, stated totals that differ from the sum of their lines. Untouched lines and totals keep the findings
 * of the reading.
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
  return groupAnomalies([
    ...kept,
    ...duplicateAnomalies(lines),
    ...lines.filter(({ line_id }) => touched.has(line_id)).flatMap(amountMismatch),
    ...moved.flatMap((total) => totalMismatch(total, lines)),
  ]);
}

/** Anomalies of lines with the same reference for the same variant, destination, day and order. */
export function duplicateAnomalies(lines: OrderLine[]): Anomaly[] {
  return [...groupByReference(lines).values()]
    .filter((same) => same.length > 1)
    .map((same) => {
      const evidence = same.slice(0, 10).flatMap(({ reference, ean }) => reference?.from ?? ean?.from ?? []);
      const name = same[0]?.reference ?? same[0]?.ean;
      const line_ids = same.map(({ line_id }) => line_id);
      return anomaly({ code: 'line.reference_duplicate', evidence, line_ids, words: { text: name?.value ?? '' } });
    });
}

function groupByReference(lines: OrderLine[]): Map<string, OrderLine[]> {
  const groups = new Map<string, OrderLine[]>();
  for (const line of lines) {
    const name = line.reference?.value ?? line.ean?.value;
    if (name === undefined) continue;
    const { variant, destination, delivery_date, order_number } = line;
    const key = [name, ...[variant, destination, delivery_date, order_number].map((one) => one?.value)].join('\0');
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return groups;
}

function amountMismatch(line: OrderLine): Anomaly[] {
  const expected = productOf(line);
  const amount = line.amount && exactDecimal(line.amount.value);
  if (!expected || !amount || compare(distance(expected, amount), CENT) <= 0) return [];
  const words = { expected: decimalText(expected) ?? '', text: decimalText(amount) ?? '' };
  const evidence = line.amount?.from ? [line.amount.from] : [];
  return [anomaly({ code: 'line.amount_mismatch', evidence, line_id: line.line_id, words })];
}

/** Only sums of quantities and of net amounts depend on the lines alone. */
function totalMismatch({ kind, label, value, from, covers }: StatedTotal, lines: OrderLine[]): Anomaly[] {
  if (kind !== 'quantity' && kind !== 'net') return [];
  const wanted = new Set(covers);
  const figures = lines
    .filter(({ line_id }) => wanted.has(line_id))
    .map((line) => (kind === 'quantity' ? line.quantity && exactDecimal(line.quantity.value) : amountOf(line)));
  const known = figures.filter((figure) => figure !== undefined);
  if (known.length < figures.length) return [];
  const sum = sumOf(known);
  if (compare(distance(sum, exactDecimal(value)), CENT) <= 0) return [];
  const words = { text: value, label, expected: decimalText(sum) ?? '' };
  return [anomaly({ code: 'total.mismatch', evidence: [from], words })];
}
