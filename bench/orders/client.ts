/** A client of the API for orders that takes the time. */
import type { PlatformEvent } from '../../schemas/envelope';
import type { OrderAccepted } from '../../schemas/order/api';

/** Milliseconds to wait for an answer, or for an order's next event. */
const PATIENCE = 120_000;

export interface Timed<T> {
  body: T;
  milliseconds: number;
}

/** Sends a complete order. */
export async function submit(url: string, workbook: Uint8Array): Promise<Timed<OrderAccepted>> {
  const form = new FormData();
  form.set('from_email', 'user@example.com');
  form.set('subject', 'New order');
  form.set('delivery_address', '1 Main St');
  form.set('delivery_date', '2999-01-02');
  form.set('files', new Blob([new Uint8Array(workbook)]), 'sample_order.xlsx');
  return await post(`${url}/orders/inbox`, 202, { body: form });
}

/** Approves an order as it stands. */
export const approve = (url: string, orderId: string): Promise<Timed<unknown>> =>
  post(`${url}/orders/${orderId}/validate`, 200, { headers: { 'content-type': 'application/json' }, body: '{}' });

async function post<T>(url: string, expected: number, request: RequestInit): Promise<Timed<T>> {
  const began = performance.now();
  const answer = await fetch(url, { ...request, method: 'POST', signal: AbortSignal.timeout(PATIENCE) });
  const text = await answer.text();
  const milliseconds = performance.now() - began;
  if (answer.status !== expected) throw new Error(`POST ${url}: ${answer.status} ${text.slice(0, 500)}`);
  return { body: JSON.parse(text) as T, milliseconds };
}

/** An event, and the moment (milliseconds since 1970) at which it was received. */
export interface Heard {
  event: PlatformEvent;
  at: number;
}

/** Follows an order by SSE to its end. From the moment `since`, events are received as they happen. */
export async function follow(url: string, orderId: string, hear: (heard: Heard, since: number) => void): Promise<void> {
  const answer = await fetch(`${url}/orders/${orderId}/events`, { signal: AbortSignal.timeout(PATIENCE) });
  if (answer.status !== 200 || !answer.body) throw new Error(`the events of ${orderId}: ${answer.status}`);
  const since = Date.now();
  let rest = '';
  for await (const text of answer.body.pipeThrough(new TextDecoderStream())) {
    const at = Date.now();
    const messages = (rest + text).split('\n\n');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      const data = /^data: (.*)$/m.exec(message)?.[1];
      if (data === undefined || message.startsWith('event: end')) continue;
      hear({ event: JSON.parse(data) as PlatformEvent, at }, since);
    }
  }
}
