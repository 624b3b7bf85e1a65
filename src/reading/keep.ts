import type { Anomaly, FileReading, Order } from '../../schemas/order/order';
import type { OrderSummary, ReadDelivery } from '../../schemas/order/run';
import { PAGE, putPaged } from '../documents/paged';
import type { ValueStore } from '../documents/values';
import { summaryOf } from '../order/summary';
import { isUncertain } from '../order/uncertain';

type Values = Pick<ValueStore, 'putValue'>;

/** Keeps the reading of a file. */
export async function keepReading(values: Values, reading: FileReading): Promise<ReadDelivery> {
  const { outcome, reason, lines, anomalies } = reading;
  return {
    reading: await putPaged(values, reading),
    outcome,
    reason: reason?.code ?? null,
    lines: lines.length,
    anomalies: anomalies.length,
    uncertain: isUncertain(reading),
  };
}

/** Keeps a version of an order. Where its anomalies fill more than a page, blocking ones come first. */
export async function keepOrder(values: Values, order: Order): Promise<OrderSummary> {
  const { anomalies } = order;
  const kept = anomalies.length > PAGE ? { ...order, anomalies: [...anomalies].sort(blockingFirst) } : order;
  return summaryOf(kept, await putPaged(values, kept));
}

export const blockingFirst = (a: Anomaly, b: Anomaly): number =>
  Number(b.severity === 'blocking') - Number(a.severity === 'blocking');
