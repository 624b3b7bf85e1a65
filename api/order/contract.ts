import { Identifier } from '../../schemas/json';
import {
  NewOrder,
  OrderAccepted,
  OrderDecided,
  OrderDetail,
  OrderHistory,
  OrderRejection,
  OrderRereading,
  Orders,
  OrderUpload,
  OrderValidation,
  PendingOrders,
} from '../../schemas/order/api';
import { OrderCorrectionsMade } from '../../schemas/order/corrections';
import { acceptLanguage, define, everybody, idempotencyKey, listOf, page } from '../contract';
import { eventStream } from '../live/contract';

const order = { order_id: Identifier };
const ifMatch = { 'If-Match': 'the ETag of the order that you were shown; 412 when it has moved on' };

const decision = {
  method: 'post' as const,
  tag: 'orders',
  roles: ['approver'] as const,
  params: order,
  headers: { ...idempotencyKey, ...ifMatch },
  problems: [403, 404, 409, 412, 413, 415, 422, 428],
};

/** The addresses of orders. */
export const orderContracts = define({
  submitOrder: {
    method: 'post',
    path: '/orders/inbox',
    tag: 'orders',
    summary: 'Hand in an order, as it came by e-mail',
    description:
      'A form with the letter’s fields and its spreadsheets in the field `files`; or JSON with both. The files are looked through before ' +
      'the order is accepted: one that no order can be read out of refuses the whole, with its reason. A mail (.eml, ' +
      '.msg) among the files gives the sender and the subject where the form does not, and its spreadsheets become ' +
      'files of the order.',
    roles: ['requester', 'approver', 'operator', 'admin'],
    headers: idempotencyKey,
    body: {
      json: NewOrder,
      form: OrderUpload,
      example: {
        ...{ from_email: 'user@example.com', subject: 'New order', delivery_address: '123 Example St' },
        files: [{ name: 'order.csv', text: 'Reference;Quantity\nA-1;2\n' }],
      },
    },
    answers: [{ status: 202, description: 'accepted and durable', schema: OrderAccepted }],
    problems: [413, 415, 422],
  },
  listOrders: {
    method: 'get',
    path: '/orders',
    tag: 'orders',
    summary: 'Orders, newest first',
    roles: everybody,
    query: listOf('order'),
    answers: [{ status: 200, description: 'a page', schema: Orders }],
    problems: [422],
  },
  listPendingOrders: {
    method: 'get',
    path: '/orders/pending-validation',
    tag: 'orders',
    summary: 'Orders that wait for a person: blocking faults first, then by delivery date, then the oldest',
    roles: everybody,
    query: page(50, 20),
    answers: [{ status: 200, description: 'a page', schema: PendingOrders }],
  },
  getOrder: {
    method: 'get',
    path: '/orders/{order_id}',
    tag: 'orders',
    summary: 'An order: its draft with the evidence, what is odd in it, and what was decided',
    description:
      'Of the draft’s lines and of its anomalies a page each; `next_cursor` is there while either goes on. The totals ' +
      'are those of the whole, and `covers` names the lines of the page.',
    shows: 'order',
    roles: everybody,
    params: order,
    query: page(1_000, 1_000),
    answers: [{ status: 200, description: 'the order', schema: OrderDetail }],
    problems: [404],
  },
  getOrderHistory: {
    method: 'get',
    path: '/orders/{order_id}/history',
    tag: 'orders',
    summary: 'Who did what, when',
    roles: everybody,
    params: order,
    headers: acceptLanguage,
    query: page(1_000, 500),
    answers: [{ status: 200, description: 'a page, from the order’s own events', schema: OrderHistory }],
    problems: [404],
  },
  getOrderCorrections: {
    method: 'get',
    path: '/orders/{order_id}/corrections',
    tag: 'orders',
    summary: 'What was read, and what it was corrected to: by whom, when and why',
    description: 'The corrections that came with an approval are among them.',
    roles: everybody,
    params: order,
    query: page(100, 20),
    answers: [{ status: 200, description: 'a page', schema: OrderCorrectionsMade }],
    problems: [404],
  },
  getOrderEvents: {
    method: 'get',
    path: '/orders/{order_id}/events',
    tag: 'orders',
    summary: 'The events of an order, past and present',
    description: 'Server-Sent Events, as of `/runs/{workflow_id}/events`.',
    roles: everybody,
    params: order,
    query: eventStream.query,
    headers: { 'Last-Event-ID': 'the last `seq` you have' },
    answers: [
      { status: 200, description: 'a stream', media: 'text/event-stream' },
      { status: 204, description: 'all is said' },
    ],
    problems: [404],
  },
  validateOrder: {
    ...decision,
    path: '/orders/{order_id}/validate',
    summary: 'Correct an order and approve it',
    description:
      'Corrections are put in, the order is checked again, and approved if nothing blocking is left; warnings are ' +
      'approved with it. What leaves something blocking answers 422 with the faults: the corrections are kept, the ' +
      'order stays pending. `{}` corrects nothing.',
    body: { json: OrderValidation, example: { comment: 'as agreed by telephone' } },
    answers: [{ status: 200, description: 'approved', schema: OrderDecided }],
  },
  correctOrder: {
    ...decision,
    path: '/orders/{order_id}/correct',
    summary: 'Correct an order and leave the approval to somebody else',
    body: {
      json: OrderValidation,
      example: { delivery: { date: '2027-01-15' }, lines: [{ line_id: 'L2', quantity: '6' }] },
    },
    answers: [{ status: 200, description: 'corrected', schema: OrderDecided }],
  },
  readOrderAgain: {
    ...decision,
    path: '/orders/{order_id}/read-again',
    summary: 'Read the files of an order again, while it waits for a person',
    description:
      'For files that a fault of ours has refused, or that a newer release reads better. The same files make a new ' +
      'version; corrections made before are kept where they still fit, and an anomaly `correction.lost` names each ' +
      'that is lost.',
    body: { json: OrderRereading, example: { comment: 'the reader was out of memory' } },
    answers: [{ status: 202, description: 'taken; the order is being read', schema: OrderDecided }],
  },
  splitOrder: {
    ...decision,
    path: '/orders/{order_id}/split',
    summary: 'Make an order of each that the files of this one hold',
    description:
      'For an order with the anomaly `orders.several`. Each becomes an order of its own, bound to the same e-mail and ' +
      'files, named `<order_id>-1` and so on, and waits for a person; this one ends as `split`.',
    body: { json: OrderRereading, example: { comment: 'two shops in one file' } },
    answers: [{ status: 202, description: 'taken; the orders are being made', schema: OrderDecided }],
  },
  rejectOrder: {
    ...decision,
    path: '/orders/{order_id}/reject',
    summary: 'Reject an order; nothing is exported',
    body: { json: OrderRejection, example: { reason: 'The customer has withdrawn it.' } },
    answers: [{ status: 200, description: 'rejected', schema: OrderDecided }],
  },
});
