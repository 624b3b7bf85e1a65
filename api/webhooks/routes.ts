import { setTimeout as sleep } from 'node:timers/promises';
import type { NewSecret, NewWebhook, Webhook } from '../../schemas/webhooks/api';
import type { Delivery, StoredDelivery, StoredWebhook } from '../../schemas/webhooks/webhook';
import { decodeCursor, encodeCursor } from '../../src/runs/cursor';
import type { DefinitionStore } from '../../src/documents/definitions';
import type { Runs } from '../../src/runs';
import { invalid, RunError } from '../../src/runs/errors';
import type { Deliveries } from '../../src/webhooks/deliveries';
import { shownSecrets } from '../../src/webhooks/secrets';
import { underWay, type StartDelivery } from '../../src/webhooks/start';
import { LISTED_FOR, type Webhooks } from '../../src/webhooks/webhooks';
import { addressOf } from '../links';
import type { Call, Handlers } from '../part';
import { webhookContracts } from './contract';

export interface WebhookDependencies {
  webhooks: Webhooks;
  deliveries: Deliveries;
  startDelivery: StartDelivery;
  definitions: Pick<DefinitionStore, 'readLatest'>;
  runs: Pick<Runs, 'makeChange'>;
}

export function webhookRoutes(deps: WebhookDependencies): Handlers<typeof webhookContracts> {
  const { webhooks, deliveries, startDelivery, definitions, runs } = deps;
  const idOf = ({ params }: Call) => params.id ?? '';

  /** A webhook is limited to workflows that there are: a slip of the pen would be told of nothing, for ever. */
  async function assertWorkflows({ workflows = [] }: NewWebhook): Promise<void> {
    const found = await Promise.all(workflows.map(async (id) => (await definitions.readLatest(id))?.content));
    const errors = workflows.flatMap((id, index) =>
      found[index] ? [] : [{ pointer: `/workflows/${index}`, detail: `there is no workflow ${id}` }],
    );
    if (errors.length > 0) throw invalid('The webhook cannot be limited so; see errors.', errors);
  }

  /** A delivery of a webhook that is there. */
  async function deliveryOf(call: Call): Promise<{ webhook: StoredWebhook; delivery: StoredDelivery }> {
    const webhook = await webhooks.read(idOf(call));
    return { webhook, delivery: await deliveries.read(webhook.id, call.params.delivery_id ?? '') };
  }

  return {
    async createWebhook({ body, principal }) {
      const wanted = body as NewWebhook;
      await assertWorkflows(wanted);
      const { webhook, secret } = await webhooks.create(wanted, principal.name);
      // whoever tells webhooks has read the list before: from this answer on it knows of this one
      await sleep(LISTED_FOR);
      const view = shown(webhook);
      return { status: 201, body: { ...view, secret }, headers: { Location: view.links.self ?? '/' } };
    },
    async listWebhooks() {
      return { body: { webhooks: (await webhooks.list()).map(shown) } };
    },
    async getWebhook(call) {
      return { body: shown(await webhooks.read(idOf(call))) };
    },
    async deleteWebhook(call) {
      await webhooks.remove(idOf(call), call.principal.name);
      call.res.status(204).end();
      return undefined;
    },
    async rotateWebhook(call) {
      const { webhook, secret } = await webhooks.rotate(idOf(call), call.body as NewSecret, call.principal.name);
      return { body: { ...shown(webhook), secret } };
    },
    async switchWebhook(call) {
      const state = call.params.state === 'enable' ? 'enabled' : 'disabled';
      const before = await webhooks.read(idOf(call));
      if (before.state === state) return { body: shown(before) };
      const change = { what: 'webhook', webhook_id: before.id, state } as const;
      const { made } = await runs.makeChange({ change, by: call.principal.name });
      if (!made)
        throw new RunError('no_worker', `Nobody has ${state} it yet. It will be done: read it again.`, {
          retryAfter: 5,
        });
      if (state === 'enabled') await sleep(LISTED_FOR);
      return { body: shown(await webhooks.read(before.id)) };
    },
    async listDeliveries(call) {
      const { id } = await webhooks.read(idOf(call));
      const { cursor, limit } = call.query;
      const after = cursor === undefined ? undefined : decodeCursor(String(cursor), isText);
      const { page, next } = await deliveries.list(id, after, Number(limit ?? 50));
      return {
        body: { deliveries: page.map(headOf), next_cursor: next === undefined ? undefined : encodeCursor(next) },
      };
    },
    async getDelivery(call) {
      return { body: (await deliveryOf(call)).delivery };
    },
    async redeliver(call) {
      const { webhook, delivery } = await deliveryOf(call);
      if (webhook.state !== 'enabled')
        throw new RunError('conflict', `Webhook ${webhook.id} is disabled: enable it first.`);
      if ((await startDelivery(delivery, { again: true })) === 'under way') throw underWay(delivery.delivery_id);
      return { status: 202, body: delivery };
    },
  };
}

const isText = (value: unknown): value is string => typeof value === 'string';

const headOf = ({ body: _, ...head }: StoredDelivery): Delivery => head;

function shown({
  id,
  url,
  events,
  workflows,
  description,
  state,
  reason,
  secrets,
  created_at,
  created_by,
}: StoredWebhook): Webhook {
  const self = addressOf(webhookContracts.getWebhook, { id });
  return {
    ...{ id, url, events, workflows, description, state: state === 'enabled' ? 'enabled' : 'disabled', reason },
    ...{ secrets: shownSecrets(secrets, Date.now()), created_at, created_by },
    links: { self, deliveries: addressOf(webhookContracts.listDeliveries, { id }) },
  };
}
