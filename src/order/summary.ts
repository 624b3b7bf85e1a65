import type { Order } from '../../schemas/order/order';
import type { OrderSummary } from '../../schemas/order/run';
import type { Paged, Ref } from '../../schemas/refs';
import { countedInFrench } from '../words';

/** Anomalies that travel with a summary. */
const FIRST = 10;

/** What is odd in a draft, in French: `1 point bloquant, 2 avertissements`. */
export const oddInFrench = ({ blocking = 0, warnings = 0 }: Partial<OrderSummary>): string =>
  [countedInFrench(blocking, 'point bloquant', 'points bloquants'), countedInFrench(warnings, 'avertissement')].join(
    ', ',
  );

/** Summary of a draft for lists, questions and events; small, because it travels inline. */
export function summaryOf(draft: Order, ref: Ref<Paged<Order>>): OrderSummary {
  const { version, totals, facts, delivery, anomalies, orders = [] } = draft;
  const blocking = anomalies.filter(({ severity }) => severity === 'blocking');
  return {
    order: ref,
    version,
    lines: totals.lines,
    quantity: totals.quantity,
    ...(totals.amount === undefined ? {} : { amount: totals.amount }),
    ...(facts.currency ? { currency: facts.currency.value.slice(0, 20) } : {}),
    ...(delivery.date ? { delivery_date: delivery.date.value } : {}),
    blocking: blocking.length,
    warnings: anomalies.length - blocking.length,
    ...(orders.length > 1 ? { orders: orders.length } : {}),
    anomalies: [...anomalies]
      .sort((a, b) => Number(b.severity === 'blocking') - Number(a.severity === 'blocking'))
      .slice(0, FIRST)
      .map(({ code, severity, line_id }) => ({ code, severity, ...(line_id === undefined ? {} : { line_id }) })),
  };
}
