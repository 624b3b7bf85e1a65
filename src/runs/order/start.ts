import { randomBytes, randomUUID } from 'node:crypto';
import { TypedSearchAttributes } from '@temporalio/common';
import type { OrderFile, OrderInput } from '../../../schemas/order/run';
import { classifyTemporalError } from '../../temporal/errors';
import { orderWorkflowId, queueName } from '../../temporal/ids';
import { searchAttributes } from '../../temporal/search-attributes';
import { RunError } from '../errors';
import { explainFault } from '../faults';
import type { RunDependencies } from '../ports';

/** An order as it came in. Its files lie in the document store already. */
export interface OrderRequest {
  /** names it for good; the same name starts one order, however often */
  order_id: string;
  from_email: string;
  subject: string;
  language: 'en' | 'fr';
  delivery: { address?: string; date?: string };
  files: OrderFile[];
  requested_by: string;
}

export interface OrderStarted {
  order_id: string;
  correlation_id: string;
  workflow_id: string;
}

/** A new order id: the day, and enough chance that two never meet. */
export const newOrderId = (now: Date = new Date()): string =>
  `O-${now.toISOString().slice(0, 10).replaceAll('-', '')}-${randomBytes(5).toString('hex')}`;

/**
 * Starts an order, once for its id. Throws `unavailable` while Temporal is away: nothing is lost by trying again with
 * the same id.
 */
export function createOrderStarter({ temporal, settings }: RunDependencies) {
  return async function startOrder(request: OrderRequest): Promise<OrderStarted> {
    const { order_id } = request;
    const { namespace, orders, approvalSignals } = settings;
    const workflowId = orderWorkflowId(namespace, order_id);
    const input: OrderInput = {
      ...request,
      correlation_id: randomUUID(),
      received_at: new Date().toISOString(),
      options: {
        remind_after: orders.remindAfterMs,
        escalate_after: orders.escalateAfterMs,
        expire_after: orders.expireAfterMs,
        approval_signals: approvalSignals,
        four_eyes: orders.fourEyes,
        csv: orders.csv,
      },
    };
    const { correlation_id, from_email, subject, received_at, requested_by } = input;
    const started = { order_id, correlation_id, workflow_id: workflowId };
    try {
      await temporal.call((client) =>
        client.workflow.start('order', {
          workflowId,
          taskQueue: queueName(namespace, 'workflows'),
          args: [input],
          memo: { letter: { from_email, subject: subject.slice(0, 200), received_at, requested_by }, correlation_id },
          typedSearchAttributes: new TypedSearchAttributes([
            { key: searchAttributes.kind, value: 'order' },
            { key: searchAttributes.status, value: 'running' },
            { key: searchAttributes.subject, value: order_id },
          ]),
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          workflowIdConflictPolicy: 'FAIL',
          workflowTaskTimeout: '5s',
          staticSummary: `order ${order_id}`,
        }),
      );
      return started;
    } catch (error) {
      const fault = classifyTemporalError(error);
      if (fault.fault === 'already_exists') return { ...started, correlation_id: await correlationOf(workflowId) };
      const { fault: kind, message, more } = await explainFault(temporal, fault);
      throw new RunError(kind, message, { ...more, facts: { ...more.facts, order_id } });
    }
  };

  async function correlationOf(workflowId: string): Promise<string> {
    try {
      const { memo } = await temporal.call((client) => client.workflow.getHandle(workflowId).describe());
      return ((memo ?? {}) as { correlation_id?: string }).correlation_id ?? '';
    } catch (error) {
      throw await explainFault(temporal, error);
    }
  }
}
