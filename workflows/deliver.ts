import { ActivityFailure } from '@temporalio/workflow';
import type { DeliveryInput } from '../schemas/webhooks/webhook';
import { Work } from './engine/work';

/** Delivers a message to a webhook: tried with growing pauses until it is taken, then given up. */
export async function deliver(input: DeliveryInput): Promise<'delivered' | 'failed'> {
  const work = new Work();
  try {
    await work.deliver(input, `to webhook ${input.webhook_id}`);
    return 'delivered';
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    await work.io('giveUpDelivery', input, 'note that it is given up');
    return 'failed';
  }
}
