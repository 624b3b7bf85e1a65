import { ApplicationFailure, cancellationSignal } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import type { Json } from '../../schemas/json';
import type { DlqFilter, OperationLine } from '../../schemas/operations/run';
import type { DlqMover } from '../../src/dlq/mover';
import type { DlqMove } from '../../src/dlq/move';
import type { DlqReader, Selection } from '../../src/dlq/reader';
import { RedisRefused, RedisUnavailable } from '../../src/redis/errors';
import { withHeartbeat } from '../engine/heartbeat';

export interface OperationActivityParts {
  reader: Pick<DlqReader, 'select'>;
  mover: DlqMover;
}

/** Activities of operations. All may be repeated at will. */
export function createOperationActivities({ reader, mover }: OperationActivityParts) {
  return {
    /** The next dead letters that a filter fits. */
    async selectDeadLetters(what: { filter: DlqFilter; most: number; position?: Json }): Promise<Selection> {
      return await onRedis(() => reader.select(what.filter, what));
    },

    /** Redrives or discards them: each once, whatever happens to this attempt. */
    async moveDeadLetters(page: DlqMove): Promise<{ lines: OperationLine[] }> {
      return await onRedis(async () => ({ lines: await mover.move(page, cancellationSignal()) }));
    },
  };
}

export type OperationActivities = ReturnType<typeof createOperationActivities>;

/** Retries while Redis is away; an operator is told what Redis refuses. */
async function onRedis<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await withHeartbeat(work);
  } catch (error) {
    if (error instanceof RedisUnavailable)
      throw ApplicationFailure.create({
        message: error.message,
        type: 'redis.unavailable',
        nonRetryable: false,
        // the gate logs once that Redis is away, so tries do not
        category: error.away ? ApplicationFailureCategory.BENIGN : undefined,
      });
    if (error instanceof RedisRefused) throw ApplicationFailure.nonRetryable(error.message, 'redis.refused');
    throw error;
  }
}
