import { Type, type TProperties } from 'typebox';
import { DlqFilter, operationActions, OperationCounts, OperationLine } from './run';
import { defineEvent, Failure } from '../events/define';

const operationPayload = <P extends TProperties>(properties: P) =>
  Type.Object({
    operation: Type.String({ minLength: 1, maxLength: 200, description: 'workflow id' }),
    action: Type.Enum([...operationActions]),
    by: Type.String({ minLength: 1, maxLength: 200, description: 'the operator' }),
    dry_run: Type.Boolean(),
    ...properties,
  });

const about = { operation: 'audit.operations.1f0a', action: 'dlq.redrive', by: 'o.martin', dry_run: false } as const;

export const operationEvents = [
  defineEvent({
    type: 'OPERATION.STARTED',
    version: 1,
    summary: 'An operator has dead letters put back or thrown away, or streams rebuilt.',
    payload: operationPayload({
      filter: DlqFilter,
      rate_per_second: Type.Integer({ minimum: 1 }),
      limit: Type.Integer({ minimum: 1 }),
      reason: Type.Optional(Type.String()),
    }),
    example: {
      ...about,
      filter: { error_class: 'http.status', after: '2026-01-05T08:00:00.000Z' },
      rate_per_second: 100,
      limit: 10_000,
      reason: 'the partner is back',
    },
  }),
  defineEvent({
    type: 'OPERATION.PROGRESSED',
    version: 1,
    summary: 'A part of an operation is done: a line for each entry, which is its ledger.',
    payload: operationPayload({ counts: OperationCounts, lines: Type.Array(OperationLine) }),
    example: {
      ...about,
      counts: { matched: 2, done: 1, skipped: 1, failed: 0 },
      lines: [
        { id: '1767600000000-0', event_id: 'e-1', event_type: 'WORK.ITEM_DISPATCHED', outcome: 'done' },
        { id: '1767600000000-1', outcome: 'skipped', why: 'it is no longer among the dead letters' },
      ],
    },
  }),
  defineEvent({
    type: 'OPERATION.COMPLETED',
    version: 1,
    summary: 'Every entry that was meant has had its turn; the counts say what came of them.',
    payload: operationPayload({
      counts: OperationCounts,
      limited: Type.Boolean({ description: 'the limit was reached, so that there may be more' }),
    }),
    example: { ...about, counts: { matched: 1_000, done: 998, skipped: 2, failed: 0 }, limited: false },
  }),
  defineEvent({
    type: 'OPERATION.FAILED',
    version: 1,
    summary: 'An operation ended before its time, or was cancelled; what the counts say was done stays done.',
    payload: operationPayload({ counts: OperationCounts, error: Failure }),
    example: {
      ...about,
      counts: { matched: 200, done: 200, skipped: 0, failed: 0 },
      error: { type: 'run.cancelled', message: 'cancelled by o.martin' },
    },
  }),
];
