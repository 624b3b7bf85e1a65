import { Type, type Static } from 'typebox';
import type { Json } from '../json';
import type { SignalPolicy } from '../run';

/** Actions that an operator can order. Each is a run of the workflow `operations`. */
export const operationActions = ['dlq.redrive', 'dlq.discard', 'events.rebuild'] as const;
export type OperationAction = (typeof operationActions)[number];

/** The id of a dead letter: that of its entry, behind `task:` for a task. */
export const DeadLetterId = Type.String({
  pattern: '^(task:)?\\d{1,20}-\\d{1,20}$',
  description: 'such as 1767600000000-0; of a task, task:1767600000000-0',
});

/** Point at which handling ended. */
export const DeadLetterStage = Type.Enum(['parse', 'schema', 'handler', 'publish', 'task']);

const Word = Type.String({ minLength: 1, maxLength: 200 });

/** Selection of dead letters: those that match every given part. */
export const DlqFilter = Type.Object(
  {
    ids: Type.Optional(
      Type.Array(DeadLetterId, { minItems: 1, maxItems: 1_000, description: 'these, whatever else is there' }),
    ),
    event_type: Type.Optional(Word),
    group: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'the group that gave up' })),
    stage: Type.Optional(DeadLetterStage),
    error_class: Type.Optional(Word),
    process: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'the process whose event it is, such as `job`' }),
    ),
    attempts: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'tried at least this often' })),
    before: Type.Optional(
      Type.String({ format: 'date-time', description: 'became a dead letter before this instant' }),
    ),
    after: Type.Optional(
      Type.String({ format: 'date-time', description: 'became a dead letter at this instant or later' }),
    ),
  },
  { $id: 'DlqFilter', additionalProperties: false },
);
export type DlqFilter = Static<typeof DlqFilter>;

/** Defaults of an operation. */
export const operationDefaults = { dry_run: false, rate_per_second: 100, limit: 10_000 };

/** Limits of an operation: its extent, its speed, or a dry run. */
export const operationBounds = {
  dry_run: Type.Boolean({ default: operationDefaults.dry_run, description: 'counts, and changes nothing' }),
  rate_per_second: Type.Integer({
    minimum: 1,
    maximum: 10_000,
    default: operationDefaults.rate_per_second,
    description: 'entries that are moved in a second, at most',
  }),
  limit: Type.Integer({
    minimum: 1,
    maximum: 1_000_000,
    default: operationDefaults.limit,
    description: 'entries in all, at most',
  }),
  reason: Type.String({ minLength: 1, maxLength: 1_000, description: 'for whoever asks later' }),
};

/**
 * Input of an operation. Only actions on dead letters read `filter`.
 * `page_size` bounds the entries of one turn, and so the work repeated after a worker is lost.
 */
export interface OperationInput {
  action: OperationAction;
  by: string;
  dry_run: boolean;
  filter: DlqFilter;
  rate_per_second: number;
  limit: number;
  reason?: string;
  correlation_id: string;
  options: { approval_signals: SignalPolicy; page_size: number };
}

/** Outcomes of the entries: `skipped` were gone at their turn, `failed` were refused, with words in the events. */
export const OperationCounts = Type.Object(
  {
    matched: Type.Integer({ minimum: 0 }),
    done: Type.Integer({ minimum: 0 }),
    skipped: Type.Integer({ minimum: 0 }),
    failed: Type.Integer({ minimum: 0 }),
  },
  { $id: 'OperationCounts' },
);
export type OperationCounts = Static<typeof OperationCounts>;

/** Outcome of one entry: a line of the operation's ledger, which its events form. */
export const OperationLine = Type.Object({
  id: Type.String({ description: 'what was worked on: the id of a dead letter, of a run' }),
  event_id: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  event_type: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  outcome: Type.Enum(['done', 'skipped', 'failed']),
  why: Type.Optional(Type.String({ description: 'why it was skipped or failed' })),
});
export type OperationLine = Static<typeof OperationLine>;

/**
 * A turn of an operation, whatever it works on. `next` is the start of the next one, absent after the last; the
 * workflow carries it and never looks inside.
 */
export interface OperationPage {
  /** entries found; `lines` give their outcomes, and a dry run has none */
  matched: number;
  lines: OperationLine[];
  /** ids of some of them, for people */
  examples: string[];
  next?: Json;
}

/** View of an operation. `limited`: there may be more entries than `limit` allowed. */
export interface OperationView {
  operation: string;
  action: OperationAction;
  by: string;
  reason?: string;
  dry_run: boolean;
  filter: DlqFilter;
  rate_per_second: number;
  limit: number;
  counts: OperationCounts;
  limited: boolean;
  examples: string[];
}
