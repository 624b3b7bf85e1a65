import type { Redis } from 'ioredis';
import type { Keys } from '../redis/keys';
import type { ScriptPort } from '../redis/script';
import { readEnd } from '../streams/position';
import { eventIdOf, scanStream } from './scan';

/** Contents of the stream at one moment; later arrivals show in `watermarks` alone. */
export interface Present {
  epoch: string;
  /** workflow id -> watermark, read before the stream was */
  watermarks: Map<string, number>;
  has(eventId: string): boolean;
  /** entries that were read */
  entries: number;
}

type PresentRedis = ScriptPort & Pick<Redis, 'get' | 'hscan'>;

/**
 * Reads the watermarks, and then the stream, once: an event below a watermark but absent was lost or trimmed; one that
 * came in between is above the watermark, and the script handles it. A million entries take about 100 MB here.
 */
export async function readPresent(redis: PresentRedis, keys: Keys, epoch: string): Promise<Present> {
  const watermarks = new Map<string, number>();
  for (let cursor = '0'; ;) {
    const [next, flat] = await redis.hscan(keys.mirror, cursor, 'COUNT', 1_000);
    for (let i = 0; i + 1 < flat.length; i += 2) watermarks.set(flat[i] ?? '', Number(flat[i + 1]));
    if (next === '0') break;
    cursor = next;
  }
  const ids = new Set<string>();
  let entries = 0;
  await scanStream(redis, keys.events, '0-0', (raw) => {
    entries += 1;
    const id = eventIdOf(raw);
    if (id !== undefined && id.length === 36) ids.add(short(id));
  });
  return { epoch, watermarks, entries, has: (id) => ids.has(short(id)) };
}

/** 80 bits of a UUID are enough to tell all events apart, in half the memory. */
const short = (id: string): string => Buffer.from(id.slice(16), 'latin1').toString('latin1'); // a copy: a slice would keep the whole event

/**
 * UTC milliseconds before which a run's events count as trimmed, not as lost: if entries were trimmed off this
 * stream, the time of the first that is left; 0 if none were.
 */
export async function trimHorizon(redis: ScriptPort, keys: Keys): Promise<number> {
  const { first, length, added } = await readEnd(redis, keys);
  if (added <= length) return 0;
  return first === undefined ? Number.MAX_SAFE_INTEGER : Number(first.split('-')[0]);
}
