/** Scenarios with a committed history: messages to webhooks. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Envelope } from '../../schemas/envelope';
import { openSealer } from '../../src/access/seal';
import { openFilesystemStore } from '../../src/documents/filesystem';
import { queueName } from '../../src/temporal/ids';
import { createDeliveries, deliveryOf } from '../../src/webhooks/deliveries';
import { createWebhookHealth } from '../../src/webhooks/health';
import { createWebhooks } from '../../src/webhooks/webhooks';
import type { Scenario } from './scenarios';

const event: Envelope = {
  ...{ event_id: 'e-1', event_type: 'WORKFLOW.COMPLETED', schema_version: 1, source: 'awe.definition' },
  ...{ occurred_at: '2026-01-05T08:00:00.000Z', correlation_id: 'c-1', payload: { execution_id: 'X-1' } },
};

/** A message to a server that answers in turn as given; without an answer, to an address that is not allowed. */
const delivery =
  (id: string, ...answers: number[]): Scenario =>
  async ({ stack: { client, config } }) => {
    const server = createServer((_, response) => response.writeHead(answers.shift() ?? 500).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const url = answers.length === 0 ? 'http://10.1.2.3/' : `http://127.0.0.1:${port}/`;
    const store = await openFilesystemStore({ root: config.store.dir });
    const parts = { store, sealer: await openSealer(config), health: createWebhookHealth(store) };
    const { webhook } = await createWebhooks(parts).create({ id, url, events: ['WORKFLOW.COMPLETED'] }, 'ann');
    const message = deliveryOf(webhook, event);
    await createDeliveries(store).create(message);
    const handle = await client.workflow.start('deliver', {
      workflowId: `${config.namespace}.delivery.${id}`,
      taskQueue: queueName(config.namespace, 'workflows'),
      workflowTaskTimeout: '5s',
      args: [{ webhook_id: id, delivery_id: message.delivery_id, retry: { attempts: 3, initialMs: 50 } }],
    });
    await handle.result();
    server.close();
    return handle;
  };

export const webhookScenarios: { [name: string]: Scenario } = {
  'deliver.delivered': delivery('delivered', 204),
  'deliver.tried-again': delivery('tried-again', 503, 204),
  'deliver.given-up': delivery('given-up', 500, 500, 500),
  'deliver.refused': delivery('refused'),
};
