import { webhookEvents, type WebhookEvent } from '../../schemas/webhooks/webhook';
import type { Envelope } from '../../schemas/envelope';
import { parseForeignEvent } from '../../src/contracts/foreign';
import type { EventValidator } from '../../src/contracts/validators';
import type { OwnEvents } from '../../src/runs/own-events';
import type { EntryHandler } from '../../src/streams/consumer';
import { deliveryOf, type Deliveries } from '../../src/webhooks/deliveries';
import type { StartDelivery } from '../../src/webhooks/start';
import type { Webhooks } from '../../src/webhooks/webhooks';

export interface TellParts {
  webhooks: Pick<Webhooks, 'listening'>;
  deliveries: Pick<Deliveries, 'create' | 'find'>;
  startDelivery: StartDelivery;
  validator: EventValidator;
  isOwn: OwnEvents;
  /** the workflow definition whose execution has said an event; undefined where that is none */
  definitionOf(event: Envelope): Promise<string | undefined>;
}

/** Events that are older are not told: streams that were lost are filled again with all that there was. */
const OLDEST_MS = 3 * 86_400_000;

/**
 * Has webhooks told of what the platform says. A delivery is kept first and then started, both once for each event and
 * webhook, so an entry that comes again changes nothing.
 */
export function tellWebhooks(parts: TellParts): EntryHandler {
  const { webhooks, deliveries, startDelivery, validator, isOwn, definitionOf } = parts;

  async function tell(event: Envelope): Promise<void> {
    const listening = await webhooks.listening(event.event_type as WebhookEvent);
    const since = listening.filter(({ created_at }) => created_at <= event.occurred_at);
    if (since.length === 0 || !(await isOwn(event))) return;
    const limited = since.some(({ workflows }) => workflows !== undefined);
    const definition = limited ? await definitionOf(event) : undefined;
    for (const webhook of since) {
      const { workflows } = webhook;
      if (workflows && !(definition !== undefined && workflows.includes(definition))) continue;
      const delivery = deliveryOf(webhook, event);
      if ((await deliveries.create(delivery)) === 'exists') {
        const there = await deliveries.find(webhook.id, delivery.delivery_id);
        if (there && there.status !== 'pending') continue;
      }
      await startDelivery(delivery, { again: false });
    }
  }

  return async ({ raw, id }) => {
    if (!raw || !webhookEvents.some((type) => raw.includes(type))) return;
    const checked = parseForeignEvent(raw, id, validator);
    if (!checked.ok) return;
    const { value: event } = checked;
    const types: readonly string[] = webhookEvents;
    if (!types.includes(event.event_type) || Date.now() - Date.parse(event.occurred_at) > OLDEST_MS) return;
    await tell(event);
  };
}
