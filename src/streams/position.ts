import type { Redis } from 'ioredis';
import type { Keys } from '../redis/keys';

/** The end of a stream: the last id it has given, the entries it holds, and the number it has ever had. */
export interface StreamEnd {
  id: string;
  length: number;
  added: number;
  epoch: string | undefined;
}

/** Reads the end of the events' stream; a stream that does not exist yet ends at `0-0`. */
export async function readEnd(redis: Redis, keys: Pick<Keys, 'events' | 'epoch'>): Promise<StreamEnd> {
  const epoch = (await redis.get(keys.epoch)) ?? undefined;
  const info = await streamInfo(redis, keys.events);
  return {
    id: (info.get('last-generated-id') as string | undefined) ?? '0-0',
    length: (info.get('length') as number | undefined) ?? 0,
    added: (info.get('entries-added') as number | undefined) ?? 0,
    epoch,
  };
}

async function streamInfo(redis: Redis, stream: string): Promise<Map<string, unknown>> {
  try {
    // RESP2 (see createRedis): a flat list of names and values.
    const flat = (await redis.xinfo('STREAM', stream)) as unknown[];
    return new Map(Array.from({ length: flat.length / 2 }, (_, i) => [String(flat[2 * i]), flat[2 * i + 1]]));
  } catch (error) {
    if (error instanceof Error && /no such key/i.test(error.message)) return new Map();
    throw error;
  }
}

/** True if stream id `a` comes after `b`. */
export function isAfter(a: string, b: string): boolean {
  const [aTime = '0', aNumber = '0'] = a.split('-');
  const [bTime = '0', bNumber = '0'] = b.split('-');
  const [x, y] = [BigInt(aTime), BigInt(bTime)];
  return x === y ? BigInt(aNumber) > BigInt(bNumber) : x > y;
}
