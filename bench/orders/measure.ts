/** Orders on real processes: a steady load from the e-mail to the export, and very many at once. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PlatformEvent } from '../../schemas/envelope';
import { writeExamples } from '../../cli/examples';
import { workflowIdOf } from '../../src/temporal/ids';
import type { ChaosStack } from '../../test/chaos/stack';
import { approve, follow, submit } from './client';

/** Results of a steady load in milliseconds, one per order; of `lag`, one per event. */
export interface SteadyMeasurement {
  /** until `POST /orders/inbox` was answered */
  answered: number[];
  /** from sending the approval until a worker had begun the next step, the export */
  next: number[];
  /** from sending the approval until the export was ready */
  exported: number[];
  /** from the occurrence of an event until a client had it by SSE */
  lag: number[];
}

export interface Load {
  /** orders in a second */
  perSecond: number;
  orders: number;
}

export async function sampleOrder(dir: string): Promise<Uint8Array> {
  await writeExamples(dir);
  return await readFile(join(dir, 'sample_order.xlsx'));
}

/** Measures orders that come one after another; each is followed, approved as soon as it waits, and exported. */
export async function measureSteady(
  stack: ChaosStack,
  workbook: Uint8Array,
  { perSecond, orders }: Load,
): Promise<SteadyMeasurement> {
  const result: SteadyMeasurement = { answered: [], next: [], exported: [], lag: [] };
  const lives: Promise<void>[] = [];
  const began = performance.now();
  for (let i = 0; i < orders; i++) {
    await sleep(Math.max(0, began + (i * 1_000) / perSecond - performance.now()));
    lives.push(live(stack, workbook, result));
  }
  await Promise.all(lives);
  return result;
}

async function live(stack: ChaosStack, workbook: Uint8Array, result: SteadyMeasurement): Promise<void> {
  const { body, milliseconds } = await submit(stack.url, workbook);
  result.answered.push(milliseconds);
  let sent = NaN;
  let ready = NaN;
  let approval: Promise<unknown> | undefined;
  await follow(stack.url, body.order_id, ({ event, at }, since) => {
    const occurred = Date.parse(event.occurred_at);
    // earlier events are read from the run, and tell nothing about the lag
    if (occurred >= since) result.lag.push(at - occurred);
    if (event.event_type === 'ORDER.VALIDATION_REQUIRED') {
      sent = Date.now();
      approval = approve(stack.url, body.order_id);
      approval.catch(() => undefined); // it is awaited below
    }
    if (event.event_type === 'ORDER.EXPORT_READY') ready = at;
  });
  await approval;
  if (Number.isNaN(ready - sent)) throw new Error(`${body.order_id} was not exported`);
  result.exported.push(ready - sent);
  result.next.push((await exportBegan(stack, body.order_id)) - sent);
}

/** The time when a worker began the export of an order, from Temporal's history, in milliseconds since 1970. */
async function exportBegan({ temporal, config }: ChaosStack, orderId: string): Promise<number> {
  const workflowId = workflowIdOf(config.namespace, 'order', orderId);
  const { events = [] } = await temporal.call((client) => client.workflow.getHandle(workflowId).fetchHistory());
  const scheduled = (events ?? []).find(
    ({ activityTaskScheduledEventAttributes: task }) => task?.activityType?.name === 'exportOrder',
  );
  const started = (events ?? []).find(
    ({ activityTaskStartedEventAttributes: task }) =>
      task && String(task.scheduledEventId) === String(scheduled?.eventId),
  );
  const { seconds, nanos } = started?.eventTime ?? {};
  return Number(seconds ?? NaN) * 1_000 + Number(nanos ?? NaN) / 1e6;
}

export interface BurstMeasurement {
  /** orders in a second, from the first `POST` until the last of them waits for a person */
  perSecond: number;
  /** milliseconds until each `POST` was answered */
  answered: number[];
}

/** Measures orders that come all at once, followed by one reader of the stream of events. */
export async function measureBurst(stack: ChaosStack, workbook: Uint8Array, orders: number): Promise<BurstMeasurement> {
  const from = (await stack.redis.xrevrange(stack.keys.events, '+', '-', 'COUNT', 1))[0]?.[0] ?? '0-0';
  const began = performance.now();
  const posts = Promise.all(Array.from({ length: orders }, () => submit(stack.url, workbook)));
  posts.catch(() => undefined); // it is awaited below
  const pending = await untilPending(stack, from, orders);
  const seconds = (performance.now() - began) / 1_000;
  const answers = await posts;
  const unseen = answers.filter(({ body }) => !pending.has(body.order_id));
  if (unseen.length > 0) throw new Error(`${unseen.length} of ${orders} orders never came to wait for a person`);
  return { perSecond: orders / seconds, answered: answers.map(({ milliseconds }) => milliseconds) };
}

/** Reads the stream until this many orders wait for a person; returns their ids. */
async function untilPending({ redis, keys }: ChaosStack, from: string, orders: number): Promise<Set<string>> {
  const pending = new Set<string>();
  const end = Date.now() + 300_000;
  for (let last = from; pending.size < orders;) {
    if (Date.now() > end) throw new Error(`${pending.size} of ${orders} orders wait for a person after 5 minutes`);
    const entries = await redis.xrange(keys.events, `(${last}`, '+', 'COUNT', 1_000);
    for (const [id, fields] of entries) {
      last = id;
      const event = JSON.parse(fields[fields.indexOf('event') + 1] ?? '{}') as PlatformEvent;
      if (event.event_type === 'ORDER.VALIDATION_REQUIRED') pending.add(event.subject.id);
    }
    if (entries.length === 0) await sleep(10);
  }
  return pending;
}
