import { Type, type Static } from 'typebox';
import { Approval, ArtifactLink, Counts, Cursor, DecisionMade, Links, Outcome, retrying } from '../api';
import { Failure } from '../events/define';
import { Identifier, Instant } from '../json';
import { Bilingual, languages } from '../language';
import { LedgerHead } from '../ledger';
import { Anomaly, Order } from './order';
import { OrderCorrections } from './run';

/** Bodies and answers of the API of orders. Times are UTC, ISO 8601. */

export const OrderStatusName = Type.Enum([
  ...['reading', 'pending_validation', 'approved', 'exported', 'rejected', 'split', 'expired', 'failed', 'cancelled'],
]);

const sender = {
  from_email: Type.String({
    format: 'email',
    maxLength: 254,
    description: 'who sends the order; needed unless a mail among the files says it, and stronger than that',
  }),
  subject: Type.String({
    minLength: 1,
    maxLength: 500,
    pattern: '\\S',
    description: 'needed unless a mail is among the files',
  }),
};

/** Sender and subject of an order, from the form or from a mail. */
export const OrderSender = Type.Object(sender);
export type OrderSender = Static<typeof OrderSender>;

/** `POST /orders/inbox` as multipart/form-data; the files come in the field `files`. */
export const OrderForm = Type.Object(
  {
    from_email: Type.Optional(sender.from_email),
    subject: Type.Optional(sender.subject),
    delivery_address: Type.Optional(Type.String({ maxLength: 2_000, pattern: '\\S' })),
    delivery_date: Type.Optional(Type.String({ format: 'date', description: 'YYYY-MM-DD' })),
    language: Type.Optional(
      Type.Enum([...languages], { default: 'en', description: 'of the sender; of a mail, by its words' }),
    ),
  },
  { additionalProperties: false },
);
export type OrderForm = Static<typeof OrderForm>;

/** The form as sent: its fields, and its files. */
export const OrderUpload = Type.Object(
  {
    ...OrderForm.properties,
    files: Type.Array(Type.String({ contentMediaType: 'application/octet-stream' }), {
      minItems: 1,
      maxItems: 20,
      description: 'spreadsheets (.xlsx, .xls, .xlsb, .ods, .csv), or mails with them (.eml, .msg)',
    }),
  },
  { $id: 'OrderUpload', additionalProperties: false },
);

/** A file within JSON: as text, or as bytes in base64. */
const SentFile = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, description: 'with its ending, such as order.csv' }),
    text: Type.Optional(Type.String({ description: 'of a file that is text, such as CSV' })),
    base64: Type.Optional(
      Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$', contentEncoding: 'base64', description: 'of any file' }),
    ),
  },
  { additionalProperties: false },
);
export type SentFile = Static<typeof SentFile>;

/** The same as JSON, for files of a few MiB. */
export const NewOrder = Type.Object(
  {
    ...OrderForm.properties,
    files: Type.Array(SentFile, {
      minItems: 1,
      maxItems: 20,
      description:
        'spreadsheets (.xlsx, .xls, .xlsb, .ods, .csv), or mails with them (.eml, .msg), each as text or base64',
    }),
  },
  { $id: 'NewOrder', additionalProperties: false },
);
export type NewOrder = Static<typeof NewOrder>;

/** 202 of `POST /orders/inbox`: the order is durable from here on. */
export const OrderAccepted = Type.Object(
  {
    order_id: Identifier,
    correlation_id: Type.String(),
    workflow_id: Type.String(),
    status: Type.Literal('accepted'),
    links: Links,
  },
  { $id: 'OrderAccepted' },
);
export type OrderAccepted = Static<typeof OrderAccepted>;

/** An order in a list. `status` is the last one that Temporal's index knows, a second old at most. */
export const OrderListed = Type.Object(
  {
    order_id: Type.String(),
    status: Type.String(),
    from_email: Type.String(),
    subject: Type.String(),
    received_at: Instant,
    lines: Type.Optional(Type.Integer({ minimum: 0 })),
    amount: Type.Optional(Type.String()),
    currency: Type.Optional(Type.String()),
    delivery_date: Type.Optional(Type.String()),
    blocking: Type.Optional(Type.Integer({ minimum: 0 })),
    warnings: Type.Optional(Type.Integer({ minimum: 0 })),
    links: Links,
  },
  { $id: 'OrderListed' },
);
export type OrderListed = Static<typeof OrderListed>;

export const Orders = Type.Object(
  { orders: Type.Array(OrderListed), counts: Type.Optional(Counts), next_cursor: Type.Optional(Cursor) },
  { $id: 'Orders' },
);
export type Orders = Static<typeof Orders>;

/** An order that waits for a person: what is missing or odd in it, with the evidence, and the draft. */
export const PendingOrder = Type.Object(
  {
    ...OrderListed.properties,
    anomalies: Type.Array(Anomaly, { description: 'the first hundred, blocking ones first' }),
    draft: Type.Unsafe<Order>({ ...Order, $id: undefined, description: 'with its first hundred lines' }),
  },
  { $id: 'PendingOrder' },
);
export type PendingOrder = Static<typeof PendingOrder>;

/** Blocking faults first, then by delivery date, then the oldest. */
export const PendingOrders = Type.Object(
  { total: Type.Integer({ minimum: 0 }), orders: Type.Array(PendingOrder), next_cursor: Type.Optional(Cursor) },
  { $id: 'PendingOrders' },
);
export type PendingOrders = Static<typeof PendingOrders>;

/** Corrections that mend an anomaly as they are, to be sent to `/correct` or `/validate` with one click. */
export const OrderFix = Type.Object({
  path: Type.String({ description: 'of the anomaly, a JSON Pointer into the draft' }),
  label: Bilingual,
  corrections: Type.Unsafe<OrderCorrections>({ ...OrderCorrections, $id: undefined }),
});
export type OrderFix = Static<typeof OrderFix>;

/** An order. `ETag` is the digest that a decision would be bound to: `question.digest`. */
export const OrderDetail = Type.Object(
  {
    order_id: Type.String(),
    status: OrderStatusName,
    from_email: Type.String(),
    subject: Type.String(),
    requested_by: Type.String(),
    received_at: Instant,
    workflow_id: Type.String(),
    correlation_id: Type.String(),
    ended_at: Type.Optional(Instant),
    error: Type.Optional(Failure),
    outcome: Type.Optional(Outcome),
    retrying,
    blocking: Type.Optional(Type.Integer({ minimum: 0, description: 'anomalies of the whole draft' })),
    warnings: Type.Optional(Type.Integer({ minimum: 0 })),
    draft: Type.Optional(
      Type.Unsafe<Order>({ ...Order, $id: undefined, description: 'with a page of its lines and anomalies' }),
    ),
    question: Type.Optional(Type.Unsafe<Approval>({ ...Approval, $id: undefined })),
    fixes: Type.Optional(
      Type.Array(OrderFix, { description: 'for anomalies of this page, while the order waits for a person' }),
    ),
    decisions: Type.Array(DecisionMade),
    exports: Type.Array(ArtifactLink),
    ledger: Type.Optional(LedgerHead),
    split_from: Type.Optional(Type.String({ description: 'the order whose files held this one and others' })),
    split_into: Type.Optional(Type.Array(Type.String(), { description: 'the orders that its files held' })),
    links: Links,
    next_cursor: Type.Optional(Cursor),
  },
  { $id: 'OrderDetail' },
);
export type OrderDetail = Static<typeof OrderDetail>;

/** Audit trail: each act with its author and time, in order. */
export const OrderHistory = Type.Object(
  {
    order_id: Type.String(),
    history: Type.Array(
      Type.Object({
        seq: Type.Integer({ minimum: 1 }),
        at: Instant,
        event: Type.String({ description: 'the event type' }),
        by: Type.String({ description: 'a person, or `awe`' }),
        what: Type.String({ description: 'in words' }),
        ledger: Type.Optional(LedgerHead),
      }),
    ),
    next_cursor: Type.Optional(Cursor),
  },
  { $id: 'OrderHistory' },
);
export type OrderHistory = Static<typeof OrderHistory>;

const decisionNames = {
  comment: Type.Optional(Type.String({ maxLength: 4_000 })),
  decision_id: Type.Optional(Identifier),
};

/** `POST /orders/:id/validate` and `/correct`. Without corrections it validates what is shown. */
export const OrderValidation = Type.Object(
  { ...OrderCorrections.properties, ...decisionNames },
  { $id: 'OrderValidation', additionalProperties: false },
);
export type OrderValidation = Static<typeof OrderValidation>;

/** `POST /orders/:id/reject` */
export const OrderRejection = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 4_000, pattern: '\\S' }), decision_id: Type.Optional(Identifier) },
  { $id: 'OrderRejection', additionalProperties: false },
);
export type OrderRejection = Static<typeof OrderRejection>;

/** `POST /orders/:id/read-again`, `POST /orders/:id/split` */
export const OrderRereading = Type.Object(decisionNames, { $id: 'OrderRereading', additionalProperties: false });
export type OrderRereading = Static<typeof OrderRereading>;

/** Result of a decision. */
export const OrderDecided = Type.Object(
  {
    order_id: Type.String(),
    outcome: Type.Enum(['approved', 'corrected', 'split', 'read_again', 'rejected']),
    repeated: Type.Boolean({ description: 'this very decision was made before' }),
    version: Type.Integer({
      description: 'of the draft that was approved, rejected or read again, or that the corrections made',
    }),
    decision: DecisionMade,
    links: Links,
  },
  { $id: 'OrderDecided' },
);
export type OrderDecided = Static<typeof OrderDecided>;
