import { Type, type TProperties } from 'typebox';
import { Identifier, Instant } from '../json';
import { LedgerHead } from '../ledger';
import { AnomalyLine } from './run';
import { ArtifactRef, refTo } from '../refs';
import { decided, defineEvent, Failure } from '../events/define';

/** A payload of an order's event. */
function orderPayload<P extends TProperties>(properties: P) {
  return Type.Object({ order_id: Identifier, ...properties });
}

/** A digest: two of them are compared only where they bear the same name. */
const digestOf = (description: string, more: { deprecated?: boolean } = {}) =>
  Type.String({ pattern: '^sha256:[0-9a-f]{64}$', description, ...more });
const QuestionDigest = Type.Optional(
  digestOf('of the question with all that it shows, its id and its choices: a decision carries it'),
);
const OrderDigest = Type.Optional(
  digestOf('of the order that was shown, before corrections that came with the approval: `order.$ref` of its draft'),
);
const ApprovalId = Type.String({ minLength: 1, maxLength: 120 });
const OrderRef = refTo({ description: 'the draft, in the document store' });
const Artifact = Type.Unsafe<ArtifactRef>({ ...ArtifactRef, $id: undefined });
const counts = {
  lines: Type.Integer({ minimum: 0 }),
  blocking: Type.Integer({ minimum: 0 }),
  warnings: Type.Integer({ minimum: 0 }),
};

const order_id = 'O-20260112-1f0a';
const hash = `sha256:${'0'.repeat(64)}`;
const order = { $ref: hash, bytes: 5120 };
const decision = { decision_id: 'd-1', choice: 'approve', by: 'm.durand', channel: 'api' as const, verified: true };
const artifact = { artifact_id: '0'.repeat(64), path: `exports/${order_id}.csv`, media_type: 'text/csv', bytes: 812 };

export const orderEvents = [
  defineEvent({
    type: 'ORDER.RECEIVED',
    version: 1,
    summary: 'An order has arrived; its files are kept.',
    payload: orderPayload({
      from_email: Type.String(),
      subject: Type.String(),
      requested_by: Type.String(),
      files: Type.Array(Type.Object({ name: Type.String(), artifact: Artifact })),
      split_from: Type.Optional(Type.String({ description: 'the order whose files held this one and others' })),
    }),
    example: {
      order_id,
      from_email: 'user@example.com',
      subject: 'New order',
      requested_by: 'local',
      files: [{ name: 'order.xlsx', artifact: { ...artifact, path: `orders/${order_id}/1.xlsx` } }],
    },
  }),
  defineEvent({
    type: 'ORDER.PARSED',
    version: 1,
    summary: 'The files are read; `order` is the draft that came of it.',
    payload: orderPayload({
      order: OrderRef,
      lines: Type.Integer({ minimum: 0 }),
      files: Type.Array(
        Type.Object({ file: Type.String(), outcome: Type.String(), reason: Type.Optional(Type.String()) }),
      ),
      version: Type.Optional(Type.Integer({ minimum: 1 })),
      corrections: Type.Optional(
        Type.Object(
          { kept: Type.Integer({ minimum: 0 }), lost: Type.Integer({ minimum: 0 }) },
          { description: 'made before the order was read again; anomalies `correction.lost` name those that are lost' },
        ),
      ),
    }),
    example: { order_id, order, version: 1, lines: 12, files: [{ file: 'order.xlsx', outcome: 'order' }] },
  }),
  defineEvent({
    type: 'ORDER.READ_AGAIN',
    version: 1,
    summary: 'A person has the same files read again; ORDER.PARSED follows.',
    payload: orderPayload({ ...decided, ledger: LedgerHead }),
    example: { order_id, ...decision, choice: 'read_again', ledger: { n: 4, hash } },
  }),
  defineEvent({
    type: 'ORDER.SPLIT',
    version: 1,
    summary: 'The files held several orders: each is now an order of its own that waits for a person.',
    payload: orderPayload({ ...decided, into: Type.Array(Identifier, { minItems: 2 }), ledger: LedgerHead }),
    example: {
      order_id,
      ...decision,
      choice: 'split',
      into: [`${order_id}-1`, `${order_id}-2`],
      ledger: { n: 4, hash },
    },
  }),
  defineEvent({
    type: 'ORDER.VALIDATION_REQUIRED',
    version: 1,
    summary: 'The order waits for a person.',
    payload: orderPayload({
      approval_id: ApprovalId,
      question_digest: QuestionDigest,
      digest: digestOf('the same as `question_digest`, which says what it is of', { deprecated: true }),
      order: OrderRef,
      version: Type.Integer({ minimum: 1 }),
      ...counts,
      anomalies: Type.Array(AnomalyLine, { description: 'the first of them' }),
      expires_at: Instant,
    }),
    example: {
      order_id,
      approval_id: 'validation',
      question_digest: hash,
      digest: hash,
      order,
      version: 1,
      lines: 12,
      blocking: 1,
      warnings: 0,
      anomalies: [{ code: 'delivery.address_missing', severity: 'blocking' }],
      expires_at: '2026-01-26T08:00:00.000Z',
    },
  }),
  defineEvent({
    type: 'ORDER.CORRECTED',
    version: 1,
    summary: 'A person has corrected the order; `order` is the draft that came of it.',
    payload: orderPayload({
      ...decided,
      order: OrderRef,
      version: Type.Integer({ minimum: 1 }),
      ...counts,
      ledger: LedgerHead,
    }),
    example: {
      order_id,
      ...decision,
      choice: 'correct',
      order,
      version: 2,
      lines: 12,
      blocking: 0,
      warnings: 0,
      ledger: { n: 4, hash },
    },
  }),
  defineEvent({
    type: 'ORDER.APPROVED',
    version: 1,
    summary: 'A person has approved exactly this order.',
    payload: orderPayload({
      ...decided,
      order_digest: OrderDigest,
      digest: digestOf('the same as `order_digest`, which says what it is of', { deprecated: true }),
      order: OrderRef,
      ledger: LedgerHead,
    }),
    example: { order_id, ...decision, order_digest: hash, digest: hash, order, ledger: { n: 5, hash } },
  }),
  defineEvent({
    type: 'ORDER.REJECTED',
    version: 1,
    summary: 'A person has rejected the order; nothing is exported.',
    payload: orderPayload({ ...decided, reason: Type.String(), ledger: LedgerHead }),
    example: { order_id, ...decision, choice: 'reject', reason: 'ordered twice', ledger: { n: 5, hash } },
  }),
  defineEvent({
    type: 'ORDER.VALIDATION_OVERDUE',
    version: 1,
    summary: 'Nobody has decided yet: a reminder or an escalation.',
    payload: orderPayload({
      approval_id: ApprovalId,
      level: Type.Union([Type.Literal('reminder'), Type.Literal('escalation')]),
      expires_at: Instant,
    }),
    example: { order_id, approval_id: 'validation', level: 'reminder', expires_at: '2026-01-26T08:00:00.000Z' },
  }),
  defineEvent({
    type: 'ORDER.EXPIRED',
    version: 1,
    summary: 'The wait is over and nobody has decided; nothing is exported.',
    payload: orderPayload({ approval_id: ApprovalId }),
    example: { order_id, approval_id: 'validation' },
  }),
  defineEvent({
    type: 'ORDER.EXPORT_READY',
    version: 1,
    summary: 'The approved order lies in the document store as CSV and XLSX.',
    payload: orderPayload({ order: OrderRef, exports: Type.Array(Artifact) }),
    example: { order_id, order, exports: [artifact] },
  }),
  defineEvent({
    type: 'ORDER.FAILED',
    version: 1,
    summary: 'The order has ended without an export, and not by a decision.',
    payload: orderPayload({ error: Failure }),
    example: { order_id, error: { type: 'run.cancelled', message: 'cancelled by m.durand' } },
  }),
];
