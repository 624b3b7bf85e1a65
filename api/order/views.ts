import type { Order } from '../../schemas/order/order';
import type { OrderDecided, OrderDetail, OrderListed, PendingOrder } from '../../schemas/order/api';
import { blockingFirst } from '../../src/reading/keep';
import type { ListedOrder, Made, OrderNow } from '../../src/runs';
import { artifactOf } from '../artifacts/views';
import { addressOf, temporalLink, type UiUrl } from '../links';
import { runLinks } from '../runs/views';
import { orderContracts } from './contract';
import { sheetContracts } from './sheets-contract';

/** Pure mappers from orders' own views to answers of the API. */

/** Parts of a draft that a list shows; the order itself shows all. */
const SHOWN = 100;

/** Links from an order onwards. */
export function orderLinks(orderId: string, workflowId: string, uiUrl: UiUrl): Record<string, string> {
  const params = { order_id: orderId };
  return {
    self: addressOf(orderContracts.getOrder, params),
    history: addressOf(orderContracts.getOrderHistory, params),
    events: addressOf(orderContracts.getOrderEvents, params),
    corrections: addressOf(orderContracts.getOrderCorrections, params),
    files: addressOf(sheetContracts.listOrderFiles, params),
    validate: addressOf(orderContracts.validateOrder, params),
    correct: addressOf(orderContracts.correctOrder, params),
    split: addressOf(orderContracts.splitOrder, params),
    read_again: addressOf(orderContracts.readOrderAgain, params),
    reject: addressOf(orderContracts.rejectOrder, params),
    run: runLinks(workflowId).run,
    ...temporalLink(workflowId, uiUrl),
  };
}

export function listedOf(listed: ListedOrder, uiUrl: UiUrl): OrderListed {
  const { order_id, status, from_email, subject, received_at, workflow_id, summary } = listed;
  return {
    order_id,
    status,
    from_email,
    subject,
    received_at,
    lines: summary?.lines,
    blocking: summary?.blocking,
    warnings: summary?.warnings,
    amount: summary?.amount,
    currency: summary?.currency,
    delivery_date: summary?.delivery_date,
    links: orderLinks(order_id, workflow_id, uiUrl),
  };
}

export function pendingOf(listed: ListedOrder, order: Order, uiUrl: UiUrl): PendingOrder {
  const anomalies = [...order.anomalies].sort(blockingFirst).slice(0, SHOWN);
  return {
    ...listedOf(listed, uiUrl),
    anomalies,
    draft: { ...order, lines: order.lines.slice(0, SHOWN), anomalies },
  };
}

export function orderOf(
  { run, view, question }: OrderNow,
  draft: Order | undefined,
  uiUrl: UiUrl,
): Omit<OrderDetail, 'next_cursor' | 'fixes'> {
  const {
    order_id,
    status,
    from_email,
    subject,
    requested_by,
    received_at,
    exports = [],
    ledger,
    split_from,
    split_into,
  } = view;
  return {
    order_id,
    status,
    from_email,
    subject,
    requested_by,
    received_at,
    workflow_id: run.workflow_id,
    correlation_id: run.correlation_id,
    ended_at: run.ended_at,
    error: run.error,
    outcome: run.outcome,
    blocking: view.draft?.blocking,
    warnings: view.draft?.warnings,
    draft,
    question,
    decisions: run.approvals.flatMap(({ decision }) => (decision ? [decision] : [])),
    exports: exports.map(artifactOf),
    ledger,
    split_from,
    split_into,
    links: orderLinks(order_id, run.workflow_id, uiUrl),
  };
}

export function decidedOf(
  { run, view }: OrderNow,
  outcome: OrderDecided['outcome'],
  { repeated, decision, version }: Made,
  uiUrl: UiUrl,
): OrderDecided {
  return {
    order_id: view.order_id,
    outcome,
    repeated,
    decision,
    version,
    links: orderLinks(view.order_id, run.workflow_id, uiUrl),
  };
}
