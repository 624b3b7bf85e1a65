import { randomUUID } from 'node:crypto';
import type { OrderFile, OrderInput, OrderSummary } from '../../../schemas/order/run';
import { workflowIdOf } from '../../temporal/ids';
import { withFacts } from '../errors';
import { newId } from '../new-id';
import type { RunDependencies } from '../ports';
import { createRunStarter, readMemo, type RunStart } from '../start-run';

/** An order as it came in. Its files are in the document store already. */
export interface OrderRequest {
  /** names it for good: the same name starts one order, however often it is sent */
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

export const newOrderId = (): string => newId('O');

/**
 * Starts an order, once per id. Throws `unavailable` while Temporal is away: nothing is lost by trying again with
 * the same id.
 */
export function createOrderStarter(dependencies: RunDependencies) {
  const { temporal, settings } = dependencies;
  const startRun = createRunStarter(dependencies);
  return async function startOrder(request: OrderRequest): Promise<OrderStarted> {
    const { order_id } = request;
    const { namespace, orders, approvalSignals } = settings;
    const workflowId = workflowIdOf(namespace, 'order', order_id);
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
    const { correlation_id } = input;
    const started = { order_id, correlation_id, workflow_id: workflowId };
    return await withFacts({ order_id }, async () => {
      const answer = await startRun(runOf(input));
      if (answer === 'started') return started;
      const there = await readMemo<{ correlation_id: string }>(temporal, workflowId);
      return { ...started, correlation_id: there.correlation_id ?? '' };
    });
  };
}

/** Starts orders that were split from another: with its letter, files, settings and correlation. */
export function createPartStarter(dependencies: Pick<RunDependencies, 'temporal' | 'settings'>) {
  const startRun = createRunStarter(dependencies);
  return async function startPart(whole: OrderInput, order_id: string, draft: OrderSummary): Promise<void> {
    await startRun(runOf({ ...whole, order_id, split: { from: whole.order_id, draft } }));
  };
}

function runOf(input: OrderInput): RunStart {
  const { order_id, correlation_id, from_email, subject, received_at, requested_by } = input;
  return {
    process: 'order',
    name: order_id,
    subject: order_id,
    input,
    memo: { letter: { from_email, subject: subject.slice(0, 200), received_at, requested_by }, correlation_id },
    summary: `order ${order_id}`,
  };
}
