import { Type, type Static } from 'typebox';
import { Cursor, Links, RunStatus, type Fits } from '../api';
import { Failure } from '../events/define';
import { Instant, type Json } from '../json';
import { Ref } from '../refs';
import {
  DeadLetterId,
  DeadLetterStage,
  DlqFilter,
  operationActions,
  operationBounds,
  OperationCounts,
  type OperationView,
} from './run';

/** Bodies and answers of the API of dead letters and operations. Times are UTC, ISO 8601. */

const deadLetter = {
  id: DeadLetterId,
  at: Type.String({ format: 'date-time', description: 'when it became a dead letter' }),
  event_id: Type.Union([Type.String(), Type.Null()]),
  event_type: Type.Union([Type.String(), Type.Null()]),
  process: Type.Optional(
    Type.String({ description: 'whose event it is, as its source names it; absent where it names none, or is large' }),
  ),
  stream: Type.String({ description: 'where the event was, or was to be' }),
  entry_id: Type.Union([Type.String(), Type.Null()], { description: 'its id there; null: it never got there' }),
  group: Type.Union([Type.String(), Type.Null()], { description: 'the consumer group that gave up' }),
  stage: DeadLetterStage,
  error: Type.Object({ class: Type.String(), message: Type.String() }),
  errors: Type.Array(
    Type.Object(
      { pointer: Type.String(), message: Type.String(), keyword: Type.String() },
      {
        description: 'where the event breaks its contract, by JSON Pointer',
      },
    ),
  ),
  deliveries: Type.Integer({ minimum: 0 }),
  first_at: Instant,
  last_at: Instant,
  redrives: Type.Integer({ minimum: 0 }),
  redriven_by: Type.Union([Type.String(), Type.Null()]),
  raw_bytes: Type.Integer({ minimum: 0, description: 'size of the event' }),
  task: Type.Optional(
    Type.Object(
      {
        job_id: Type.String(),
        step: Type.String(),
        uses: Type.Optional(Type.String()),
        rounds: Type.Integer({ description: 'executions of the task' }),
        attempts: Type.Integer({ description: 'the most attempts of each execution' }),
        recoveries: Type.Integer({ description: 'recoveries that were tried' }),
        input: Type.Unsafe<Ref>({
          ...Ref,
          $id: undefined,
          description: 'the step as it is planned, what it reads and the context',
        }),
      },
      { description: 'the task that has failed for good, where `stage` is `task`' },
    ),
  ),
  links: Links,
};

/** A dead letter in a list: all but the event itself. */
export const DeadLetterSummary = Type.Object(deadLetter, { $id: 'DeadLetterSummary' });
export type DeadLetterSummary = Static<typeof DeadLetterSummary>;

/** A page of the dead letters, newest first. */
export const DeadLetters = Type.Object(
  {
    depth: Type.Integer({ minimum: 0, description: 'dead letters in all, whatever the filter' }),
    entries: Type.Array(DeadLetterSummary),
    next_cursor: Type.Optional(Cursor),
  },
  { $id: 'DeadLetters' },
);
export type DeadLetters = Static<typeof DeadLetters>;

/** A dead letter with the event as it was. */
export const DeadLetterDetail = Type.Object(
  {
    ...deadLetter,
    raw: Type.String({ description: 'the bytes of the event' }),
    encoding: Type.Enum(['utf8', 'base64'], { description: 'of `raw`; base64 where they are not UTF-8' }),
    input: Type.Optional(
      Type.Unsafe<Json>({
        description:
          'of a task, up to 256 KiB: the step as it is planned, the outputs that it reads and the context, large ones by reference',
      }),
    ),
  },
  { $id: 'DeadLetterDetail' },
);
export type DeadLetterDetail = Static<typeof DeadLetterDetail>;

/** Body of `POST /dlq/redrive` and `POST /dlq/discard`. An empty filter means every dead letter. */
export const DlqOperation = Type.Object(
  {
    filter: DlqFilter,
    dry_run: Type.Optional(operationBounds.dry_run),
    rate_per_second: Type.Optional(operationBounds.rate_per_second),
    limit: Type.Optional(operationBounds.limit),
    reason: Type.Optional(operationBounds.reason),
  },
  { $id: 'DlqOperation', additionalProperties: false },
);
export type DlqOperation = Static<typeof DlqOperation>;

/** Body of `POST /events/rebuild`. */
export const RebuildOperation = Type.Object(
  { dry_run: Type.Optional(operationBounds.dry_run), reason: Type.Optional(operationBounds.reason) },
  { $id: 'RebuildOperation', additionalProperties: false },
);
export type RebuildOperation = Static<typeof RebuildOperation>;

/** 202 of a request that starts an operation: it is durable from here on. */
export const OperationAccepted = Type.Object(
  {
    operation_id: Type.String(),
    action: Type.Enum([...operationActions]),
    dry_run: Type.Boolean(),
    status: Type.Literal('accepted'),
    links: Links,
  },
  { $id: 'OperationAccepted' },
);
export type OperationAccepted = Static<typeof OperationAccepted>;

/** An operation, while it runs and after. */
export const Operation = Type.Object(
  {
    operation_id: Type.String(),
    status: RunStatus,
    action: Type.Enum([...operationActions]),
    by: Type.String(),
    reason: Type.Optional(Type.String()),
    dry_run: Type.Boolean(),
    filter: DlqFilter,
    rate_per_second: Type.Integer(),
    limit: Type.Integer(),
    counts: OperationCounts,
    limited: Type.Boolean({ description: 'the limit was reached, so that there may be more' }),
    examples: Type.Array(Type.String(), { description: 'ids of the first that were found' }),
    words: Type.String({ description: 'what it has done, or in a dry run would do, and who wanted it' }),
    started_at: Instant,
    ended_at: Type.Optional(Instant),
    error: Type.Optional(Failure),
    links: Links,
  },
  { $id: 'Operation' },
);
export type Operation = Static<typeof Operation>;

type _Fits = Fits<Omit<OperationView, 'operation'>, Pick<Operation, Exclude<keyof OperationView, 'operation'>>>;
