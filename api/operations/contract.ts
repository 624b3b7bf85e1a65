import { PathId } from '../../schemas/api';
import {
  DeadLetterDetail,
  DeadLetters,
  DlqOperation,
  Operation,
  OperationAccepted,
  RebuildOperation,
} from '../../schemas/operations/api';
import { DeadLetterId, DlqFilter } from '../../schemas/operations/run';
import { define, idempotencyKey, operators, page } from '../contract';

const { ids: _ids, ...dlqQuery } = DlqFilter.properties;

/** Address that starts an operation: all of it but its path. */
const operation = {
  method: 'post' as const,
  tag: 'dead letters',
  roles: operators,
  headers: idempotencyKey,
  body: { json: DlqOperation, example: { filter: { stage: 'handler' }, dry_run: true } },
  answers: [{ status: 202, description: 'accepted and durable', schema: OperationAccepted }],
  problems: [413, 415, 422],
};

/** Addresses of dead letters, and of operations on them and on the streams. */
export const operationContracts = define({
  listDeadLetters: {
    method: 'get',
    path: '/dlq',
    tag: 'dead letters',
    summary: 'Events that nobody could handle, and tasks that have failed for good, newest first',
    description:
      '`stage=task` are the tasks. A page looks at 5,000 entries at most, so with a filter it may be short or empty and still have a ' +
      '`next_cursor`: the list ends where there is none.',
    roles: [...operators, 'auditor'],
    query: { ...dlqQuery, ...page(200, 50) },
    entrance: 'dead-letters',
    answers: [{ status: 200, description: 'a page; `next_cursor` is absent on the last', schema: DeadLetters }],
  },
  redriveDeadLetters: {
    ...operation,
    path: '/dlq/redrive',
    summary: 'Put events back into the stream, and retry tasks',
    description:
      'Starts an operation that takes dead letters out and puts their events back, byte for byte and with the same ' +
      '`event_id`, oldest first, each once however many operations run; a task is retried as ' +
      '`POST /jobs/{job_id}/tasks/{task_id}/retry` does. What dies again meanwhile is left alone.',
  },
  discardDeadLetters: {
    ...operation,
    path: '/dlq/discard',
    summary: 'Throw dead letters away',
    description: 'Starts an operation that removes dead letters. Its events say which, and who wanted it.',
  },
  rebuildEvents: {
    ...operation,
    tag: 'events',
    path: '/events/rebuild',
    body: { json: RebuildOperation, example: { dry_run: true, reason: 'Redis was replaced' } },
    summary: 'Make the streams complete again',
    description:
      'Starts an operation that puts back what the stream has lost, from histories and records: each event once, in ' +
      'the order of its run. It starts by itself when the stream or a group is found gone.',
  },
  getDeadLetter: {
    method: 'get',
    path: '/dlq/{id}',
    tag: 'dead letters',
    summary: 'A dead letter, with the event as it was',
    roles: [...operators, 'auditor'],
    params: { id: DeadLetterId },
    answers: [{ status: 200, description: 'the record', schema: DeadLetterDetail }],
    problems: [404],
  },
  getOperation: {
    method: 'get',
    path: '/operations/{operation_id}',
    tag: 'dead letters',
    summary: 'How far an operation is',
    roles: [...operators, 'auditor'],
    params: { operation_id: PathId },
    answers: [{ status: 200, description: 'the operation', schema: Operation }],
    problems: [404],
  },
});
