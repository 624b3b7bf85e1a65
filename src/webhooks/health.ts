import { parseStored } from '../documents/json';
import type { DocumentStore } from '../documents/port';

const fileOf = (webhook: string): string => `webhooks-failing/${webhook}.json`;

/** Since when the target of a webhook has taken nothing: from its first failure after a success. */
export function createWebhookHealth(store: DocumentStore) {
  return {
    /** Notes a failure. @returns milliseconds for which nothing has been taken */
    async failed(webhook: string, now: number): Promise<number> {
      const path = fileOf(webhook);
      await store.create(path, Buffer.from(JSON.stringify({ since: now })));
      const bytes = await store.read(path);
      return bytes ? now - (parseStored(bytes, path) as { since: number }).since : 0;
    },

    /** Notes a success, or a new beginning. */
    taken: (webhook: string) => store.remove(fileOf(webhook)),
  };
}

export type WebhookHealth = ReturnType<typeof createWebhookHealth>;
