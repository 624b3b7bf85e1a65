/** The consumer on a real Redis, including failures of Redis, of a connection and of a handler. */
import type { Redis } from '../../../src/redis/connection';
import { NotNow, Refused, type Entry, type GroupLost } from '../../../src/streams/consumer';
import { OwnRedis, sleep, until } from '../own-redis';
import { Bench } from './fixture';
import { IMPATIENT } from './settings';

let server: OwnRedis;
let redis: Redis;
let bench: Bench;
let seen: string[];

beforeAll(async () => {
  server = await OwnRedis.start();
  redis = await server.ready();
});
afterAll(() => server.end());
beforeEach(() => {
  bench = new Bench(server, redis);
  seen = [];
});
afterEach(() => bench.stop());

const note = (entry: Entry) => void seen.push(String(entry.raw));
const numbers = (n: number, from = 1) => Array.from({ length: n }, (_, i) => String(from + i));
const sorted = (list: string[]) => [...list].sort((a, b) => Number(a) - Number(b));

describe('reading', () => {
  it('gets what was there before the group was, and what comes', async () => {
    await bench.add('1', '2');
    bench.consumer(note);
    await until('two', () => seen.length === 2);
    await bench.add('3');
    await until('settled', () => bench.settled());
    expect(seen).toEqual(['1', '2', '3']);
  });

  it('shares the work with others of its group, each entry once', async () => {
    for (let i = 0; i < 3; i++) bench.consumer(note);
    await bench.add(...numbers(2_000));
    await until('settled', () => bench.settled());
    expect(sorted(seen)).toEqual(numbers(2_000));
  });

  it('runs so many handlers at once, and no more', async () => {
    let running = 0;
    let most = 0;
    const slow = async () => {
      most = Math.max(most, ++running);
      await sleep(5);
      running -= 1;
    };
    bench.consumer(slow, { settings: { parallel: 7 } });
    await bench.add(...numbers(200));
    await until('settled', () => bench.settled());
    expect(most).toBe(7);
  });

  it('leaves nothing behind when it stops: what runs is finished, the rest is for others at once', async () => {
    const one = bench.consumer(async (entry) => (await sleep(100), note(entry)), { settings: { parallel: 2 } });
    await bench.add(...numbers(50));
    await until('some', () => seen.length >= 2);
    await one.stop();
    expect(sorted(seen)).toEqual(numbers(seen.length));
    bench.consumer(note);
    await until('settled', () => bench.settled());
    expect(sorted(seen)).toEqual(numbers(50));
  });
});

describe('failures of a handler', () => {
  it('is tried again with pauses, and the others go on meanwhile', async () => {
    const times: number[] = [];
    const flaky = (entry: Entry) => {
      if (String(entry.raw) !== '1') return note(entry);
      times.push(entry.attempt);
      if (times.length < 4) throw new Error('not this time');
      note(entry);
    };
    bench.consumer(flaky, { settings: { parallel: 1 } });
    await bench.add('1', '2', '3');
    await until('settled', () => bench.settled());
    expect(seen).toEqual(['2', '3', '1']);
    expect(times).toEqual([1, 2, 3, 4]);
    expect(await bench.letters()).toEqual([]);
  });

  it('goes to the dead letters after so many attempts, with everything that is known', async () => {
    bench.consumer(() => {
      throw Object.assign(new Error('never'), { code: 'test.never' });
    });
    const [id] = await bench.add('{"event_id":"e-1","event_type":"A.B"}');
    await until('a letter', async () => (await bench.letters()).length === 1);
    expect((await bench.letters())[0]).toMatchObject({
      raw: '{"event_id":"e-1","event_type":"A.B"}',
      ...{ encoding: 'utf8', event_id: 'e-1', event_type: 'A.B', stream: bench.keys.events, entry_id: id },
      ...{ group: 'workers', stage: 'handler', error: { class: 'test.never', message: 'never' }, deliveries: 5 },
    });
    expect(await bench.pending()).toBe(0);
  });

  it('that refuses an entry has it in the dead letters at once, bytes that are no text too', async () => {
    bench.consumer((entry) => {
      throw new Refused('parse', 'contract.breach', `attempt ${entry.attempt}`, [
        { pointer: '/x', message: 'is missing', keyword: 'required' },
      ]);
    });
    await bench.add(Buffer.from([0xff, 0x00]));
    await redis.xadd(bench.keys.events, '*', 'other', 'x');
    await until('letters', async () => (await bench.letters()).length === 2);
    const letters = await bench.letters();
    expect(letters.find(({ encoding }) => encoding === 'base64')).toMatchObject({ raw: '/wA=', deliveries: 1 });
    expect(letters.find(({ encoding }) => encoding === 'utf8')).toMatchObject({ raw: '{"other":"x"}', stage: 'parse' });
  });

  it('that only has to wait is never given up, and its attempts are not counted', async () => {
    let tries = 0;
    const attempts = new Set<number>();
    bench.consumer((entry) => {
      attempts.add(entry.attempt);
      if (++tries < 20) throw new NotNow('Temporal is away');
      note(entry);
    });
    await bench.add('1');
    await until('settled', () => bench.settled());
    expect([seen, [...attempts], await bench.letters()]).toEqual([['1'], [1], []]);
  });

  it('that hangs is given up after its time, and one that is merely slow is not taken away from it', async () => {
    const slow = async (entry: Entry) => {
      if (String(entry.raw) === 'hangs') await new Promise(() => {});
      await sleep(1_500);
      note(entry);
    };
    const settings = { ...IMPATIENT, minIdle: 300, attempts: 2 };
    bench.consumer(slow, { settings });
    bench.consumer(slow, { settings });
    await bench.add('hangs', 'slow');
    await until('settled', () => bench.settled());
    expect(seen).toEqual(['slow']);
    expect(await bench.letters()).toMatchObject([{ error: { class: 'handler.timeout' }, deliveries: 2 }]);
  });
});

describe('entries that nobody has finished', () => {
  /** As if a process had read this many entries and died; `begun` times it had begun the first. */
  const dead = async (count: number, deliveries: Record<string, number> = {}) => {
    await redis.xgroup('CREATE', bench.keys.events, bench.group, '0', 'MKSTREAM').catch(() => undefined);
    await redis.xreadgroup('GROUP', bench.group, 'dead', 'COUNT', count, 'STREAMS', bench.keys.events, '>');
    for (const [id, times] of Object.entries(deliveries))
      await redis.xclaim(bench.keys.events, bench.group, 'dead', 0, id, 'RETRYCOUNT', times, 'JUSTID');
  };

  it('are taken over once they are idle', async () => {
    await bench.add('1', '2', '3');
    await dead(2);
    const one = bench.consumer(note, { settings: IMPATIENT });
    await until('settled', () => bench.settled());
    expect(sorted(seen)).toEqual(['1', '2', '3']);
    expect(one.stats()).toMatchObject({ claimed: 2, handled: 3, lost: 0 });
  });

  it('come first for a process of the same name', async () => {
    await bench.add('1', '2', '3');
    await dead(2);
    bench.consumer(note, { consumer: 'dead', settings: { parallel: 1 } });
    await until('settled', () => bench.settled());
    expect(seen).toEqual(['1', '2', '3']);
  });

  it('are given up when they were begun too often, without being begun again', async () => {
    const [id = ''] = await bench.add('poison', 'good');
    await dead(2, { [id]: 5 });
    bench.consumer(note, { settings: IMPATIENT });
    await until('settled', () => bench.settled());
    expect(seen).toEqual(['good']);
    expect(await bench.letters()).toMatchObject([{ raw: 'poison', error: { class: 'entry.poison' }, deliveries: 5 }]);
  });

  it('are counted as lost, with an alarm, when they were cut off the stream', async () => {
    await bench.add('1', '2', '3');
    await dead(3);
    await redis.xtrim(bench.keys.events, 'MAXLEN', 1);
    const one = bench.consumer(note, { settings: IMPATIENT });
    await until('settled', () => bench.settled());
    await until('counted', () => one.stats().lost === 2);
    expect(seen).toEqual(['3']);
    await until('told', async () => (await redis.hget(bench.keys.lost, bench.group)) === '2');
  });
});

describe('the group', () => {
  it('may be destroyed and created again: everything comes once more', async () => {
    const lost: GroupLost[] = [];
    const one = bench.consumer(note, { onLost: (what) => lost.push(what), settings: { groupGrace: 2_000 } });
    await bench.add('1', '2');
    await until('settled', () => bench.settled());
    await redis.xgroup('DESTROY', bench.keys.events, bench.group);
    await sleep(300);
    // it was left to us
    expect(await redis.xgroup('CREATE', bench.keys.events, bench.group, '0-0', 'MKSTREAM')).toBe('OK');
    await until('again', () => seen.length === 4);
    await bench.add('3');
    await until('settled', () => bench.settled());
    expect(seen).toEqual(['1', '2', '1', '2', '3']);
    expect(one.stats().groups_lost).toBe(1);
    expect(lost).toMatchObject([{ atStart: true }, { atStart: false, streamLost: false }]);
  });

  it('is made anew when nobody else does it', async () => {
    const lost: GroupLost[] = [];
    bench.consumer(note, { onLost: (what) => lost.push(what) });
    await bench.add('1');
    await until('settled', () => bench.settled());
    await redis.xgroup('DESTROY', bench.keys.events, bench.group);
    await until('again', () => seen.length === 2);
    expect(lost.at(-1)).toEqual({ group: 'workers', streamLost: false, atStart: false });
  });

  it('is back after FLUSHALL, and says that the stream was lost', async () => {
    const lost: GroupLost[] = [];
    bench.consumer(note, { onLost: (what) => lost.push(what) });
    await bench.add('1');
    await until('settled', () => bench.settled());
    await redis.flushall();
    await until('told', () => lost.length === 2);
    expect(lost[1]).toEqual({ group: 'workers', streamLost: true, atStart: false });
    await bench.add('2');
    await until('settled', () => bench.settled());
    expect(seen).toEqual(['1', '2']);
  });

  it('is back at once after FLUSHALL, and so are the others of the stream', async () => {
    for (const group of ['a', 'b', 'c']) bench.consumer(note, { group, settings: { groupGrace: 30_000 } });
    await bench.add('1');
    await until('all three', () => seen.length === 3);
    await redis.flushall();
    await sleep(50);
    await bench.add('2');
    await until('all three again', () => seen.length === 6, 20_000);
  });

  it('that is destroyed while entries are in hand loses none of them, and gives none up twice', async () => {
    bench.consumer(async (entry) => {
      await sleep(300);
      if (String(entry.raw) === 'bad') throw new Refused('schema', 'contract.breach', 'bad');
      note(entry);
    });
    await bench.add('1', 'bad', '2');
    await until('settled', () => bench.settled());
    for (let i = 0; i < 3; i++) {
      await redis.xgroup('DESTROY', bench.keys.events, bench.group);
      await sleep(350);
    }
    await until('settled', async () => await bench.settled().catch(() => false));
    expect(await bench.letters()).toHaveLength(1);
    expect(new Set(seen)).toEqual(new Set(['1', '2']));
  });
});
