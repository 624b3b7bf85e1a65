import type { Order, OrderLine, StatedTotal } from '../../schemas/order/order';
import { roundMoney } from './money';
import { decimal, lessPercent, sumOf, times, decimalText, ZERO, type Decimal } from './understanding/decimal';

/**
 * Sums of an order's lines. The amount is given only if every line has one, stated or computed; computed ones are
 * rounded, so that the sum is that of the lines as they are exported.
 */
export function totalsOf(lines: OrderLine[], stated: StatedTotal[], currency: string | undefined): Order['totals'] {
  const amounts = lines.map((line) => billedAmountOf(line, currency));
  const known = amounts.filter((amount) => amount !== undefined);
  const quantity = sumOf(lines.flatMap((line) => (line.quantity ? [exactDecimal(line.quantity.value)] : [])));
  const amount = known.length === amounts.length && known.length > 0 ? decimalText(sumOf(known)) : undefined;
  return {
    lines: lines.length,
    quantity: decimalText(quantity) ?? '0',
    ...(amount === undefined ? {} : { amount }),
    stated,
  };
}

/** Amount of a line as it is shown and exported: as stated, else computed and rounded to the currency's unit. */
export function billedAmountOf(line: OrderLine, currency: string | undefined): Decimal | undefined {
  const amount = amountOf(line);
  return amount && line.amount?.source !== 'file' && line.amount?.source !== 'person'
    ? roundMoney(amount, currency)
    : amount;
}

/** Amount of a line: as stated, else quantity × price less discount, exactly. */
export const amountOf = (line: OrderLine): Decimal | undefined =>
  line.amount ? exactDecimal(line.amount.value) : productOf(line);

/** Quantity × price less discount. */
export function productOf({ quantity, unit_price, discount_percent }: OrderLine): Decimal | undefined {
  if (!quantity || !unit_price) return undefined;
  const full = times(exactDecimal(quantity.value), exactDecimal(unit_price.value));
  return discount_percent ? lessPercent(full, exactDecimal(discount_percent.value)) : full;
}

/** Exact number of a decimal string in the contract. */
export const exactDecimal = (text: string): Decimal => decimal(text) ?? ZERO;
