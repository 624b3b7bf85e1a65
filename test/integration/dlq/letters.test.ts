/** The dead letters of events and of tasks, which lie in two streams, are read as one. */
import fc from 'fast-check';
import { createDlqReader } from '../../../src/dlq/reader';
import { compareLetters } from '../../../src/dlq/matches';
import { removeStaleTasks } from '../../../src/dlq/stale';
import type { Redis } from '../../../src/redis/connection';
import type { Keys } from '../../../src/redis/keys';
import type { PlatformEvent } from '../../../schemas/envelope';
import { mendIds } from '../../../src/streams/mend';
import { createMirror } from '../../../src/streams/mirror';
import { uniqueNamespace } from '../../setup/servers';
import { silent } from '../own-redis';
import { die, keysOf, letter, openRedis } from './fixture';

let redis: Redis;
let keys: Keys;
beforeAll(async () => ({ redis } = await openRedis()));
beforeEach(() => (keys = keysOf(uniqueNamespace('dlq'))));
afterAll(() => redis.disconnect());

const reader = () => createDlqReader({ redis, keys, log: silent });

/** An event of a job of its own, the last but one of a failed execution or the first of the next. */
const told = (seq: number, event_type: string, job_id = 'J-1'): PlatformEvent => ({
  ...{ event_id: `${job_id}-${seq}`, event_type, schema_version: 1, source: 'awe.job', correlation_id: 'c', seq },
  ...{ occurred_at: '2026-01-05T08:00:00.000Z', causation_id: null, subject: { kind: 'job', id: job_id } },
  payload: {
    ...{ job_id, run: `n.job.${job_id}`, step: 'fetch', rounds: 3, attempts: 4, recoveries: 2 },
    ...{
      error: { type: 'http.status_503', message: 'answered 503' },
      input: { $ref: `sha256:${'0'.repeat(64)}`, bytes: 1 },
    },
  },
});
const mirror = () => createMirror({ redis, keys, validate: () => ({ ok: true }), log: silent });
const publish = (seq: number, event_type: string, job_id = 'J-1') =>
  mirror().publish({ run: `n.job.${job_id}`, events: [told(seq, event_type, job_id)] });
const listed = async (filter = {}) => (await reader().list(filter, { limit: 100 })).entries;

test('a list and a selection go through both, whatever their ids', async () => {
  const id = fc.record({
    ofTask: fc.boolean(),
    ms: fc.integer({ min: 1, max: 6 }),
    seq: fc.integer({ min: 0, max: 3 }),
  });
  const all = fc.uniqueArray(id, { selector: ({ ofTask, ms, seq }) => `${ofTask}${ms}-${seq}`, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(all, fc.integer({ min: 1, max: 7 }), async (letters, limit) => {
      keys = keysOf(uniqueNamespace('dlq'));
      const names = letters
        .map(({ ofTask, ms, seq }) => `${ofTask ? 'task:' : ''}${ms}-${seq}`)
        .sort((a, b) => compareLetters(a, b));
      for (const name of names) {
        const [stream, entry] = name.startsWith('task:') ? [keys.deadTasks, name.slice(5)] : [keys.dlq, name];
        await redis.xadd(stream, entry, 'event', JSON.stringify(letter(keys, name)));
      }
      const found: string[] = [];
      for (let before: string | undefined, more = true; more;) {
        const page = await reader().list({}, { limit, before });
        found.push(...page.entries.map((entry) => entry.id));
        expect(page.depth).toBe(names.length);
        before = page.before;
        more = before !== undefined;
      }
      expect(found).toEqual([...names].reverse());
      const selected: string[] = [];
      for (let position: unknown, more = true; more;) {
        const page = await reader().select({}, { most: limit, position: position as never });
        selected.push(...page.ids);
        expect(page.ids.length).toBeLessThanOrEqual(limit);
        position = page.next;
        more = position !== undefined;
      }
      expect(selected).toEqual([
        ...names.filter((n) => !n.startsWith('task:')),
        ...names.filter((n) => n.startsWith('task:')),
      ]);
    }),
    { numRuns: 25 },
  );
});

test('the stage tells them apart, and each is found by its id', async () => {
  await die(redis, keys, [letter(keys, 'e-1')]);
  await publish(1, 'TASK.DEAD_LETTERED');
  const [task, event] = await listed();
  expect(task).toMatchObject({
    id: expect.stringMatching(/^task:\d+-\d+$/),
    letter: { stage: 'task', event_type: 'TASK.DEAD_LETTERED', deliveries: 3, error: { class: 'http.status_503' } },
  });
  expect(event).toMatchObject({ letter: { stage: 'handler', event_id: 'e-1' } });
  expect(await listed({ stage: 'task' })).toEqual([task]);
  expect(await listed({ stage: 'handler' })).toEqual([event]);
  expect(await listed({ ids: [task!.id, event!.id, 'task:1-1'] })).toEqual([task, event]);
  expect(await reader().get(task!.id)).toEqual(task);
  expect(await reader().select({ ids: [task!.id, 'task:1-1'] }, { most: 5 })).toMatchObject({
    ids: [task!.id],
    missing: ['task:1-1'],
  });
});

test('a job has one dead task, however often its events are published, and none once it goes on', async () => {
  await publish(1, 'TASK.DEAD_LETTERED');
  await publish(1, 'TASK.DEAD_LETTERED');
  await publish(2, 'JOB.FAILED');
  await publish(1, 'TASK.DEAD_LETTERED', 'J-2');
  expect(await listed()).toHaveLength(2);
  await publish(3, 'JOB.CHANGE_REQUESTED');
  expect((await listed()).map((one) => one.letter.event_id)).toEqual(['J-2-1']);
  await publish(4, 'TASK.DEAD_LETTERED');
  expect((await listed()).map((one) => one.letter.event_id)).toEqual(['J-1-4', 'J-2-1']);
});

test('they are rebuilt with the events, and a stream that takes no letter takes events still', async () => {
  const events = [told(1, 'TASK.DEAD_LETTERED'), told(2, 'JOB.FAILED')];
  const run = 'n.job.J-1';
  await mirror().publish({ run, events, ended: true });
  const [before] = await listed();
  await redis.del(keys.events, keys.deadTasks, keys.deadTaskOf, keys.mirror, keys.mirrorEnded);
  await mirror().publish({ run, events, ended: true });
  expect((await listed()).map(({ letter: one }) => one)).toEqual([before?.letter]);
  await redis.del(keys.events, keys.deadTasks, keys.deadTaskOf, keys.mirror, keys.mirrorEnded);
  await mirror().publish({ run, events: [...events, told(3, 'JOB.CHANGE_REQUESTED')] });
  expect(await listed()).toEqual([]);

  await redis.xadd(keys.deadTasks, '18446744073709551615-18446744073709551615', 'event', 'forged');
  expect(await publish(1, 'TASK.DEAD_LETTERED', 'J-2')).toMatchObject({ added: 1 });
  expect(await publish(1, 'TASK.DEAD_LETTERED', 'J-2')).toMatchObject({ repeated: 1 });
  expect(await redis.hlen(keys.deadTaskOf)).toBe(0);
  expect(await mendIds(redis, keys)).toBe(1);
  await publish(2, 'TASK.DEAD_LETTERED', 'J-2');
  expect((await listed({ stage: 'task' })).map(({ letter: one }) => one.event_id)).toEqual(['J-2-2']);
});

test('a letter whose job was deleted is removed', async () => {
  for (const job of ['J-1', 'J-2', 'J-3']) await publish(1, 'TASK.DEAD_LETTERED', job);
  await redis.xadd(keys.deadTasks, '*', 'event', JSON.stringify(letter(keys, 'x', { stage: 'task', raw: '{' })));
  const store = { stat: async (path: string) => (path.includes('J-2') ? undefined : { bytes: 1 }) };
  const parts = { redis, keys, store: store as never, namespace: 'n', log: silent };
  expect(await removeStaleTasks(parts)).toBe('-');
  expect((await listed()).map((one) => one.letter.event_id)).toEqual(['x', 'J-3-1', 'J-1-1']);
  expect(await redis.hkeys(keys.deadTaskOf)).toEqual(['n.job.J-1', 'n.job.J-3']);
});
