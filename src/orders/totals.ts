import type { Order, OrderLine, StatedTotal } from '../../schemas/order';
import { decimalText, fraction, minus, over, parseDecimal, plus, times, type Fraction } from '../exact/fraction';

const HUNDRED = fraction(100n);

/** The sums of an order's lines. The amount is there only where every line has one, stated or computed. */
export function totalsOf(lines: OrderLine[], stated: StatedTotal[]): Order['totals'] {
  const quantities = lines.flatMap(({ quantity }) => (quantity ? [exact(quantity.value)] : []));
  const amounts = lines.map(amountOf);
  const known = amounts.filter((amount) => amount !== undefined);
  return {
    lines: lines.length,
    quantity: decimalText(sum(quantities)),
    ...(known.length === amounts.length && known.length > 0 ? { amount: decimalText(sum(known)) } : {}),
    stated,
  };
}

/** What a line comes to: what it states, else quantity × price less discount. */
export function amountOf({ quantity, unit_price, discount_percent, amount }: OrderLine): Fraction | undefined {
  if (amount) return exact(amount.value);
  if (!quantity || !unit_price) return undefined;
  const full = times(exact(quantity.value), exact(unit_price.value));
  const off = discount_percent ? over(exact(discount_percent.value), HUNDRED) : fraction(0n);
  return times(full, minus(fraction(1n), off));
}

/** A decimal string of the contract, exactly. */
export function exact(decimal: string): Fraction {
  return parseDecimal(decimal) ?? fraction(0n);
}

const sum = (all: Fraction[]): Fraction => all.reduce(plus, fraction(0n));
