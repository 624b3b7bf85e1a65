/** Scenarios with a committed history: changes to what is kept outside of runs. */
import { openSealer } from '../../src/access/seal';
import { openFilesystemStore } from '../../src/documents/filesystem';
import { queueName } from '../../src/temporal/ids';
import { createWebhookHealth } from '../../src/webhooks/health';
import { createWebhooks } from '../../src/webhooks/webhooks';
import type { Change } from '../../schemas/change/run';
import type { Scenario } from './scenarios';

const made =
  (name: string, change: Change): Scenario =>
  async ({ stack: { client, config } }) => {
    const store = await openFilesystemStore({ root: config.store.dir });
    const webhooks = createWebhooks({ store, sealer: await openSealer(config), health: createWebhookHealth(store) });
    const url = 'https://hooks.example.com/';
    if (change.what === 'webhook')
      await webhooks.create({ id: change.webhook_id, url, events: ['WORKFLOW.COMPLETED'] }, 'ann');
    const handle = await client.workflow.start('change', {
      workflowId: `${config.namespace}.change.${name}`,
      taskQueue: queueName(config.namespace, 'workflows'),
      workflowTaskTimeout: '5s',
      args: [{ change, by: 'ann', correlation_id: `c-${name}` }],
    });
    await handle.result();
    return handle;
  };

export const changeScenarios: { [name: string]: Scenario } = {
  'change.webhook-disabled': made('disabled', {
    ...{ what: 'webhook', webhook_id: 'disabled', state: 'disabled' },
    reason: 'its target says that it is gone (410)',
  }),
  'change.webhook-enabled': made('enabled', { what: 'webhook', webhook_id: 'enabled', state: 'enabled' }),
  'change.memory-of-workflow': made('workflow', { what: 'memory', workflow: 'leads' }),
  'change.memory-of-namespace': made('namespace', { what: 'memory', namespace: 'notes' }),
};
