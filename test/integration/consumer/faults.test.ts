/** RELIABILITY.md 5, 8 and 9 in short, and faults in any order. `make chaos` has the long forms. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Redis } from '../../../src/redis/connection';
import { createRedis } from '../../../src/redis/connection';
import { createEventValidator } from '../../../src/contracts/validators';
import { parseForeignEvent } from '../../../src/contracts/foreign';
import { DeadLetter } from '../../../src/streams/dead-letter';
import { validatorFor } from '../../../src/contracts/validators';
import {
  commandOptions,
  consumerDefaults,
  consumerOptions,
  Refused,
  type ConsumerParts,
  type Entry,
} from '../../../src/streams/consumer';
import { FAULTS, type Fault } from '../mirror-fixture';
import { OwnRedis, silent, sleep, until } from '../own-redis';
import { Bench } from './fixture';
import { createProxy } from '../../support/proxy';

let server: OwnRedis;
let redis: Redis;
let bench: Bench;

beforeAll(async () => {
  server = await OwnRedis.start();
  redis = await server.ready();
});
afterAll(() => server.end());
beforeEach(() => void (bench = new Bench(server, redis)));
afterEach(() => bench.stop());

const numbers = (n: number) => Array.from({ length: n }, (_, i) => String(i + 1));

it('5: reads again after resets and black holes, and everything is handled', async () => {
  const proxy = await createProxy(server.port);
  const url = `redis://127.0.0.1:${proxy.port}`;
  const seen = new Set<string>();
  const shared = createRedis({ url, name: 'shared', log: silent }, commandOptions);
  bench.consumer((entry) => void seen.add(String(entry.raw)), {
    redis: shared,
    connect: () => createRedis({ url, name: 'reader', log: silent }, consumerOptions),
    settings: { block: consumerDefaults.block, grace: consumerDefaults.grace },
  });
  let sent = 0;
  let worst = 0;
  const heals = async () => {
    const started = Date.now();
    const last = String(++sent);
    await bench.add(last);
    await until('reading again', () => seen.has(last), 60_000);
    worst = Math.max(worst, Date.now() - started);
  };
  await heals();
  for (let i = 0; i < 30; i++) {
    await bench.add(...Array.from({ length: 5 }, () => String(++sent)));
    await sleep(i % 5);
    proxy.reset();
    await heals();
  }
  for (let i = 0; i < 2; i++) {
    proxy.swallow(true);
    await bench.add(String(++sent));
    await sleep(300);
    proxy.swallow(false);
    await heals();
  }
  await until('settled', () => bench.settled(), 60_000);
  expect(seen.size).toBe(sent);
  expect(await bench.letters()).toEqual([]);
  process.stdout.write(`reading again after at most ${worst} ms\n`);
  await bench.stop();
  shared.disconnect();
  proxy.close();
});

it('8: 1,000 malformed among 10,000 good: each good one handled once, each malformed one in the dead letters', async () => {
  const validator = createEventValidator();
  const handled: string[] = [];
  const good = (i: number) => ({
    event_id: `good-${i}`,
    event_type: 'WORK.ITEM_DISPATCHED',
    payload: { project_id: 'P', backlog_item_id: 'cost', item_type: 'AGENT_TASK', agent_target: 'cost_worker' },
  });
  const bad = (i: number) =>
    [
      `{"event_id":"bad-${i}"`,
      { ...good(0), event_id: `bad-${i}`, payload: { project_id: 'P' } },
      { ...good(0), event_id: `bad-${i}`, event_type: 'NOT.KNOWN' },
      Buffer.from([0xc3, 0x28, i & 0xff, i >> 8]),
    ][i % 4];
  const handle = ({ raw, id }: Entry) => {
    const checked = parseForeignEvent(raw ?? '', id, validator);
    if (!checked.ok) throw new Refused(checked.stage, 'contract.breach', 'it breaks its contract', checked.errors);
    handled.push(checked.value.event_id);
  };
  for (let i = 0; i < 3; i++) bench.consumer(handle);
  for (let i = 0; i < 10_000; i += 1_000) {
    const entries: unknown[] = Array.from({ length: 1_000 }, (_, k) => good(i + k));
    for (let k = 0; k < 100; k++) entries.splice((k * 11) % entries.length, 0, bad(i / 10 + k));
    await bench.add(...entries.map((e) => (typeof e === 'string' || Buffer.isBuffer(e) ? e : JSON.stringify(e))));
  }
  await until('settled', () => bench.settled(), 60_000);
  expect(handled.length).toBe(10_000);
  expect(new Set(handled).size).toBe(10_000);
  const letters = await bench.letters();
  expect(letters).toHaveLength(1_000);
  expect(new Set(letters.map(({ entry_id }) => entry_id)).size).toBe(1_000);
  const isLetter = validatorFor(DeadLetter);
  for (const letter of letters) {
    expect(isLetter(letter)).toMatchObject({ ok: true });
    expect(letter).toMatchObject({ group: 'workers', deliveries: 1, stream: bench.keys.events });
    expect(letter.errors.length).toBeGreaterThan(0);
  }
});

it('9: an entry that kills its process goes to the dead letters after 5 deliveries; the others are not starved', async () => {
  const prefix = bench.keys.events.replace(':events', '');
  await bench.add(...numbers(100), 'poison', ...numbers(300).slice(100));
  const hook = join(__dirname, '../../support/ts-hook.cjs');
  const child = join(__dirname, 'child.ts');
  let deaths = 0;
  let last: ChildProcess | undefined;
  let over = false;
  const live = (n: number) => {
    last = spawn(process.execPath, ['-r', hook, child, server.url, prefix, `child-${n}`], { stdio: 'ignore' });
    last.on('exit', () => {
      if (over) return;
      deaths += 1;
      live(n + 1);
    });
  };
  live(1);
  await until('the others are done', async () => (await redis.hlen(`${prefix}:done`)) === 300, 60_000);
  await until('given up', async () => (await bench.letters()).length === 1, 60_000);
  over = true;
  await until('settled', () => bench.settled());
  last?.kill('SIGKILL');
  expect(await bench.letters()).toMatchObject([{ raw: 'poison', error: { class: 'entry.poison' }, deliveries: 5 }]);
  expect(deaths).toBe(5);
});

it('a heartbeat while an attempt begins does not take the count of that attempt back', async () => {
  const slowly = async <T>(call: () => Promise<T>): Promise<T> => await call().finally(() => sleep(60));
  const counted: number[] = [];
  bench.consumer(
    async () => {
      const [held] = (await redis.xpending(bench.keys.events, bench.group, '-', '+', 1)) as [
        [string, string, number, number],
      ];
      counted.push(held[3]);
      if (counted.length < 4) throw new Error('not yet');
    },
    { redis: wrapped(redis, slowly, ['evalsha', 'callBuffer']), settings: { minIdle: 30 } },
  );
  await bench.add('1');
  await until('settled', () => bench.settled());
  expect(counted).toEqual([1, 2, 3, 4]);
});

it('whatever fails in whatever order: each entry is handled or given up, none is lost, none is given up early', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...FAULTS), { maxLength: 60 }),
      fc.array(fc.constantFrom(...FAULTS), { maxLength: 60 }),
      async (redisFaults, handlerFaults) => {
        const round = new Bench(server, redis);
        const done = new Set<string>();
        const failures = new Map<string, number>();
        const next = (list: Fault[]) => {
          const left = [...list];
          return () => left.shift() ?? 'works';
        };
        const through = faults(next(redisFaults));
        const handlerFault = next(handlerFaults);
        const handle = async ({ raw }: Entry) => {
          const fault = handlerFault();
          const work = () => void done.add(String(raw));
          const fails = () => void failures.set(String(raw), (failures.get(String(raw)) ?? 0) + 1);
          if (fault === 'before') throw (fails(), new Error('before'));
          if (fault === 'hangs') return await (fails(), new Promise<void>(() => {}));
          if (fault === 'late') return await (fails(), sleep(130).then(work));
          work();
          if (fault === 'after') throw (fails(), new Error('after'));
        };
        const parts: Partial<ConsumerParts> = {
          redis: wrapped(redis, through, ['evalsha', 'eval', 'callBuffer', 'xack', 'xpending', 'xautoclaim']),
          connect: () => wrapped(server.connect('faulty', consumerOptions), through, ['xreadgroupBuffer']),
          settings: { block: 40, grace: 60, minIdle: 400, handlerLimit: 80, retryDelay: 5, parallel: 4, attempts: 4 },
        };
        const all = numbers(25);
        await round.add(...all);
        round.consumer(handle, parts);
        round.consumer(handle, parts);
        await until('settled', async () => await round.settled().catch(() => false), 60_000);
        await round.stop();
        const dead = (await round.letters()).map(({ raw }) => raw);
        expect(new Set(dead).size).toBe(dead.length);
        for (const one of all) if (!dead.includes(one)) expect(done).toContain(one);
        // a delivery whose answer was lost counts as one
        for (const one of dead) expect(failures.get(one) ?? 0).toBeGreaterThanOrEqual(2);
      },
    ),
    { numRuns: Number(process.env['AWE_PROPERTY_RUNS'] ?? 15), endOnFailure: true },
  );
});

/** Calls that fail as instructed. */
function faults(next: () => Fault) {
  return async <T>(call: () => Promise<T>): Promise<T> => {
    const fault = next();
    if (fault === 'before') throw new Error('connect ECONNREFUSED');
    if (fault === 'hangs') return await new Promise<T>(() => {});
    if (fault === 'late') return await sleep(80).then(call);
    const result = await call();
    if (fault === 'after') throw new Error('read ECONNRESET');
    return result;
  };
}

/** A connection that sends some commands through `through`. */
function wrapped(redis: Redis, through: ReturnType<typeof faults>, names: string[]): Redis {
  return new Proxy(redis, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (typeof member !== 'function') return member;
      const bound = (member as (...args: unknown[]) => Promise<unknown>).bind(target);
      return names.includes(String(name)) ? (...args: unknown[]) => through(() => bound(...args)) : bound;
    },
  });
}
