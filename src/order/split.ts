import type { Order, OrderFound } from '../../schemas/order/order';
import { aboutLines } from './about-lines';
import { check } from './check';
import { renumbered } from './numbering';
import { totalsOf } from './totals';

/** Findings about several orders in one draft, which its parts no longer have. */
const ABOUT_SEVERAL: ReadonlySet<string> = new Set([
  'orders.several',
  'delivery.address_differs',
  'delivery.date_differs',
]);

/** The name of an order that was split from another: `O-20261128-1f2e-2`. */
export const partId = (orderId: string, { order }: OrderFound): string => `${orderId}-${order.slice(1)}`;

/**
 * One draft for each order that was found in the files of another, bound to the same e-mail and files. The facts and
 * findings of its own lines go along, the others' do not; what the sender wrote counts for all of them.
 */
export function splitOrder(order: Order): Order[] {
  return (order.orders ?? []).map((found) => partOf(order, found));
}

function partOf(order: Order, found: OrderFound): Order {
  const own = new Set(found.lines);
  const { lines, totals, anomalies } = renumbered(
    {
      lines: order.lines.filter(({ line_id }) => own.has(line_id)),
      totals: order.totals.stated.filter(({ covers }) => covers.length > 0 && covers.every((id) => own.has(id))),
      anomalies: order.anomalies
        .filter(({ code }) => !ABOUT_SEVERAL.has(code))
        .flatMap((anomaly) => aboutLines(anomaly, (id) => own.has(id)) ?? []),
    },
    { lines: 0 },
  );
  const facts = { ...order.facts, ...found.facts };
  const { delivery_address: address, delivery_date: date } = found.facts;
  const { orders: _, ...rest } = order;
  const part: Order = {
    ...rest,
    order_id: partId(order.order_id, found),
    version: 1,
    delivery: { ...(address ? { address } : {}), ...(date ? { date } : {}), ...fromForm(order.delivery) },
    facts,
    lines: lines.map(({ order: __, ...line }) => line),
    totals: totalsOf(lines, totals, facts.currency?.value),
    anomalies,
    dismissed: [],
  };
  return { ...part, anomalies: check(part) };
}

/** Values that a person gave for the whole e-mail; those of a file may belong to another order. */
function fromForm({ address, date }: Order['delivery']): Order['delivery'] {
  const given = (source: string | undefined) => source === 'form' || source === 'person';
  return { ...(given(address?.source) ? { address } : {}), ...(given(date?.source) ? { date } : {}) };
}
