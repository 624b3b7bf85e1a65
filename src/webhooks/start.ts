import type { DeliveryInput, StoredDelivery } from '../../schemas/webhooks/webhook';
import { RunError } from '../runs/errors';
import { explainFault } from '../runs/faults';
import type { RunDependencies } from '../runs/ports';
import { classifyTemporalError } from '../temporal/errors';
import { queueName, workflowIdOf } from '../temporal/ids';

/** How often a delivery is tried, and the first pause, in milliseconds. */
export type RetrySettings = DeliveryInput['retry'];

/** Starts deliveries: each is a workflow, so it is tried on whatever becomes of the processes. */
export function createDeliveryStarter({
  temporal,
  settings: { namespace },
  retry,
}: Pick<RunDependencies, 'temporal'> & { settings: { namespace: string }; retry: RetrySettings }) {
  return async function startDelivery(
    { webhook_id, delivery_id, event_type }: StoredDelivery,
    { again }: { again: boolean },
  ): Promise<'started' | 'under way'> {
    const input: DeliveryInput = { webhook_id, delivery_id, retry };
    try {
      await temporal.call((client) =>
        client.workflow.start('deliver', {
          workflowId: workflowIdOf(namespace, 'delivery', delivery_id),
          taskQueue: queueName(namespace, 'workflows'),
          args: [input],
          workflowIdReusePolicy: again ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
          workflowIdConflictPolicy: 'FAIL',
          workflowTaskTimeout: '5s',
          staticSummary: `${event_type} to webhook ${webhook_id}`,
        }),
      );
      return 'started';
    } catch (error) {
      const fault = classifyTemporalError(error);
      if (fault.fault === 'already_exists') return 'under way';
      throw await explainFault(temporal, fault, { noun: 'delivery' });
    }
  };
}

export type StartDelivery = ReturnType<typeof createDeliveryStarter>;

/** A delivery that somebody wants once more is under way already. */
export const underWay = (delivery: string): RunError =>
  new RunError('conflict', `Delivery ${delivery} is under way: it is tried until it is taken, or given up.`);
