/** Old events are trimmed, but never one that a group still has to get. */
import type { Redis } from '../../../src/redis/connection';
import { createKeys, type Keys } from '../../../src/redis/keys';
import { trimStream, type TrimSettings } from '../../../src/streams/trim';
import { OwnRedis, sleep } from '../own-redis';

let server: OwnRedis;
let redis: Redis;
let keys: Keys;
let count = 0;

beforeAll(async () => {
  server = await OwnRedis.start();
  redis = await server.ready();
});
afterAll(() => server.end());
beforeEach(() => {
  const prefix = `t${++count}`;
  keys = createKeys({ events: `${prefix}:events`, dlq: `${prefix}:dlq`, tasks: `${prefix}:tasks.dlq`, prefix });
});

/** Entries 1-0 to n-0: as old as can be. */
const add = async (n: number) => {
  for (let i = 1; i <= n; i++) await redis.xadd(keys.events, `${i}-0`, 'event', '{}');
};
const ids = async () => (await redis.xrange(keys.events, '-', '+')).map(([id]) => id);
const read = (group: string, n: number, consumer = 'one') =>
  redis.xreadgroup('GROUP', group, consumer, 'COUNT', n, 'STREAMS', keys.events, '>');
const ack = (group: string, ...list: number[]) => redis.xack(keys.events, group, ...list.map((i) => `${i}-0`));
const trim = (more: Partial<TrimSettings> = {}) =>
  trimStream(redis, keys, { keepMs: 0, groupIdleMs: 60_000, groups: ['a'], lockMs: 0, exact: true, ...more });

it('keeps what a group has not been given, and what it has in hand', async () => {
  await add(10);
  for (const group of ['a', 'b']) await redis.xgroup('CREATE', keys.events, group, '0');
  expect(await trim()).toMatchObject({ outcome: 'trimmed', removed: 0 });
  await read('a', 8);
  await ack('a', 1, 2, 3, 5, 6, 7, 8);
  await read('b', 6);
  await ack('b', 1, 2, 3, 4, 5, 6);
  expect(await trim()).toMatchObject({ removed: 3, min_id: '4-0' });
  await ack('a', 4);
  // nothing of b is pending any more, and 7 was never given to it
  expect(await trim()).toMatchObject({ removed: 3, min_id: '6-1' });
  expect(await ids()).toEqual(['7-0', '8-0', '9-0', '10-0']);
});

it('keeps everything for a time, handled or not', async () => {
  await redis.xgroup('CREATE', keys.events, 'a', '0', 'MKSTREAM');
  await redis.xadd(keys.events, '5-0', 'event', '{}');
  await redis.xadd(keys.events, '*', 'event', '{}');
  const all = (await read('a', 10)) as unknown as [string, [string][]][];
  await redis.xack(keys.events, 'a', ...(all[0]?.[1] ?? []).map(([id]) => id));
  expect(await trim({ keepMs: 60_000 })).toMatchObject({ removed: 1 });
  expect(await redis.xlen(keys.events)).toBe(1);
});

it('does not wait for ever for a group in which nothing happens, and names it', async () => {
  await add(5);
  await redis.xgroup('CREATE', keys.events, 'a', '0');
  await redis.xgroup('CREATE', keys.events, 'left', '0');
  await redis.xgroup('CREATE', keys.events, 'never', '0');
  await read('left', 2);
  await read('a', 5);
  await ack('a', 1, 2, 3, 4, 5);
  expect(await trim()).toMatchObject({ removed: 0, idle: [] });
  await sleep(300);
  await read('a', 1);
  const trimmed = await trim({ groupIdleMs: 200 });
  expect(trimmed).toMatchObject({ removed: 5 });
  expect(trimmed.idle.sort()).toEqual(['left', 'never']);
});

it('waits for a group of the platform that is being made anew, and for whoever trims already', async () => {
  await add(3);
  await redis.xgroup('CREATE', keys.events, 'b', '$');
  expect(await trim()).toMatchObject({ outcome: 'group_missing', removed: 0 });
  await redis.xgroup('CREATE', keys.events, 'a', '$');
  expect(await trim({ lockMs: 5_000 })).toMatchObject({ outcome: 'trimmed', removed: 3 });
  expect(await trim({ lockMs: 5_000 })).toMatchObject({ outcome: 'locked' });
  await redis.del(keys.events, keys.trimLock);
  expect(await trim({ lockMs: 5_000 })).toMatchObject({ outcome: 'empty' });
});
