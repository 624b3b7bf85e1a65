import type { Order, OrderLine, StatedTotal } from '../../schemas/order/order';
import { decimal, less, sumOf, times, written, ZERO, type Decimal } from './understanding/decimal';

/** The sums of an order's lines. The amount is there only where every line has one, stated or computed. */
export function totalsOf(lines: OrderLine[], stated: StatedTotal[]): Order['totals'] {
  const amounts = lines.map(amountOf);
  const known = amounts.filter((amount) => amount !== undefined);
  const quantity = sumOf(lines.flatMap((line) => (line.quantity ? [exact(line.quantity.value)] : [])));
  const amount = known.length === amounts.length && known.length > 0 ? written(sumOf(known)) : undefined;
  return {
    lines: lines.length,
    quantity: written(quantity) ?? '0',
    ...(amount === undefined ? {} : { amount }),
    stated,
  };
}

/** What a line comes to: what it states, else quantity × price less discount. */
export const amountOf = (line: OrderLine): Decimal | undefined =>
  line.amount ? exact(line.amount.value) : productOf(line);

/** Quantity × price less discount. */
export function productOf({ quantity, unit_price, discount_percent }: OrderLine): Decimal | undefined {
  if (!quantity || !unit_price) return undefined;
  const full = times(exact(quantity.value), exact(unit_price.value));
  return discount_percent ? less(full, exact(discount_percent.value)) : full;
}

/** A decimal string of the contract, exactly. */
export const exact = (text: string): Decimal => decimal(text) ?? ZERO;
