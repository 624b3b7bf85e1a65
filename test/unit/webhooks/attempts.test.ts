import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { pino } from 'pino';
import { createWebhookActivities } from '../../../activities/webhooks/activities';
import type { Envelope } from '../../../schemas/envelope';
import type { DeliveryInput } from '../../../schemas/webhooks/webhook';
import { createSealer } from '../../../src/access/seal';
import { openFilesystemStore } from '../../../src/documents/filesystem';
import { parseEgressAllow } from '../../../src/egress/allow';
import { createConnector } from '../../../src/egress/connector';
import { createDeliveries, deliveryOf } from '../../../src/webhooks/deliveries';
import { createWebhookHealth } from '../../../src/webhooks/health';
import { createWebhooks } from '../../../src/webhooks/webhooks';
import { startWeb } from '../../support/web';

const dir = mkdtempSync(join(tmpdir(), 'awe-webhooks-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const event: Envelope = {
  ...{ event_id: 'e-1', event_type: 'WORKFLOW.COMPLETED', schema_version: 1, source: 'awe:definition' },
  ...{ occurred_at: '2026-11-29T10:00:00.000Z', correlation_id: 'c-1', payload: { execution_id: 'X-1' } },
};

/** A webhook with a message for it, and its attempts. */
async function setup({
  url,
  disableAfterMs = 60_000,
  allow = '127.0.0.1',
}: {
  url: string;
  disableAfterMs?: number;
  allow?: string;
}) {
  const store = await openFilesystemStore({ root: mkdtempSync(join(dir, 'store-')) });
  const health = createWebhookHealth(store);
  const webhooks = createWebhooks({ store, sealer: createSealer([Buffer.alloc(32, 1)]), health });
  const deliveries = createDeliveries(store);
  const { webhook } = await webhooks.create({ url, events: ['WORKFLOW.COMPLETED'] }, 'ann');
  const delivery = deliveryOf(webhook, event);
  await deliveries.create(delivery);
  const changes: string[] = [];
  const { attemptDelivery, giveUpDelivery } = createWebhookActivities({
    ...{ webhooks, deliveries, health, disableAfterMs, log: pino({ level: 'silent' }) },
    connector: createConnector({ allow: parseEgressAllow(allow) }),
    // in a run, a workflow does this, and tells it
    async startChange({ change, by, name }) {
      if (change.what === 'webhook') await webhooks.disable(change.webhook_id, by, change.reason);
      changes.push(name ?? '');
      return '';
    },
  });
  const input: DeliveryInput = {
    ...{ webhook_id: webhook.id, delivery_id: delivery.delivery_id, retry: { attempts: 3, initialMs: 1 } },
  };
  return {
    webhooks,
    changes,
    id: webhook.id,
    attempt: () => new MockActivityEnvironment().run(attemptDelivery, input),
    giveUp: () => new MockActivityEnvironment().run(giveUpDelivery, input),
    delivery: () => deliveries.read(webhook.id, delivery.delivery_id),
  };
}

it('an attempt is noted, whatever comes of it, and the next has the same id and body', async () => {
  const answers = [503, 302, 204];
  const web = await startWeb((_, response) => response.writeHead(answers.shift() ?? 500, { 'retry-after': '7' }).end());
  const { attempt, delivery } = await setup({ url: web.url });
  await expect(attempt()).rejects.toMatchObject({
    type: 'webhook.not_taken',
    nonRetryable: false,
    nextRetryDelay: 7_000,
  });
  await expect(attempt()).rejects.toThrow('answered 302');
  expect((await delivery()).status).toBe('pending');
  expect(await attempt()).toEqual({ status: 204 });
  expect(await delivery()).toMatchObject({
    ...{ status: 'delivered', attempt_count: 3, ended_at: expect.any(String) },
    attempts: [{ status: 503, error: 'answered 503' }, { status: 302 }, { status: 204 }],
  });
  const ids = web.requests.map(({ headers }) => headers['webhook-id']);
  expect(new Set(ids).size).toBe(1);
  expect(new Set(web.requests.map(({ body }) => body)).size).toBe(1);
});

it('an address that is not allowed is not asked, and not tried again', async () => {
  const web = await startWeb((_, response) => response.end());
  const { attempt, giveUp, delivery } = await setup({ url: web.url, allow: '' });
  await expect(attempt()).rejects.toMatchObject({ nonRetryable: true });
  await giveUp();
  expect(await delivery()).toMatchObject({
    status: 'failed',
    attempts: [{ error: expect.stringMatching(/^refused: .*EGRESS_ALLOW/) }],
  });
  expect(web.requests).toEqual([]);
});

it('a target that is gone, or that takes nothing for long, is disabled until somebody enables it', async () => {
  const web = await startWeb((_, response) => response.writeHead(410).end());
  const gone = await setup({ url: web.url });
  await expect(gone.attempt()).rejects.toMatchObject({ nonRetryable: true });
  expect(await gone.webhooks.read(gone.id)).toMatchObject({
    state: 'disabled',
    reason: expect.stringContaining('410'),
  });
  expect(gone.changes).toEqual(['after version 1']);
  expect(await gone.webhooks.listening('WORKFLOW.COMPLETED')).toEqual([]);
  await expect(gone.attempt()).rejects.toMatchObject({ type: 'webhook.disabled', nonRetryable: true });
  expect(web.requests).toHaveLength(1);
  expect(await gone.webhooks.enable(gone.id, 'ann')).toMatchObject({ state: 'enabled' });
  expect((await gone.webhooks.read(gone.id)).reason).toBeUndefined();

  const broken = await startWeb((_, response) => response.writeHead(500).end());
  const away = await setup({ url: broken.url, disableAfterMs: 0 });
  await expect(away.attempt()).rejects.toMatchObject({ nonRetryable: false });
  expect(await away.webhooks.read(away.id)).toMatchObject({ state: 'disabled', changed_by: 'platform' });
});

it('the log keeps the newest messages alone', async () => {
  const store = await openFilesystemStore({ root: mkdtempSync(join(dir, 'store-')) });
  const deliveries = createDeliveries(store);
  const webhook = { id: 'w', created_at: event.occurred_at } as Parameters<typeof deliveryOf>[0];
  const at = (n: number) => new Date(Date.parse(event.occurred_at) + n).toISOString();
  const all = Array.from({ length: 503 }, (_, n) =>
    deliveryOf(webhook, { ...event, event_id: `e-${n}`, occurred_at: at(n) }),
  );
  for (const [n, delivery] of all.entries())
    await deliveries.create({ ...delivery, status: n === 0 ? 'pending' : 'failed' });
  const last = all.at(-1)!;
  await deliveries.note(last, { at: at(0), milliseconds: 1, status: 200 }, 'delivered');
  const { page, next } = await deliveries.list('w', undefined, 2);
  expect(page.map(({ event_id }) => event_id)).toEqual(['e-502', 'e-501']);
  expect((await deliveries.list('w', next, 1)).page[0]?.event_id).toBe('e-500');
  // the oldest that have ended are gone, one under way stays
  expect(await deliveries.find('w', all[0]!.delivery_id)).toBeDefined();
  expect(await deliveries.find('w', all[2]!.delivery_id)).toBeUndefined();
  expect(await deliveries.find('w', all[3]!.delivery_id)).toBeDefined();
});
