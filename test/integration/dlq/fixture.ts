import type { Envelope } from '../../../schemas/envelope';
import { createRedis, waitForRedis, type Redis } from '../../../src/redis/connection';
import { createKeys, type Keys } from '../../../src/redis/keys';
import type { DeadLetter } from '../../../src/streams/dead-letter';
import { servers, uniqueNamespace } from '../../setup/servers';
import { silent } from '../own-redis';

/** A namespace of its own in the run's Redis. */
export async function openRedis(namespace = uniqueNamespace('dlq')): Promise<{ redis: Redis; keys: Keys }> {
  const redis = createRedis({ url: servers().redisUrl, name: 'test', log: silent });
  if (!(await waitForRedis(redis, 10_000))) throw new Error('Redis is away');
  return { redis, keys: keysOf(namespace) };
}

export const keysOf = (namespace: string): Keys =>
  createKeys({
    events: `${namespace}:events`,
    dlq: `${namespace}:dlq`,
    tasks: `${namespace}:tasks.dlq`,
    prefix: namespace,
  });

export const event = (id: string): Envelope => ({
  event_id: id,
  event_type: 'WORK.ITEM_DISPATCHED',
  schema_version: 1,
  source: 'somebody',
  occurred_at: '2026-01-05T08:00:00.000Z',
  correlation_id: 'P1',
  payload: { project_id: 'P1', note: 'é😀' },
});

/** The record of an event that a handler could not handle. */
export function letter(keys: Keys, id: string, more: Partial<DeadLetter> = {}): DeadLetter {
  return {
    raw: JSON.stringify(event(id)),
    encoding: 'utf8',
    event_id: id,
    event_type: 'WORK.ITEM_DISPATCHED',
    stream: keys.events,
    entry_id: '1767600000000-7',
    group: 'orchestrators',
    stage: 'handler',
    error: { class: 'http.status', message: 'answered 404' },
    errors: [{ pointer: '/payload/project_id', message: 'is missing', keyword: 'required' }],
    deliveries: 5,
    first_at: '2026-01-05T08:00:00.000Z',
    last_at: '2026-01-05T08:01:00.000Z',
    redrives: 0,
    redriven_by: null,
    ...more,
  };
}

/** Adds records to the dead letters; returns their ids. */
export async function die(redis: Redis, keys: Keys, letters: DeadLetter[], at?: (i: number) => string) {
  const pipeline = redis.pipeline();
  letters.forEach((one, i) => pipeline.xadd(keys.dlq, at?.(i) ?? '*', 'event', JSON.stringify(one)));
  return ((await pipeline.exec()) ?? []).map(([, id]) => String(id));
}

export const dead = (redis: Redis, keys: Keys, n: number, prefix = 'e'): Promise<string[]> =>
  die(
    redis,
    keys,
    Array.from({ length: n }, (_, i) => letter(keys, `${prefix}-${i}`)),
  );

/** The ids of the events in the stream, in its order. */
export async function idsInStream(redis: Redis, keys: Keys): Promise<string[]> {
  const entries = await redis.xrange(keys.events, '-', '+');
  return entries.map(([, fields]) => (JSON.parse(fields[1] ?? '') as Envelope).event_id);
}

/** The same, without the platform's own. */
export const foreignIds = async (redis: Redis, keys: Keys): Promise<string[]> =>
  (await idsInStream(redis, keys)).filter((id) => /^[a-z]+-\d+$/.test(id));

export const expected = (n: number, prefix = 'e'): string[] => Array.from({ length: n }, (_, i) => `${prefix}-${i}`);
