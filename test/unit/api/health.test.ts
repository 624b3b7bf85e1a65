import { createHealth } from '../../../api/service/health';
import { DocumentError, type DocumentStore } from '../../../src/documents/port';
import type { StreamsState } from '../../../src/streams/state';
import type { StuckRun } from '../../../src/temporal/stuck';

const group = { group: 'validators', lag: 0, pending: 0, oldest_seconds: null, deliveries: 0, consumers: 1, lost: 0 };
const sound: StreamsState = {
  events: 5,
  ahead_seconds: 0,
  groups: [group],
  dlq: { entries: 0, oldest_seconds: null, moved: 0, tasks: 0, tasks_oldest_seconds: null },
};

const healthOf = (streams: StreamsState | undefined, stuck: StuckRun[] = []) =>
  createHealth({
    temporal: { answers: async () => true, pollers: async () => 1 },
    store: { create: async () => 'created', remove: async () => undefined, free: async () => undefined },
    redis: async () => true,
    deserted: async () => new Set(),
    streams: async () => streams,
    stuck: () => stuck,
  });
const lineOf = async (streams: StreamsState, name: string) =>
  (await healthOf(streams).states()).find((line) => line.name === name);

test('all is up where events arrive and groups keep up', async () => {
  expect((await healthOf(sound).states()).filter(({ state }) => state !== 'up')).toEqual([]);
});

test('a group that ages is not up, whether its entries were delivered or not', async () => {
  const behind = { ...sound, groups: [{ ...group, lag: 25, oldest_seconds: 61 }] };
  expect(await lineOf(behind, 'group:validators')).toMatchObject({
    state: 'down',
    detail: expect.stringMatching(/oldest 61 s old/),
  });
  const busy = { ...sound, groups: [{ ...group, lag: 25, oldest_seconds: 5 }] };
  expect(await lineOf(busy, 'group:validators')).toMatchObject({ state: 'up' });
});

test('an id that lies ahead is not up, and the remedy is named', async () => {
  expect(await lineOf({ ...sound, ahead_seconds: 1e16 }, 'stream')).toMatchObject({
    state: 'down',
    detail: expect.stringContaining('awe events rebuild'),
  });
});

test('dead letters that had to be moved are an alarm', async () => {
  const many = {
    ...sound,
    dlq: { entries: 10_000, oldest_seconds: 5, moved: 40_000, tasks: 0, tasks_oldest_seconds: null },
  };
  expect(await lineOf(many, 'dlq')).toMatchObject({ state: 'down', detail: expect.stringMatching(/40000 older ones/) });
});

test('a run that stands still is told of, with its reason, and requests are taken all the same', async () => {
  const run = { workflow_id: 'awe.order.1', process: 'order', since: '2026-01-05T08:00:00.000Z', attempts: 7 };
  const health = healthOf(sound, [{ ...run, reason: 'the code of the workers does not fit it' }]);
  expect((await health.states()).find(({ name }) => name === 'runs')).toEqual({
    name: 'runs',
    state: 'down',
    detail:
      '1 run stuck; awe.order.1 stands still since 2026-01-05T08:00:00.000Z, 7 attempts: ' +
      'the code of the workers does not fit it',
  });
  expect(await health.obstacles()).toEqual([]);
});

test('none of it is a reason to take no requests', async () => {
  const worst = { ...sound, ahead_seconds: 1e16, groups: [{ ...group, oldest_seconds: 1e6 }] };
  expect(await healthOf(worst).obstacles()).toEqual([]);
});

test('a probe is answered from a snapshot, whatever takes long by now', async () => {
  let slow = false;
  const hang = () => new Promise<never>(() => undefined);
  const { states } = createHealth({
    temporal: { answers: () => (slow ? hang() : Promise.resolve(true)), pollers: async () => 1 },
    store: { create: async () => 'created', remove: hang, free: async () => undefined },
    redis: async () => true,
    deserted: async () => new Set(),
    streams: async () => sound,
    stuck: () => [],
  });
  await states();
  slow = true;
  const now = jest.spyOn(Date, 'now');
  now.mockReturnValue(Date.now() + 5_000);
  expect((await states())[0]).toEqual({ name: 'temporal', state: 'up' });
  now.mockReturnValue(Date.now() + 60_000);
  expect((await states())[0]).toMatchObject({ state: 'unknown', detail: expect.stringContaining('up 65 s ago') });
  now.mockRestore();
});

const MiB = 1024 * 1024;

/** What stands in the way of requests, with a store of which everything else is well. */
async function obstacles(store: Partial<DocumentStore>): Promise<string[]> {
  const health = createHealth({
    temporal: { answers: async () => true, pollers: async () => 1 },
    redis: async () => true,
    deserted: async () => new Set(),
    streams: async () => undefined,
    stuck: () => [],
    store: { create: async () => 'created', remove: async () => undefined, free: async () => 1_000 * MiB, ...store },
  });
  return await health.obstacles();
}

it('nothing stands in the way with room on the disk, or where the store has no such limit', async () => {
  expect(await obstacles({})).toEqual([]);
  expect(await obstacles({ free: async () => undefined })).toEqual([]);
});

it('a disk that is full, or nearly so, is called by its name', async () => {
  const full = () => Promise.reject(new DocumentError('full', 'no room'));
  expect(await obstacles({ create: full })).toEqual(['document_store: its disk is full: make room']);
  expect(await obstacles({ free: async () => 16 * 1024 })).toEqual([
    'document_store: its disk is nearly full (16 KiB are free): make room',
  ]);
});

test('it is said in the language that is asked for', async () => {
  const letters = { ...sound, dlq: { ...sound.dlq, entries: 2, oldest_seconds: 61 } };
  const health = healthOf(letters);
  const detailOf = async (language?: 'en' | 'fr') =>
    (await health.states(language)).find(({ name }) => name === 'dlq')?.detail;
  expect(await detailOf()).toBe('2 dead letters, the oldest 61 s old');
  expect(await detailOf('fr')).toBe('2 lettres mortes, la plus ancienne de 61 s');
});
