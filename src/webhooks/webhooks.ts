import type { NewSecret, NewWebhook } from '../../schemas/webhooks/api';
import type { StoredWebhook, WebhookEvent } from '../../schemas/webhooks/webhook';
import type { Sealer } from '../access/seal';
import type { DocumentStore } from '../documents/port';
import { createVersionStore } from '../documents/versions';
import { EgressError } from '../egress/errors';
import { parseTarget } from '../egress/target';
import { invalid } from '../runs/errors';
import { newId } from '../runs/new-id';
import type { WebhookHealth } from './health';
import { createKept } from './kept';
import { addSecret, openSecrets, rotate } from './secrets';

export interface WebhookParts {
  store: DocumentStore;
  sealer: Sealer;
  health: WebhookHealth;
  clock?: () => number;
}

/**
 * Milliseconds for which the list of webhooks is taken as it was read, so that events cost the store nothing. A change
 * in another process counts everywhere after this time.
 */
export const LISTED_FOR = 1_000;

/** Webhooks of an installation, at most: each of them is looked at for each event that may concern one. */
const MOST = 100;

/** Webhooks: who is told of which events. Throws `RunError`s: `not_found`, `conflict`, `invalid`. */
export function createWebhooks({ store, sealer, health, clock = Date.now }: WebhookParts) {
  const kept = createKept(createVersionStore<StoredWebhook>(store, 'webhooks'), 'webhook', MOST);
  /** the list, and when its reading began */
  let listed: { at: number; all: Promise<StoredWebhook[]> } | undefined;

  /** What a change of this process comes to; the list is read anew after it. */
  async function changing<T>(change: Promise<T>): Promise<T> {
    try {
      return await change;
    } finally {
      listed = undefined;
    }
  }

  function listOnce(): Promise<StoredWebhook[]> {
    if (listed && clock() - listed.at < LISTED_FOR) return listed.all;
    const all = kept.list();
    const reading = { at: clock(), all };
    listed = reading;
    all.catch(() => {
      if (listed === reading) listed = undefined;
    });
    return all;
  }

  return {
    read: kept.read,
    list: kept.list,

    async create(wanted: NewWebhook, by: string): Promise<{ webhook: StoredWebhook; secret: string }> {
      assertUrl(wanted.url);
      const now = Date.now();
      const { secret, secrets } = addSecret([], { sealer, secret: wanted.secret, keepMs: 0, now });
      const at = new Date(now).toISOString();
      const { id = newId('N'), url, events, workflows, description } = wanted;
      const webhook: StoredWebhook = {
        ...{ id, version: 1, url, events, workflows, description, secrets, state: 'enabled' },
        ...{ created_at: at, created_by: by, changed_at: at, changed_by: by },
      };
      await changing(kept.create(webhook));
      return { webhook, secret };
    },

    /** A new secret; the one before it counts on for a while, so that receivers can change over. */
    async rotate(id: string, wanted: NewSecret, by: string) {
      const { thing: webhook, secret } = await changing(rotate(kept, sealer, { ...wanted, id, by }));
      return { webhook, secret };
    },

    /** Tells it again, with all the patience that a new one has. */
    async enable(id: string, by: string): Promise<StoredWebhook> {
      await health.taken(id);
      return await changing(
        kept.change(id, by, ({ state }) => (state === 'enabled' ? undefined : { state: 'enabled', reason: undefined })),
      );
    },

    disable: (id: string, by: string, reason?: string) =>
      changing(kept.change(id, by, ({ state }) => (state === 'disabled' ? undefined : { state: 'disabled', reason }))),

    remove: (id: string, by: string) => changing(kept.change(id, by, () => ({ state: 'deleted', secrets: [] }))),

    /** Webhooks that are told of an event, as they were at most `LISTED_FOR` ago. */
    async listening(event: WebhookEvent): Promise<StoredWebhook[]> {
      return (await listOnce()).filter(({ state, events }) => state === 'enabled' && events.includes(event));
    },

    /** The secrets that sign a message now, the newest first. */
    secretsOf: ({ secrets }: StoredWebhook): string[] => openSecrets(secrets, sealer, Date.now()),
  };
}

export type Webhooks = ReturnType<typeof createWebhooks>;

/** Whether the address may be reached is decided at each attempt: names may come to mean another machine. */
function assertUrl(url: string): void {
  try {
    parseTarget(url);
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    throw invalid('The address cannot be told anything; see errors.', [{ pointer: '/url', detail: error.message }]);
  }
}
