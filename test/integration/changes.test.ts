/** Hints of all runs for many readers, from the one reader of the stream, on a real Redis. */
import { createChangeFeed, type ChangeFeed, type Frame } from '../../api/changes/feed';
import type { Sink } from '../../api/live/follow';
import type { Redis } from '../../src/redis/connection';
import { createKeys, type Keys } from '../../src/redis/keys';
import { createLiveReader, readerOptions, type LiveReader } from '../../src/streams/reader';
import { createReadSince } from '../../src/streams/since';
import { events } from './mirror-fixture';
import { OwnRedis, silent, until } from './own-redis';

const RUN = 'here.run.r-1';
const keys: Keys = createKeys({ events: 'c:events', dlq: 'c:dlq', tasks: 'c:tasks', prefix: 'c' });

let server: OwnRedis;
let redis: Redis;
let reader: LiveReader;
let feed: ChangeFeed;

beforeAll(async () => {
  server = await OwnRedis.start();
  redis = await server.ready();
  const connect = () => server.connect('reader', readerOptions);
  reader = createLiveReader({ connect, keys, log: silent, block: 300 });
  feed = createChangeFeed({
    ...{ reader, namespace: 'here', log: silent },
    readSince: createReadSince({ redis, keys, log: silent }),
  });
  reader.start();
  await until('the reader is up', () => reader.state() === 'up');
});
afterAll(async () => {
  feed.stop();
  await reader.stop();
  await server.end();
});

/** The frames that a reader gets, as `live true`, `missed` or the number of a hint, and the last id. */
function follow(after?: string) {
  const got: string[] = [];
  const known = { last: after };
  const sink: Sink<Frame> = {
    async events(frames) {
      for (const { id, text } of frames) {
        const data = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? '') as Record<string, unknown>;
        got.push('seq' in data ? String(data['seq']) : 'live' in data ? `live ${String(data['live'])}` : 'missed');
        known.last = id ?? known.last;
      }
      return true;
    },
    ...{ end: () => undefined, beat: () => undefined, close: () => undefined, open: true },
  };
  return { got, known, leave: feed.follow(after, sink) };
}

const say = async (from: number, to: number) => {
  for (const event of events(RUN, from, to))
    await redis.xadd(keys.events, '*', 'event', JSON.stringify({ ...event, source: 'awe.run' }));
};
const has = (got: string[], ...frames: string[]) =>
  until(`${frames.join()} of ${got.join()}`, () => got.join() === frames.join());

it('tells hints in order, to one who comes back from where it left, and that some are lost where the stream is trimmed', async () => {
  const one = follow();
  await has(one.got, 'live true');
  const beginning = one.known.last;
  // what is no event of a run of this namespace is no hint
  await redis.xadd(keys.events, '*', 'event', JSON.stringify({ ...events('other.run.x', 1, 1)[0], source: 'awe.run' }));
  await redis.xadd(keys.events, '*', 'event', JSON.stringify({ ...events(RUN, 9, 9)[0], event_type: '<b>' }));
  await say(1, 3);
  await has(one.got, 'live true', '1', '2', '3');
  one.leave();
  await say(4, 5);
  const back = follow(one.known.last);
  await has(back.got, 'live true', '4', '5');
  await say(6, 6);
  await has(back.got, 'live true', '4', '5', '6');
  await redis.xtrim(keys.events, 'MAXLEN', 1);
  const late = follow(one.known.last);
  await has(late.got, 'live true', 'missed');
  const never = follow(beginning);
  await has(never.got, 'live true', 'missed');
  for (const { leave } of [back, late, never]) leave();
  expect(feed.count()).toBe(0);
});

it('says that nothing is live while Redis is away, and what was missed when it is back', async () => {
  const one = follow();
  await has(one.got, 'live true');
  await server.kill();
  await has(one.got, 'live true', 'live false');
  const other = follow(one.known.last);
  await has(other.got, 'live false');
  await server.up();
  await until('it is back', () => one.got.includes('live true', 2));
  await until('it has missed something', () => other.got.slice(-2).join() === 'live true,missed');
  await say(7, 7);
  await until('both hear it', () => one.got.at(-1) === '7' && other.got.at(-1) === '7');
}, 60_000);
