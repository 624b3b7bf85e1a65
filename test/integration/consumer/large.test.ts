/** Streams that hold far too much: reads are bounded, ids are mended, dead letters stay few. A real Redis. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boundDeadLetters } from '../../../src/dlq/bound';
import { openFilesystemStore } from '../../../src/documents/filesystem';
import type { Redis } from '../../../src/redis/connection';
import { createHandled } from '../../../src/streams/handled';
import { mendIds } from '../../../src/streams/mend';
import { createLiveReader, readerOptions } from '../../../src/streams/reader';
import { createStreamsState } from '../../../src/streams/state';
import { OwnRedis, silent, until } from '../own-redis';
import { Bench } from './fixture';

const MiB = 1024 * 1024;
/** The greatest id that there is: Redis takes no entry after it. */
const GREATEST = '18446744073709551615-18446744073709551615';

let server: OwnRedis;
let redis: Redis;
let bench: Bench;

beforeAll(async () => {
  server = await OwnRedis.start();
  redis = await server.ready();
});
afterAll(() => server.end());
beforeEach(() => (bench = new Bench(server, redis)));
afterEach(async () => {
  await bench.stop();
  await redis.del(bench.keys.events, bench.keys.dlq);
});

const state = async () => {
  const read = await createStreamsState({ redis, keys: bench.keys, log: silent }).read();
  if (!read) throw new Error('the state cannot be read');
  return read;
};

describe('entries of 10 MiB', () => {
  const huge = Buffer.alloc(10 * MiB, 'x');

  it('hold up no group: of each comes its size alone, and the small ones among them are handled', async () => {
    for (let i = 0; i < 25; i++) await bench.add(huge, `small ${i}`);
    const small: string[] = [];
    const large: (number | undefined)[] = [];
    const consumer = bench.consumer(({ raw, tooLarge }) => {
      if (raw) small.push(String(raw));
      else large.push(tooLarge);
    });
    await until('all handled', () => bench.settled(), 60_000);
    await bench.add(huge, 'the last');
    await until('those that come are handled too', () => small.length === 26, 60_000);
    expect(small).toEqual([...Array.from({ length: 25 }, (_, i) => `small ${i}`), 'the last']);
    expect(new Set(large)).toEqual(new Set([10 * MiB + 'event'.length]));
    expect(consumer.stats()).toMatchObject({ state: 'up', reconnects: 0 });
  });

  it('are given up by a group that was to read them again, in letters of a size that anybody can look at', async () => {
    const [id = ''] = await bench.add(huge);
    await redis.xgroup('CREATE', bench.keys.events, bench.group, '0');
    await redis.xreadgroup('GROUP', bench.group, 'one', 'COUNT', 1, 'STREAMS', bench.keys.events, '>');
    for (let i = 0; i < 10; i++) await redis.xclaim(bench.keys.events, bench.group, 'one', 0, id);
    bench.consumer(() => undefined, { consumer: 'one' });
    await until('a letter', async () => (await bench.letters()).length === 1, 60_000);
    expect((await bench.letters())[0]).toMatchObject({ entry_id: id, raw: '{}' });
  });

  it('are passed over by the live reader', async () => {
    const heard: string[] = [];
    const reader = createLiveReader({
      connect: () => server.connect('live', readerOptions),
      ...{ keys: bench.keys, log: silent, block: 300 },
    });
    reader.subscribeAll(({ event_id }) => heard.push(event_id));
    reader.start();
    await until('up', () => reader.state() === 'up');
    const event = (n: number) => JSON.stringify({ event_id: String(n), source: 'x' });
    for (let i = 0; i < 10; i++) await bench.add(huge, event(i));
    await until('all heard', () => heard.length === 10, 60_000);
    expect(reader.state()).toBe('up');
    await reader.stop();
  });
});

describe('an entry with the greatest id', () => {
  it('is seen in the state of the streams, and mended: events arrive, no group loses its place', async () => {
    const { events, dlq } = bench.keys;
    const [first = ''] = await bench.add('1', '2', '3');
    await redis.xgroup('CREATE', events, 'behind', '0');
    await redis.xgroup('CREATE', events, 'through', '0');
    await redis.xreadgroup('GROUP', 'behind', 'ann', 'COUNT', 1, 'STREAMS', events, '>');
    await redis.xadd(events, GREATEST, 'event', 'forged');
    await redis.xadd(dlq, GREATEST, 'event', 'forged');
    await redis.xreadgroup('GROUP', 'through', 'bob', 'COUNT', 10, 'STREAMS', events, '>');
    await expect(bench.add('4')).rejects.toThrow(/last possible ID/);
    expect((await state()).ahead_seconds).toBeGreaterThan(1e9);

    expect(await mendIds(redis, bench.keys)).toBe(2);
    expect((await state()).ahead_seconds).toBe(0);
    await bench.add('4');
    const texts = (await redis.xrange(events, '-', '+')).map(([, [, text]]) => text);
    expect(texts).toEqual(['1', '2', '3', 'forged', '4']);
    expect(await redis.xlen(dlq)).toBe(1);
    const pending = async (group: string) =>
      ((await redis.xpending(events, group, '-', '+', 10)) as [string, string][]).map(([id, who]) => [id, who]);
    expect(await pending('behind')).toEqual([[first, 'ann']]);
    expect(await pending('through')).toHaveLength(4);
    const rest = async (group: string) => {
      const reply = await redis.xreadgroup('GROUP', group, 'c', 'COUNT', 10, 'STREAMS', events, '>');
      return (reply as [string, [string, string[]][]][])[0]?.[1].map(([, [, text]]) => text);
    };
    expect(await rest('behind')).toEqual(['2', '3', 'forged', '4']);
    expect(await rest('through')).toEqual(['4']);
    expect(await mendIds(redis, bench.keys)).toBe(0);
  });
});

describe('junk', () => {
  it('leaves few dead letters in Redis, counted by kind; the oldest are in the document store', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'awe-dlq-'));
    const store = await openFilesystemStore({ root: dir });
    bench.consumer(() => {
      throw Object.assign(new Error('no'), { code: 'junk' });
    });
    await bench.add(...Array.from({ length: 2_000 }, (_, i) => `junk ${i}`));
    await until('all are dead', async () => (await bench.letters()).length === 2_000, 60_000);
    const parts = { redis, keys: bench.keys, store, namespace: 'n', log: silent };
    expect(await boundDeadLetters(parts, { entries: 500, bytes: 64 * MiB })).toBe(1_500);
    expect(await boundDeadLetters(parts, { entries: 500, bytes: 64 * MiB })).toBe(0);
    expect((await state()).dlq).toMatchObject({ entries: 500, moved: 1_500 });
    expect(await redis.hgetall(bench.keys.dlqMoved)).toEqual({ 'workers handler junk': '1500' });
    const kept = readdirSync(join(dir, 'dlq/n'))
      .flatMap((name) =>
        readFileSync(join(dir, 'dlq/n', name), 'utf8')
          .trim()
          .split('\n'),
      )
      .map((line) => (JSON.parse(line) as { letter: { raw: string } }).letter.raw);
    const left = (await bench.letters()).map(({ raw }) => raw);
    expect(new Set([...kept, ...left]).size).toBe(2_000);
    // and by their size
    expect(await boundDeadLetters(parts, { entries: 500, bytes: 100_000 })).toBeGreaterThan(100);
    expect(await redis.zcard(bench.keys.dead(bench.group))).toBe(2_000);
    rmSync(dir, { recursive: true });
  });

  it('with ids of any length is remembered in a few bytes', async () => {
    const handled = createHandled(redis, bench.keys, 'g');
    const id = 'x'.repeat(200);
    handled.add(id);
    await until('remembered', () => handled.has(id));
    expect(await handled.has('y'.repeat(200))).toBe(false);
    const [key = ''] = await redis.keys(`${bench.keys.handled('g', 0).slice(0, -1)}*`);
    expect((await redis.smembers(key)).map((name) => name.length)).toEqual([32]);
  });
});
