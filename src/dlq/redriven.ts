import type { Redis } from 'ioredis';
import type { Keys } from '../redis/keys';
import type { DeadLetter } from '../streams/dead-letter';
import { identityOf } from './letter';

/** The redrives of an event. Kept for 30 days after the last one. */
export type Redrives = Pick<DeadLetter, 'redrives' | 'redriven_by'>;

/**
 * Reads the number of redrives of an event, and who made the last. The writer of a dead letter puts them into the
 * record, so that the count goes on when an event dies again.
 */
export async function readRedrives(
  redis: Pick<Redis, 'hmget'>,
  keys: Pick<Keys, 'redriven'>,
  letter: Pick<DeadLetter, 'event_id' | 'raw' | 'encoding' | 'stage'>,
): Promise<Redrives> {
  const [count, by] = await redis.hmget(keys.redriven(identityOf(letter)), 'count', 'by');
  return { redrives: Number(count ?? 0), redriven_by: by ?? null };
}
