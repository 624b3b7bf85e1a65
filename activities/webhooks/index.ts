import { createConnector } from '../../src/egress/connector';
import { createChangeStarter } from '../../src/runs/change/make';
import { runSettings } from '../../src/runs/settings';
import { createDeliveries } from '../../src/webhooks/deliveries';
import { createWebhookHealth } from '../../src/webhooks/health';
import { createWebhooks } from '../../src/webhooks/webhooks';
import type { Process } from '../process';
import { createWebhookActivities } from './activities';

/** Deliveries to webhooks. */
export const webhooks = {
  activities({ config, log, store, sealer, temporal }) {
    const health = createWebhookHealth(store);
    return createWebhookActivities({
      webhooks: createWebhooks({ store, sealer, health }),
      deliveries: createDeliveries(store),
      health,
      connector: createConnector(config.egress),
      startChange: createChangeStarter({ temporal, settings: runSettings(config) }),
      disableAfterMs: config.webhooks.disableAfterMs,
      log,
    });
  },
  tools: () => [],
  judges: {},
  prompts: [],
} satisfies Process;
