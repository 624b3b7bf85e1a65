import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { pino } from 'pino';
import type { PlatformEvent } from '../../schemas/envelope';
import { validatorFor } from '../../src/contracts/validators';
import { RedisRefused, RedisUnavailable } from '../../src/redis/errors';
import { createGate } from '../../src/redis/gate';
import { createKeys } from '../../src/redis/keys';
import type { Redis } from '../../src/redis/connection';
import { DeadLetter } from '../../src/streams/dead-letter';
import { createMirror, type Mirror, type MirrorBatch, type Published } from '../../src/streams/mirror';
import { events, faulty, FAULTS, inDlq, inStream, seqs, upTo, validate, type Fault } from './mirror-fixture';
import { OwnRedis, silent, until } from './own-redis';

let server: OwnRedis;
let redis: Redis;
let count = 0;

beforeAll(async () => {
  server = await OwnRedis.start();
  redis = await server.ready();
});
afterAll(() => server.end());

function setup() {
  const prefix = `t${++count}`;
  const keys = createKeys({ events: `${prefix}:events`, dlq: `${prefix}:dlq`, tasks: `${prefix}:tasks.dlq`, prefix });
  const mirror = createMirror({ redis, keys, validate, log: silent });
  return { keys, mirror };
}

/** Publishes as the outbox does: the same batch until it is in. */
async function insist(mirror: Mirror, batch: MirrorBatch, pause = 5): Promise<Published> {
  for (;;) {
    try {
      return await mirror.publish(batch);
    } catch (error) {
      if (!(error instanceof RedisUnavailable)) throw error;
      await delay(pause);
    }
  }
}

describe('a batch', () => {
  it('is in the stream once, however often it is published', async () => {
    const { keys, mirror } = setup();
    const batch = { run: 'r', events: events('r', 1, 3) };
    expect(await mirror.publish(batch)).toEqual({ added: 3, repeated: 0, breaches: 0 });
    expect(await mirror.publish(batch)).toEqual({ added: 0, repeated: 3, breaches: 0 });
    expect(await inStream(redis, keys)).toEqual(batch.events);
  });

  it('adds only what is new in it', async () => {
    const { keys, mirror } = setup();
    await mirror.publish({ run: 'r', events: events('r', 1, 4) });
    expect(await mirror.publish({ run: 'r', events: events('r', 3, 6) })).toMatchObject({ added: 2, repeated: 2 });
    expect(seqs(await inStream(redis, keys), 'r')).toEqual(upTo(6));
  });

  it('is not doubled by publishers at the same moment, and keeps its order', async () => {
    const { keys, mirror } = setup();
    const other = createMirror({ redis: await server.ready(), keys, validate, log: silent });
    for (let i = 0; i < 50; i++) {
      const batch = { run: 'r', events: events('r', i * 5 + 1, i * 5 + 5) };
      const answers = await Promise.all([mirror, other, mirror].map((one) => one.publish(batch)));
      expect(answers.reduce((sum, { added }) => sum + added, 0)).toBe(5);
    }
    expect(seqs(await inStream(redis, keys), 'r')).toEqual(upTo(250));
  });

  it('out of order is put into order, so that none is taken for a repeat', async () => {
    const { keys, mirror } = setup();
    await mirror.publish({ run: 'r', events: events('r', 1, 5).reverse() });
    expect(seqs(await inStream(redis, keys), 'r')).toEqual(upTo(5));
  });

  it('with a gap before it is published, and the gap is reported', async () => {
    const { keys, mirror } = setup();
    await mirror.publish({ run: 'r', events: events('r', 1, 2) });
    expect(await mirror.publish({ run: 'r', events: events('r', 5, 6) })).toMatchObject({
      added: 2,
      gap: { after: 2, first: 5 },
    });
    expect(seqs(await inStream(redis, keys), 'r')).toEqual([1, 2, 5, 6]);
  });

  it('with an event that has no number is refused before anything is written', async () => {
    const { keys, mirror } = setup();
    const [first, second] = events('r', 1, 2) as [PlatformEvent, PlatformEvent];
    const batch = { run: 'r', events: [first, { ...second, seq: undefined as unknown as number }] };
    await expect(mirror.publish(batch)).rejects.toThrow('has no seq');
    expect(await inStream(redis, keys)).toEqual([]);
  });

  it('after the script was forgotten is published all the same', async () => {
    const { mirror } = setup();
    await redis.script('FLUSH');
    expect(await mirror.publish({ run: 'r', events: events('r', 1, 1) })).toMatchObject({ added: 1 });
  });

  it('stands in one field, `event`, as JSON', async () => {
    const { keys, mirror } = setup();
    await mirror.publish({ run: 'r', events: events('r', 1, 1) });
    const [entry] = await redis.xrange(keys.events, '-', '+');
    expect(entry?.[1]).toEqual(['event', JSON.stringify(events('r', 1, 1)[0])]);
  });

  it('gives an empty Redis an epoch, and leaves one that is there', async () => {
    const { keys, mirror } = setup();
    await mirror.publish({ run: 'r', events: events('r', 1, 1) });
    const epoch = await redis.get(keys.epoch);
    await mirror.publish({ run: 'r', events: events('r', 2, 2) });
    expect(epoch).toMatch(/^[0-9a-f-]{36}$/);
    expect(await redis.get(keys.epoch)).toBe(epoch);
  });
});

describe('the watermark of a run', () => {
  it('goes a day after the end, with the next batches of others', async () => {
    const { keys, mirror } = setup();
    await mirror.publish({ run: 'r', events: events('r', 1, 2), ended: true });
    const due = Number(await redis.zscore(keys.mirrorEnded, 'r'));
    expect(due).toBeGreaterThan(Date.now() + 86_390_000);
    await mirror.publish({ run: 'other', events: events('other', 1, 1) });
    expect(await redis.hget(keys.mirror, 'r')).toBe('2');
    await redis.zadd(keys.mirrorEnded, Date.now() - 1, 'r');
    await mirror.publish({ run: 'other', events: events('other', 2, 2) });
    expect(await redis.hgetall(keys.mirror)).toEqual({ other: '2' });
    expect(await redis.zcard(keys.mirrorEnded)).toBe(0);
  });

  it('is kept while the run itself still repeats its last batch', async () => {
    const { keys, mirror } = setup();
    const batch = { run: 'r', events: events('r', 1, 2), ended: true };
    await mirror.publish(batch);
    await redis.zadd(keys.mirrorEnded, Date.now() - 1, 'r');
    expect(await mirror.publish(batch)).toMatchObject({ added: 0, repeated: 2 });
  });
});

describe('an event that breaks its contract', () => {
  const broken = (run: string): PlatformEvent[] => {
    const [first, second, third] = events(run, 1, 3) as [PlatformEvent, PlatformEvent, PlatformEvent];
    return [first, { ...second, payload: { run, step: 'fetch', round: 0 } }, third];
  };

  it('goes to the dead letters with everything needed to understand it; the others are published', async () => {
    const { keys, mirror } = setup();
    const batch = broken('r');
    expect(await mirror.publish({ run: 'r', events: batch })).toEqual({ added: 2, repeated: 0, breaches: 1 });
    expect(seqs(await inStream(redis, keys), 'r')).toEqual([1, 3]);
    const letters = await inDlq(redis, keys);
    expect(letters).toEqual([
      {
        raw: JSON.stringify(batch[1]),
        encoding: 'utf8',
        event_id: 'r-2',
        event_type: 'TASK.COMPLETED',
        stream: keys.events,
        entry_id: null,
        group: null,
        stage: 'publish',
        error: {
          class: 'contract.breach',
          message: '/payload/milliseconds is missing; /payload/round must be at least 1',
        },
        errors: [
          { pointer: '/payload/milliseconds', message: 'is missing', keyword: 'required' },
          { pointer: '/payload/round', message: 'must be at least 1', keyword: 'minimum' },
        ],
        deliveries: 0,
        first_at: expect.any(String),
        last_at: expect.any(String),
        redrives: 0,
        redriven_by: null,
      },
    ]);
    expect(validatorFor(DeadLetter)(letters[0])).toMatchObject({ ok: true });
  });

  it('is a dead letter once', async () => {
    const { keys, mirror } = setup();
    await mirror.publish({ run: 'r', events: broken('r') });
    expect(await mirror.publish({ run: 'r', events: broken('r') })).toEqual({ added: 0, repeated: 3, breaches: 0 });
    expect(await inDlq(redis, keys)).toHaveLength(1);
  });

  it('is one too when the validator itself fails', async () => {
    const { keys } = setup();
    const mirror = createMirror({
      ...{ redis, keys, log: silent },
      validate: () => {
        throw new Error('boom');
      },
    });
    expect(await mirror.publish({ run: 'r', events: events('r', 1, 1) })).toMatchObject({ breaches: 1 });
    expect((await inDlq(redis, keys))[0]?.error.message).toContain('boom');
  });
});

describe('a Redis that refuses', () => {
  it.each(['events', 'dlq', 'mirror', 'mirrorEnded', 'deadTasks', 'deadTaskOf'] as const)(
    'because %s is of a wrong type is told apart, and nothing is half written',
    async (name) => {
      const { keys, mirror } = setup();
      await redis.set(keys[name], 'a string');
      const batch = { run: 'r', events: events('r', 1, 2) };
      await expect(mirror.publish(batch)).rejects.toThrow(RedisRefused);
      expect(mirror.available()).toBe(true);
      await redis.del(keys[name]);
      expect(await mirror.publish(batch)).toMatchObject({ added: 2 });
      expect(seqs(await inStream(redis, keys), 'r')).toEqual([1, 2]);
    },
  );

  it('because its memory is full may take it later; nothing is half written and nothing is lost', async () => {
    const { keys, mirror } = setup();
    await mirror.publish({ run: 'r', events: events('r', 1, 1) });
    await redis.config('SET', 'maxmemory', '1mb');
    for (let i = 0; i < 5; i++) {
      const failed = mirror.publish({ run: 'r', events: events('r', 2, 3) });
      await expect(failed).rejects.toMatchObject({ name: 'RedisUnavailable', away: false });
    }
    await redis.config('SET', 'maxmemory', '0');
    expect(await mirror.publish({ run: 'r', events: events('r', 2, 3) })).toMatchObject({ added: 2 });
    expect(seqs(await inStream(redis, keys), 'r')).toEqual([1, 2, 3]);
  });
});

describe('a Redis that is away', () => {
  /** Publishes 4,000 events while Redis is killed three times; gives what is then in the stream. */
  async function publishThroughKills(runs: string[]): Promise<{ stream: PlatformEvent[]; missing: number }> {
    const { keys, mirror } = setup();
    let [published, missing] = [0, 0];
    const publishing = runs.map(async (run) => {
      for (let i = 0; i < 200; i++) {
        const { gap } = await insist(mirror, { run, events: events(run, i * 5 + 1, i * 5 + 5) });
        published += 1;
        if (gap) missing += gap.first - gap.after - 1;
      }
    });
    for (const moment of [100, 300, 500]) {
      await until('published so far', () => published >= moment);
      await server.kill();
      await until('noticed', () => !mirror.available());
      await server.up();
    }
    await Promise.all(publishing);
    await until('connected again', () => redis.status === 'ready');
    return { stream: await inStream(redis, keys), missing };
  }
  const runs = ['a', 'b', 'c', 'd'];

  it('killed in the middle of publishing and back: every event once, in order, if Redis writes before it answers', async () => {
    server.fsync = 'always';
    await redis.config('SET', 'appendfsync', 'always');
    const { stream } = await publishThroughKills(runs);
    for (const run of runs) expect(seqs(stream, run)).toEqual(upTo(1000));
  });

  // While a background fsync runs, `everysec` keeps what it has already acknowledged in memory, up to 2 s.
  it('with everysec it may lose what it had acknowledged: no event twice, in order, and every gap is reported', async () => {
    server.fsync = 'everysec';
    await redis.config('SET', 'appendfsync', 'everysec');
    const { stream, missing } = await publishThroughKills(runs);
    const found = runs.flatMap((run) => {
      const numbers = seqs(stream, run);
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      return numbers;
    });
    expect(found.length + missing).toBe(4_000);
  });

  it('is known to be away: publishing fails at once, and works again soon after it is back', async () => {
    const { mirror } = setup();
    await server.kill();
    const batch = { run: 'r', events: events('r', 1, 1) };
    for (let i = 0; i < 4; i++) await expect(mirror.publish(batch)).rejects.toThrow(RedisUnavailable);
    await expect(mirror.publish(batch)).rejects.toThrow('known to be away');
    await server.up();
    await until('published', () =>
      mirror.publish(batch).then(
        () => true,
        () => false,
      ),
    );
  });

  it('that hangs is known to be away, also while it is tried again', async () => {
    const { keys, mirror } = setup();
    server.pause();
    const batch = { run: 'r', events: events('r', 1, 1) };
    const answers = await Promise.allSettled([1, 2, 3].map(() => mirror.publish(batch)));
    expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
    // The breaker half-opens at least once in this time.
    for (const end = Date.now() + 3_000; Date.now() < end; await delay(20))
      await expect(mirror.publish(batch)).rejects.toThrow('known to be away');
    server.resume();
    await insist(mirror, batch);
    // Commands sent while it hung were done when it went on: still once.
    await delay(100);
    expect(seqs(await inStream(redis, keys), 'r')).toEqual([1]);
  });

  it('lets the wait be ended from outside', async () => {
    const { mirror } = setup();
    server.pause();
    const cancel = new AbortController();
    const publishing = mirror.publish({ run: 'r', events: events('r', 1, 1) }, cancel.signal);
    setTimeout(() => cancel.abort(new Error('cancelled')), 50);
    await expect(publishing).rejects.toThrow('cancelled');
    server.resume();
    await until('published', () =>
      mirror.publish({ run: 'r', events: events('r', 1, 1) }).then(
        () => true,
        () => false,
      ),
    );
  });
});

describe('faults between the publisher and Redis', () => {
  const quick = { failures: 3, halfOpenAfter: 5, timeLimit: 15 };
  const through = (port: ReturnType<typeof faulty>, keys: ReturnType<typeof createKeys>) =>
    createMirror({ redis: port, keys, validate, log: silent, gate: createGate(port, silent, quick) });

  it('a publish that succeeds and reports failure, in 10 % of 10,000 events: exactly 10,000', async () => {
    const { keys } = setup();
    const port = faulty(redis, () => (Math.random() < 0.1 ? 'after' : 'works'));
    const patient = { ...quick, timeLimit: 1_500 };
    const mirror = createMirror({ redis: port, keys, validate, log: silent, gate: createGate(port, silent, patient) });
    const runs = Array.from({ length: 20 }, (_, i) => `run${i}`);
    await Promise.all(
      runs.map(async (run) => {
        for (let seq = 1; seq <= 500; seq++) await insist(mirror, { run, events: events(run, seq, seq) }, 1);
      }),
    );
    const stream = await inStream(redis, keys);
    expect(stream).toHaveLength(10_000);
    expect(new Set(stream.map((event) => event.event_id)).size).toBe(10_000);
    for (const run of runs) expect(seqs(stream, run)).toEqual(upTo(500));
  });

  it('of any kind and in any order: every event once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.constantFrom<Fault>(...FAULTS), { maxLength: 12 }),
        async (sizes, faults) => {
          const { keys } = setup();
          const queue = [...faults];
          const mirror = through(
            faulty(redis, () => queue.shift() ?? 'works'),
            keys,
          );
          let seq = 0;
          for (const size of sizes) {
            await insist(mirror, { run: 'r', events: events('r', seq + 1, seq + size) });
            seq += size;
          }
          await delay(faults.includes('late') ? 35 : 0);
          expect(seqs(await inStream(redis, keys), 'r')).toEqual(upTo(seq));
        },
      ),
      { numRuns: 60 },
    );
  });
});

it('says once that Redis takes no events, however often it is asked, and once that it takes them again', async () => {
  const { keys } = setup();
  const lines: { level: number; msg: string }[] = [];
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line) as (typeof lines)[0]) });
  const mirror = createMirror({ redis, keys, validate, log });
  const batch = { run: 'r', events: events('r', 1, 2) };
  await redis.config('SET', 'maxmemory', '1');
  try {
    for (let i = 0; i < 4; i++) await expect(mirror.publish(batch)).rejects.toThrow('OOM');
  } finally {
    await redis.config('SET', 'maxmemory', '0');
  }
  for (let i = 0; i < 2; i++) await mirror.publish(batch);
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
    [40, 'Redis answers but takes no events (out of memory or disk, or read-only): they wait in their runs'],
    [30, 'Redis takes events again'],
  ]);
});
