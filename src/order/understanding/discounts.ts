import { decimal, lessPercent, minus, type Decimal } from './decimal';
import type { Profile } from './profile';
import { plainWords } from './text';
import type { HeaderBlock } from './types';

/** Columns of percentages whose headings differ from the discount's by a number alone, with it; undefined without them. */
export function discountSteps(
  header: HeaderBlock | undefined,
  profiles: ReadonlyMap<number, Profile>,
  column: number | undefined,
): number[] | undefined {
  const nameOf = (text: string) => plainWords(text.replace(/\d+/g, ''));
  const own = header?.headings.get(column ?? 0);
  if (!own) return undefined;
  const steps = [...(header?.headings.values() ?? [])].filter(({ column: at, text }) => {
    const profile = profiles.get(at);
    const isStep = at === column || (text !== own.text && nameOf(text) === nameOf(own.text));
    return isStep && profile !== undefined && profile.texts === 0 && profile.largest < 100;
  });
  return steps.length > 1 ? steps.map(({ column: at }) => at) : undefined;
}

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
