import type { Anomaly, OrderFound, OrderLine, StatedTotal } from '../../schemas/order/order';

/** Parts of a draft that name lines, and orders where there are several. */
export interface Numbered {
  lines: OrderLine[];
  totals: StatedTotal[];
  anomalies: Anomaly[];
  orders?: OrderFound[];
}

/** Numbers lines and orders after so many others, with everything that names them. */
export function renumbered(
  { lines, totals, anomalies, orders = [] }: Numbered,
  after: { lines: number; orders?: number },
): Required<Numbered> {
  const names = new Map(lines.map(({ line_id }, i) => [line_id, `L${after.lines + i + 1}`]));
  const lineName = (id: string) => names.get(id) ?? id;
  const orderName = (name: string) => `O${(after.orders ?? 0) + Number(name.slice(1))}`;
  return {
    lines: lines.map((line) => ({
      ...line,
      line_id: lineName(line.line_id),
      ...(line.order === undefined ? {} : { order: orderName(line.order) }),
    })),
    totals: totals.map((total) => ({ ...total, covers: total.covers.map(lineName) })),
    anomalies: anomalies.map((anomaly) => ({
      ...anomaly,
      ...(anomaly.line_id === undefined ? {} : { line_id: lineName(anomaly.line_id) }),
      ...(anomaly.line_ids ? { line_ids: anomaly.line_ids.map(lineName) } : {}),
    })),
    orders: orders.map((one) => ({ ...one, order: orderName(one.order), lines: one.lines.map(lineName) })),
  };
}
