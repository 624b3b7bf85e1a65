import { decimal, lessPercent, minus, type Decimal } from './decimal';

const HUNDRED: Decimal = { units: 100n, scale: 0 };
const STEPS = /^\d{1,2}(?:[.,]\d{1,2})?%?(?:\+\d{1,2}(?:[.,]\d{1,2})?%?)+$/;

/** Discounts one after the other, `10+5`, as the percentage that they make together: 14.5; undefined if it is none. */
export function chainedDiscount(text: string): Decimal | undefined {
  const steps = text.replace(/\s/g, '');
  if (!STEPS.test(steps)) return undefined;
  const rest = steps
    .split('+')
    .flatMap((step) => decimal(step.replace('%', '').replace(',', '.')) ?? [])
    .reduce((all, step) => lessPercent(all, step), HUNDRED);
  return minus(HUNDRED, rest);
}
