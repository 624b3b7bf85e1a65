import type { Redis } from 'ioredis';
import type { Keys } from '../redis/keys';
import type { DeadLetter } from '../streams/dead-letter';
import { identityOf } from './letter';

/** What is known of an event's redrives. Kept for 30 days after the last one. */
export type Redrives = Pick<DeadLetter, 'redrives' | 'redriven_by'>;

/**
 * How often an event was redriven, and by whom last: whoever writes a dead letter puts it into the record, so that the
 * count goes on when an event dies again.
 */
export async function readRedrives(
  redis: Pick<Redis, 'hmget'>,
  keys: Pick<Keys, 'redriven'>,
  letter: Pick<DeadLetter, 'event_id' | 'raw' | 'encoding'>,
): Promise<Redrives> {
  const [count, by] = await redis.hmget(keys.redriven(identityOf(letter)), 'count', 'by');
  return { redrives: Number(count ?? 0), redriven_by: by ?? null };
}
