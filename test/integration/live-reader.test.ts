import type { Envelope } from '../../schemas/envelope';
import type { Redis } from '../../src/redis/connection';
import { createKeys, type Keys } from '../../src/redis/keys';
import { createMirror } from '../../src/streams/mirror';
import { createLiveReader, readerOptions, type LiveReader } from '../../src/streams/reader';
import { events, upTo, validate } from './mirror-fixture';
import { OwnRedis, silent, sleep, until } from './own-redis';

let server: OwnRedis;
let redis: Redis;
let keys: Keys;
let reader: LiveReader;
let count = 0;

beforeAll(async () => {
  server = await OwnRedis.start();
  redis = await server.ready();
});
afterAll(() => server.end());

/** Milliseconds that a read waits in these tests, instead of 5 s. */
const BLOCK = 300;

let heard: number[];
let gaps: number;
let states: string[];

beforeEach(() => {
  const prefix = `live${++count}`;
  keys = createKeys({ events: `${prefix}:events`, dlq: `${prefix}:dlq`, tasks: `${prefix}:tasks.dlq`, prefix });
  const name = `reader-${count}`;
  reader = createLiveReader({ connect: () => server.connect(name, readerOptions), keys, log: silent, block: BLOCK });
  [heard, gaps, states] = [[], 0, []];
  reader.subscribe({ kind: 'run', id: 'r' }, (event) => heard.push(event.seq ?? 0));
  reader.onGap(() => (gaps += 1));
  reader.onState((state) => states.push(state));
});
afterEach(() => reader.stop());

const publish = (from: number, to: number, run = 'r') =>
  createMirror({ redis, keys, validate, log: silent }).publish({ run, events: events(run, from, to) });
const up = () => until('the reader is up', () => reader.state() === 'up');
const heardUpTo = (n: number) => until(`heard ${n}`, () => heard.length >= n);

describe('the live reader', () => {
  it('hands events to those who listen to their subject, from its start on and not from before', async () => {
    await publish(1, 2);
    reader.start();
    await up();
    const all: Envelope[] = [];
    reader.subscribeAll((event) => all.push(event));
    await publish(3, 4);
    await publish(1, 1, 'other');
    await until('heard all', () => all.length === 3);
    expect(heard).toEqual([3, 4]);
  });

  it('stops handing them to who has left, and is not disturbed by a listener that throws', async () => {
    reader.start();
    await up();
    const leave = reader.subscribe({ kind: 'run', id: 'r' }, () => {
      throw new Error('of the listener');
    });
    await publish(1, 1);
    await heardUpTo(1);
    leave();
    await publish(2, 2);
    await heardUpTo(2);
    expect(states).toEqual(['up']);
  });

  it('does not stumble over entries that are no events', async () => {
    reader.start();
    await up();
    await redis.xadd(keys.events, '*', 'event', '{"half":');
    await redis.xadd(keys.events, '*', 'event', '"text"');
    await redis.xadd(keys.events, '*', 'event', '{"subject":5}');
    await redis.xadd(keys.events, '*', 'other', 'x');
    await publish(1, 1);
    await heardUpTo(1);
  });

  it('misses nothing when its connection is killed, and says that it was down', async () => {
    reader.start();
    await up();
    for (let i = 0; i < 5; i++) {
      await publish(i * 10 + 1, i * 10 + 5);
      const clients = String(await redis.client('LIST'));
      const id = /id=(\d+) .*name=reader-\d+ /.exec(
        clients.split('\n').find((line) => line.includes(`name=reader-${count} `)) ?? '',
      )?.[1];
      if (id) await redis.client('KILL', 'ID', id);
      await publish(i * 10 + 6, i * 10 + 10);
      await up();
    }
    await heardUpTo(50);
    expect(heard).toEqual(upTo(50));
    expect(states).toContain('down');
    expect(gaps).toBe(0);
  });

  it('goes on where it was when Redis is killed and comes back', async () => {
    reader.start();
    await up();
    await publish(1, 5);
    await heardUpTo(5);
    await server.kill();
    await until('down', () => reader.state() === 'down');
    await server.up();
    await until('connected', () => redis.status === 'ready');
    await publish(6, 9);
    await heardUpTo(9);
    expect(heard).toEqual(upTo(9));
    expect(gaps).toBe(0);
  });

  it('replaces a connection on which a read hangs', async () => {
    reader.start();
    await up();
    server.pause();
    await until('noticed', () => reader.state() === 'down');
    server.resume();
    await publish(1, 3).catch(() => sleep(1_200).then(() => publish(1, 3)));
    await up();
    await heardUpTo(3);
    expect(heard).toEqual([1, 2, 3]);
  });

  it('waits for a Redis that is not there yet', async () => {
    await server.kill();
    reader.start();
    await sleep(200);
    expect(reader.state()).toBe('down');
    await server.up();
    await up();
    await until('connected', () => redis.status === 'ready');
    await publish(1, 1);
    await heardUpTo(1);
  });

  it('finds a stream that was lost while it was away, from its start, and tells the gap', async () => {
    await publish(1, 3);
    reader.start();
    await up();
    await publish(4, 5);
    await heardUpTo(2);
    await redis.flushall();
    await publish(1, 2);
    await until('the gap was told', () => gaps > 0);
    await until('all heard', () => heard.includes(1) && heard.includes(2));
  });

  it('finds a stream whose ids went back', async () => {
    reader.start();
    await up();
    await publish(1, 1);
    await heardUpTo(1);
    await redis.del(keys.events);
    await redis.xadd(keys.events, '5-1', 'event', JSON.stringify(events('r', 2, 2)[0]));
    await heardUpTo(2);
    expect(gaps).toBe(1);
    await redis.xadd(keys.events, '5-2', 'event', JSON.stringify(events('r', 3, 3)[0]));
    await heardUpTo(3);
    expect(heard).toEqual([1, 2, 3]);
    expect(gaps).toBe(1);
  });

  it('tells a gap when entries were trimmed before it could read them, and none when they were not', async () => {
    reader.start();
    await up();
    await publish(1, 3);
    await heardUpTo(3);
    await redis.xtrim(keys.events, 'MAXLEN', 0);
    await sleep(2 * BLOCK);
    expect(gaps).toBe(0);
    // In one go, so that the reader has no chance.
    const entry = (seq: number) => JSON.stringify(events('r', seq, seq)[0]);
    const unread = redis.multi();
    for (const seq of [4, 5, 6]) unread.xadd(keys.events, '*', 'event', entry(seq));
    await unread.xtrim(keys.events, 'MAXLEN', 1).exec();
    await until('the gap was told', () => gaps === 1);
    await sleep(2 * BLOCK);
    expect(gaps).toBe(1);
    expect(heard).toEqual([1, 2, 3, 6]);
  });
});
