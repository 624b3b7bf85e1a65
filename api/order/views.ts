import type { PlatformEvent } from '../../schemas/envelope';
import type { Order } from '../../schemas/order/order';
import type { OrderDecided, OrderDetail, OrderHistory, OrderListed, PendingOrder } from '../../schemas/order/api';
import type { LedgerHead } from '../../schemas/ledger';
import { blockingFirst } from '../../src/reading/keep';
import type { ListedOrder, Made, OrderNow } from '../../src/runs';
import { counted } from '../../src/words';
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

/** The events of an order that people read, in words. */
export function historyOf(orderId: string, events: PlatformEvent[]): OrderHistory {
  return {
    order_id: orderId,
    history: events.flatMap(({ seq, occurred_at, event_type, payload }) => {
      const told = words[event_type]?.(payload);
      if (told === undefined) return [];
      const { by, requested_by, ledger } = payload as Payload;
      return [{ seq, at: occurred_at, event: event_type, by: by ?? requested_by ?? 'awe', what: told, ledger }];
    }),
  };
}

/** Fields that events of orders may hold. */
interface Payload {
  into?: string[];
  by?: string;
  requested_by?: string;
  ledger?: LedgerHead;
  from_email?: string;
  subject?: string;
  files?: unknown[];
  lines?: number;
  blocking?: number;
  warnings?: number;
  version?: number;
  corrections?: { kept: number; lost: number };
  level?: string;
  reason?: string;
  comment?: string;
  channel?: string;
  exports?: { path: string }[];
  error?: { type: string; message: string };
}

const outcomeOf = ({ lines = 0, blocking = 0, warnings = 0 }: Payload) =>
  `${counted(lines, 'line')}, ${blocking} blocking, ${counted(warnings, 'warning')}`;
const said = ({ comment, channel }: Payload) => `${comment ? `: ${comment}` : ''} (by ${channel ?? 'api'})`;

const words: { [type: string]: (payload: Payload) => string } = {
  'ORDER.RECEIVED': ({ from_email, subject, files = [] }) =>
    `received from ${from_email}: ${subject}, ${counted(files.length, 'file')}`,
  'ORDER.PARSED': ({ lines = 0, version, corrections }) =>
    `read: ${counted(lines, 'line')}${corrections ? `, version ${version}; of the corrections made before, ${corrections.kept} kept, ${corrections.lost} lost` : ''}`,
  'ORDER.SPLIT': (payload) => `split into ${(payload.into ?? []).join(', ')}${said(payload)}`,
  'ORDER.READ_AGAIN': (payload) => `read again${said(payload)}`,
  'ORDER.VALIDATION_REQUIRED': (payload) => `waits for a person: ${outcomeOf(payload)}`,
  'ORDER.VALIDATION_OVERDUE': ({ level }) => `nobody has decided yet: ${level}`,
  'ORDER.CORRECTED': (payload) => `corrected to version ${payload.version}: ${outcomeOf(payload)}${said(payload)}`,
  'ORDER.APPROVED': (payload) => `approved${said(payload)}`,
  'ORDER.REJECTED': ({ reason, ...payload }) => `rejected: ${reason}${said({ ...payload, comment: undefined })}`,
  'ORDER.EXPIRED': () => 'expired: nobody has decided in time',
  'ORDER.EXPORT_READY': ({ exports = [] }) => `exported: ${exports.map(({ path }) => path).join(', ')}`,
  'ORDER.FAILED': ({ error }) => `failed: ${error?.message}`,
  'DECISION.REFUSED': ({ reason }) => `a decision was refused: ${reason}`,
  'RUN.PAUSED': () => 'paused',
  'RUN.RESUMED': () => 'resumed',
};
