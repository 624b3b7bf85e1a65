import { compare, distance, lessPercent, times, type Decimal } from './decimal';
import type { UnnumberedLine } from './line';

/** Resolves a figure that could be two numbers, if quantity × price = amount holds for only one of them. */
export function settleAmbiguity(draft: UnnumberedLine): void {
  const open = draft.issues.filter(({ code }) => code === 'line.number_ambiguous');
  const [issue] = open;
  const { line, quantity, price, amount } = draft;
  if (open.length !== 1 || !issue || !quantity || !price || !amount) return;
  const cell = issue.evidence[0]?.cell;
  const keys = (['quantity', 'unit_price', 'amount'] as const).filter((key) => line[key]?.from?.cell === cell);
  const [key] = keys;
  const second = issue.words?.['second'];
  if (keys.length !== 1 || !key || second === undefined) return;
  const readings = [issue.words?.['first'] ?? '', second];
  const fitting = readings.filter((text) => {
    const value = toDecimal(text);
    const [q, p, a] = [
      key === 'quantity' ? value : quantity,
      key === 'unit_price' ? value : price,
      key === 'amount' ? value : amount,
    ];
    const product = draft.percent ? lessPercent(times(q, p), draft.percent) : times(q, p);
    return compare(distance(product, a), { units: 1n, scale: 2 }) <= 0;
  });
  const [text] = fitting;
  if (fitting.length !== 1 || text === undefined) return;
  draft.issues.splice(draft.issues.indexOf(issue), 1);
  const value = line[key];
  if (value) line[key] = { ...value, value: text, confidence: 0.8 };
  draft[key === 'unit_price' ? 'price' : key] = toDecimal(text);
}

function toDecimal(text: string): Decimal {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const units = BigInt(whole + fraction);
  return { units: text.startsWith('-') ? -units : units, scale: fraction.length };
}
