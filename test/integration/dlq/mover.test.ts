import fc from 'fast-check';
import { createDlqMover } from '../../../src/dlq/mover';
import type { DlqMove, DlqMovePort } from '../../../src/dlq/move';
import { createDlqReader } from '../../../src/dlq/reader';
import { readRedrives } from '../../../src/dlq/redriven';
import { RedisUnavailable } from '../../../src/redis/errors';
import { createGate } from '../../../src/redis/gate';
import type { Redis } from '../../../src/redis/connection';
import type { Keys } from '../../../src/redis/keys';
import { uniqueNamespace } from '../../setup/servers';
import { faulty, FAULTS, type Fault } from '../mirror-fixture';
import { silent, sleep } from '../own-redis';
import { dead, die, event, expected, idsInStream, keysOf, letter, openRedis } from './fixture';

let redis: Redis;
let keys: Keys;
beforeAll(async () => ({ redis } = await openRedis()));
beforeEach(() => (keys = keysOf(uniqueNamespace('dlq'))));
afterAll(() => redis.disconnect());

const reader = () => createDlqReader({ redis, keys, log: silent });
/** no letter of these tests is that of a task */
const retry = () => Promise.reject(new Error('there is no task here'));
const mover = () => createDlqMover({ redis, keys, log: silent, retry });
const page = (ids: string[], more: Partial<DlqMove> = {}): DlqMove => ({
  operation: 'ns.operations.1',
  page: 0,
  what: 'redrive',
  by: 'o.martin',
  ids,
  ...more,
});

describe('looking at dead letters', () => {
  test('the full record is there, with the event as it was', async () => {
    const record = letter(keys, 'e-1', { redrives: 2, redriven_by: 'm.durand' });
    const [id = ''] = await die(redis, keys, [record]);
    const stored = await reader().get(id);
    expect(stored).toEqual({ id, at: expect.any(String), letter: record });
    expect(await reader().get('1-1')).toBeUndefined();
  });

  test('the newest come first, page by page, and a filter holds on every page', async () => {
    const letters = Array.from({ length: 50 }, (_, i) =>
      letter(keys, `e-${i}`, i % 2 === 0 ? { group: 'validators', stage: 'schema' } : {}),
    );
    await die(redis, keys, letters);
    const found: (string | null)[] = [];
    for (let before: string | undefined; ;) {
      const { entries, before: next, depth } = await reader().list({ group: 'validators' }, { limit: 7, before });
      expect(depth).toBe(50);
      found.push(...entries.map((entry) => entry.letter.event_id));
      if (next === undefined) break;
      before = next;
    }
    expect(found).toEqual(
      expected(50)
        .filter((_, i) => i % 2 === 0)
        .reverse(),
    );
  });

  test('filters by type, stage, error and time', async () => {
    const at = (i: number) => `${1_767_600_000_000 + i * 1_000}-0`;
    await die(
      redis,
      keys,
      [
        letter(keys, 'e-0', { event_type: null, event_id: null, stage: 'parse', group: null, raw: '{' }),
        letter(keys, 'e-1', { error: { class: 'poison', message: 'killed its consumer' } }),
        letter(keys, 'e-2'),
      ],
      at,
    );
    const ids = async (filter: object) => (await reader().list(filter, { limit: 10 })).entries.map(({ id }) => id);
    expect(await ids({ stage: 'parse' })).toEqual([at(0)]);
    expect(await ids({ error_class: 'poison' })).toEqual([at(1)]);
    expect(await ids({ event_type: 'WORK.ITEM_DISPATCHED' })).toEqual([at(2), at(1)]);
    expect(await ids({ after: new Date(1_767_600_001_000).toISOString() })).toEqual([at(2), at(1)]);
    expect(await ids({ before: new Date(1_767_600_001_000).toISOString() })).toEqual([at(0)]);
    expect(await ids({ ids: [at(2), '5-5'] })).toEqual([at(2)]);
  });

  test('what anybody else has written there is shown, never redriven, and can be discarded', async () => {
    const id = (await redis.xadd(keys.dlq, '*', 'note', 'hello')) ?? '';
    expect((await reader().get(id))?.letter).toMatchObject({
      raw: '["note","hello"]',
      error: { class: 'dlq.unreadable' },
    });
    const [line] = await mover().move(page([id]));
    expect(line).toMatchObject({ outcome: 'failed', why: expect.stringContaining('not the record of a dead letter') });
    expect(await redis.xlen(keys.dlq)).toBe(1);
    expect(await mover().move(page([id], { page: 1, what: 'discard' }))).toMatchObject([{ outcome: 'done' }]);
    expect(await redis.xlen(keys.dlq)).toBe(0);
  });

  test('a selection ends with what was there when it began', async () => {
    await dead(redis, keys, 30);
    const first = await reader().select({}, { most: 20 });
    await dead(redis, keys, 30, 'late');
    const second = await reader().select({}, { most: 20, position: first.next });
    expect([first.ids.length, second.ids.length, second.next]).toEqual([20, 10, undefined]);
  });
});

describe('a redrive', () => {
  test('puts the same bytes back, also those that are no UTF-8, in the order of the dead letters', async () => {
    const bytes = Buffer.from([0xff, 0x00, 0x7b, 0x80, 0x0a]);
    const ids = await die(redis, keys, [
      letter(keys, 'e-0', { raw: bytes.toString('base64'), encoding: 'base64', event_id: null, event_type: null }),
      letter(keys, 'e-1'),
    ]);
    expect(await mover().move(page(ids))).toMatchObject([{ outcome: 'done' }, { outcome: 'done', event_id: 'e-1' }]);
    const [first, second] = await redis.xrangeBuffer(keys.events, '-', '+');
    expect(first?.[1]?.[1]).toEqual(bytes);
    expect(second?.[1]?.[1]?.toString()).toBe(JSON.stringify(event('e-1')));
    expect(await redis.xlen(keys.dlq)).toBe(0);
  });

  test('keeps its count when the event dies again, and says by whom', async () => {
    for (const [n, by] of ['o.martin', 'm.durand'].entries()) {
      const known = await readRedrives(redis, keys, letter(keys, 'e-0'));
      const ids = await die(redis, keys, [letter(keys, 'e-0', known)]);
      await mover().move(page(ids, { page: n, by }));
      expect(await readRedrives(redis, keys, letter(keys, 'e-0'))).toEqual({ redrives: n + 1, redriven_by: by });
    }
    // a record from elsewhere may hold more
    const ids = await die(redis, keys, [letter(keys, 'e-0', { redrives: 9 })]);
    await mover().move(page(ids, { page: 2 }));
    expect((await readRedrives(redis, keys, letter(keys, 'e-0'))).redrives).toBe(10);
    expect(await redis.ttl(keys.redriven('e-0'))).toBeGreaterThan(29 * 86_400);
  });

  test('of an event for another stream is refused with words', async () => {
    const ids = await die(redis, keys, [letter(keys, 'e-0', { stream: 'other:events' })]);
    const [line] = await mover().move(page(ids));
    expect(line).toMatchObject({ outcome: 'failed', why: expect.stringContaining('other:events') });
    expect([await redis.xlen(keys.dlq), await redis.xlen(keys.events)]).toEqual([1, 0]);
  });

  test('of the same 1,000 by two at once does each once, and each line says who did it', async () => {
    const ids = await dead(redis, keys, 1_000);
    const other = (await openRedis()).redis;
    const movers = [mover(), createDlqMover({ redis: other, keys, log: silent, retry })];
    const lines = await Promise.all(movers.map((one, i) => one.move(page(ids, { operation: `op-${i}` }))));
    other.disconnect();
    expect((await idsInStream(redis, keys)).sort()).toEqual(expected(1_000).sort());
    const done = lines.map((list) => list.filter(({ outcome }) => outcome === 'done').length);
    const skipped = lines.map((list) => list.filter(({ outcome }) => outcome === 'skipped').length);
    expect((done[0] ?? 0) + (done[1] ?? 0)).toBe(1_000);
    expect((skipped[0] ?? 0) + (skipped[1] ?? 0)).toBe(1_000);
  });

  test('again, of the same page, says the same and does nothing', async () => {
    const ids = await dead(redis, keys, 20);
    const first = await mover().move(page(ids));
    const second = await mover().move(page(ids));
    expect(second.map(({ outcome }) => outcome)).toEqual(first.map(({ outcome }) => outcome));
    expect(await redis.xlen(keys.events)).toBe(20);
  });

  test('fails before it has changed anything where a key has a wrong type', async () => {
    const ids = await dead(redis, keys, 1);
    await redis.set(keys.events, 'no stream');
    await expect(mover().move(page(ids))).rejects.toMatchObject({ name: 'RedisRefused' });
    expect(await redis.xlen(keys.dlq)).toBe(1);
  });

  test('through any faults, by two at once, does each once, and counts each once', async () => {
    const fault = fc.constantFrom<Fault>(...FAULTS);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { maxLength: 40 }),
        fc.array(fault, { maxLength: 40 }),
        fc.integer({ min: 1, max: 12 }),
        async (first, second, n) => {
          keys = keysOf(uniqueNamespace('dlqp'));
          const ids = await dead(redis, keys, n);
          const lines = await Promise.all(
            [first, second].map((faults, i) => tillDone(withFaults(faults), page(ids, { operation: `op-${i}` }))),
          );
          await sleep(40); // a call that is done late
          expect((await idsInStream(redis, keys)).sort()).toEqual(expected(n).sort());
          expect(await redis.xlen(keys.dlq)).toBe(0);
          expect(lines.flat().filter(({ outcome }) => outcome === 'done')).toHaveLength(n);
          expect(lines.flat().filter(({ outcome }) => outcome === 'skipped')).toHaveLength(n);
        },
      ),
      { numRuns: 40 },
    );
  });

  /** A port whose calls have these faults, and then none. */
  function withFaults(faults: Fault[]): DlqMovePort {
    const left = [...faults];
    const port = faulty(redis, () => left.shift() ?? 'works', 20) as DlqMovePort;
    return Object.assign(port, { xrange: redis.xrange.bind(redis) });
  }

  /** As Temporal does: the same page again until it works. */
  async function tillDone(port: DlqMovePort, move: DlqMove) {
    const gate = createGate(port, silent, { failures: 1_000, timeLimit: 10 });
    const one = createDlqMover({ redis: port, keys, log: silent, retry, gate });
    for (;;) {
      try {
        return await one.move(move);
      } catch (error) {
        if (!(error instanceof RedisUnavailable)) throw error;
      }
    }
  }
});

test('a discard removes, and puts nothing back', async () => {
  const ids = await dead(redis, keys, 3);
  const lines = await mover().move(page(ids.slice(0, 2), { what: 'discard' }));
  expect(lines.map(({ event_id, outcome }) => [event_id, outcome])).toEqual([
    ['e-0', 'done'],
    ['e-1', 'done'],
  ]);
  expect([await redis.xlen(keys.dlq), await redis.xlen(keys.events)]).toEqual([1, 0]);
});
