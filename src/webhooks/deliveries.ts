import type { Envelope } from '../../schemas/envelope';
import type { DeliveryAttempt, StoredDelivery, StoredWebhook, WebhookEvent } from '../../schemas/webhooks/webhook';
import { parseStored, sha256 } from '../documents/json';
import { pathsBelow } from '../documents/pages';
import type { DocumentStore } from '../documents/port';
import { notFound } from '../runs/errors';

/** Deliveries of a webhook that are kept, besides those under way. */
export const KEPT_DELIVERIES = 500;

/** Attempts of a delivery that are kept. */
const KEPT_ATTEMPTS = 20;

/** Names sort by time, the newest first. */
const LAST_MS = 9_999_999_999_999;

const folderOf = (webhook: string): string => `deliveries/${webhook}/`;
const fileOf = (webhook: string, delivery: string): string => `${folderOf(webhook)}${delivery}.json`;

/** The message that tells a webhook of an event. The same event makes the same message, byte for byte. */
export function deliveryOf(webhook: StoredWebhook, event: Envelope): StoredDelivery {
  const { event_id, event_type, occurred_at, correlation_id, subject, payload } = event;
  const order = String(LAST_MS - Date.parse(occurred_at)).padStart(13, '0');
  const data = { event_id, correlation_id, subject, payload };
  return {
    delivery_id: `msg_${order}-${sha256(`${webhook.id} ${event_id}`).slice(0, 24)}`,
    ...{ webhook_id: webhook.id, event_id, event_type: event_type as WebhookEvent },
    ...{ status: 'pending', attempts: [], attempt_count: 0, created_at: new Date().toISOString() },
    body: JSON.stringify({ type: event_type, timestamp: occurred_at, data }),
  };
}

/** Deliveries of webhooks: a file each, of which the newest stay. Throws `RunError`s: `not_found`. */
export function createDeliveries(store: DocumentStore) {
  async function find(webhook: string, delivery: string): Promise<StoredDelivery | undefined> {
    const path = fileOf(webhook, delivery);
    const bytes = await store.read(path);
    return bytes && (parseStored(bytes, path) as StoredDelivery);
  }

  async function read(webhook: string, delivery: string): Promise<StoredDelivery> {
    const found = await find(webhook, delivery);
    if (!found) throw notFound(`Webhook ${webhook} has no delivery ${delivery}.`);
    return found;
  }

  const bytesOf = (delivery: StoredDelivery) => Buffer.from(JSON.stringify(delivery));
  const replace = (delivery: StoredDelivery) =>
    store.replace(fileOf(delivery.webhook_id, delivery.delivery_id), bytesOf(delivery));

  /** Removes the oldest of those that have ended. */
  async function prune(webhook: string): Promise<void> {
    const old = (await pathsBelow(store, folderOf(webhook))).slice(KEPT_DELIVERIES);
    for (const path of old) {
      const bytes = await store.read(path);
      if (bytes && (parseStored(bytes, path) as StoredDelivery).status !== 'pending') await store.remove(path);
    }
  }

  return {
    find,
    read,

    /** Keeps a delivery, once. */
    create: (delivery: StoredDelivery) =>
      store.create(fileOf(delivery.webhook_id, delivery.delivery_id), bytesOf(delivery)),

    /** Notes an attempt. One delivery is worked on by one workflow at a time, so nobody else writes it. */
    async note(delivery: StoredDelivery, attempt: DeliveryAttempt, status: StoredDelivery['status']): Promise<void> {
      await replace({
        ...delivery,
        status,
        attempts: [...delivery.attempts, attempt].slice(-KEPT_ATTEMPTS),
        attempt_count: delivery.attempt_count + 1,
        ended_at: status === 'pending' ? undefined : attempt.at,
      });
      if (status !== 'pending') await prune(delivery.webhook_id);
    },

    /** Gives a delivery up. */
    giveUp: (delivery: StoredDelivery) =>
      replace({ ...delivery, status: 'failed', ended_at: new Date().toISOString() }),

    /** A page, newest first; `next` is the `after` of the next one. */
    async list(webhook: string, after: string | undefined, limit: number) {
      const position = after === undefined ? {} : { after: fileOf(webhook, after) };
      const { paths, next } = await store.list(folderOf(webhook), { ...position, limit });
      const ids = paths.map((path) => path.slice(folderOf(webhook).length, -'.json'.length));
      const page = await Promise.all(ids.map((id) => find(webhook, id)));
      return { page: page.filter((one) => one !== undefined), next: next === undefined ? undefined : ids.at(-1) };
    },
  };
}

export type Deliveries = ReturnType<typeof createDeliveries>;
