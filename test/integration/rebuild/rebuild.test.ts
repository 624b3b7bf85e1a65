/** `events.rebuild`: the rebuilt stream equals the old one in events, and in order per run. */
import { messages } from '../../../schemas/run';
import { createExecutions, rebuildLost } from '../../../src/rebuild';
import { createLogger } from '../../../src/logging';
import { runSettings } from '../../../src/runs/settings';
import { createOperationStarter } from '../../../src/runs/operations/start';
import { createRecordStore } from '../../../src/documents/records';
import { openFilesystemStore } from '../../../src/documents/filesystem';
import { createTemporal } from '../../../src/temporal/client';
import { statusOf } from '../../support/stack';
import { until } from '../../support/until';
import { ofRuns, short, startBroken, waiting, type Broken } from './support';

let broken: Broken;
beforeEach(async () => (broken = await startBroken()));
afterEach(async () => await broken.end());

type Handle = Awaited<ReturnType<Broken['stack']['run']>>;
/** It waits for a person, and everything that it has said is in the stream. */
const waits = (handle: Handle) =>
  until(async () => {
    const { status, seq } = await statusOf(handle);
    return status === 'waiting' && (await broken.of(handle)).length >= seq;
  });
const answer = (handle: Handle) =>
  handle.executeUpdate(messages.decide, { args: [{ approval_id: 'ask', choice: 'approve', by: 'm.durand' }] });

it('brings back finished and waiting runs after FLUSHALL, and doubles nothing when it is made again', async () => {
  const { stack, redis } = broken;
  const ended = await Promise.all(Array.from({ length: 15 }, () => stack.run(short(10))));
  await Promise.all(ended.map((handle) => handle.result()));
  const asked = await Promise.all(Array.from({ length: 8 }, () => stack.run(waiting(10, 3))));
  await Promise.all(asked.map(waits));
  const old = await broken.events();
  await redis.flushall();
  // Temporal's list is late
  await until(async () => (await broken.rebuild({ dry_run: true })).counts.matched >= 23, 60_000);

  expect(ofRuns(await broken.events())).toEqual(new Map());
  const { counts } = await broken.rebuild();
  expect(counts).toMatchObject({ failed: 0 });
  expect(counts.done).toBeGreaterThanOrEqual(23);
  expect(ofRuns(await broken.events())).toEqual(ofRuns(old));
  const again = await Promise.all([broken.rebuild(), broken.rebuild()]);
  expect(again.map(({ counts: { failed } }) => failed)).toEqual([0, 0]);
  expect(ofRuns(await broken.events())).toEqual(ofRuns(old));
});

it('puts back what is missing in the middle, and knows events whose watermark is forgotten', async () => {
  const { stack, redis, keys } = broken;
  const handle = await stack.run(short(10));
  await handle.result();
  const old = await broken.of(handle);
  await redis.del(keys.mirror, keys.mirrorEnded);
  const entries = await redis.xrange(keys.events, '-', '+');
  await redis.xdel(keys.events, entries[4]![0], entries[5]![0]);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const { counts } = await broken.rebuild();
  expect(counts.done).toBeGreaterThanOrEqual(1);
  const now = await broken.of(handle);
  expect(now.length).toBe(old.length);
  expect([...now].sort((a, b) => a.seq - b.seq)).toEqual(old);
  await broken.rebuild();
  expect((await broken.of(handle)).length).toBe(old.length);
});

it('leaves alone what was trimmed', async () => {
  const { stack, redis, keys } = broken;
  const handle = await stack.run(short(10));
  await handle.result();
  await stack.run(short(5)).then((other) => other.result());
  await redis.xtrim(keys.events, 'MAXLEN', 8);
  await redis.del(keys.mirror, keys.mirrorEnded);
  const left = await broken.events();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await broken.rebuild();
  expect(ofRuns(await broken.events())).toEqual(ofRuns(left));
});

it('works while runs speak, and while Redis is emptied once more', async () => {
  const { stack, redis } = broken;
  const ended = await Promise.all(Array.from({ length: 30 }, () => stack.run(short(10))));
  await Promise.all(ended.map((handle) => handle.result()));
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await redis.flushall();
  const speaking = await Promise.all(Array.from({ length: 3 }, () => stack.run(short(150))));
  const rebuilding = broken.rebuild();
  await new Promise((resolve) => setTimeout(resolve, 300));
  await redis.flushall();
  await rebuilding;
  await Promise.all(speaking.map((handle) => handle.result()));
  await broken.rebuild();
  // a workflow task that a busy machine lost is done again: then an event has another time, under the same id
  const ids = (events: { event_id: string }[]) => events.map(({ event_id }) => event_id);
  for (const handle of [...ended, ...speaking]) {
    expect(ids(await broken.of(handle))).toEqual(ids((await stack.record(handle))!.events));
  }
});

it('a run in a chain of continue-as-new, and one that ended while Redis was away', async () => {
  const { stack, redis, server } = broken;
  const long = await stack.run(waiting(600, 3));
  await until(async () => (await broken.of(long)).length > 1_200, 60_000);
  await waits(long);
  const old = await broken.of(long);
  expect(old.length).toBeGreaterThan(1_200);
  await server.kill();
  const away = await stack.run(short(5));
  await away.result();
  await server.up();
  await until(() => redis.status === 'ready');
  await redis.flushall();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await broken.rebuild();
  expect(await broken.of(long)).toEqual(old);
  await until(async () => (await broken.of(away)).length > 0);
  expect(await broken.of(away)).toEqual((await stack.record(away))!.events);
  await answer(long);
  await long.result();
  expect(await broken.of(long)).toEqual((await stack.record(long))!.events);
});

it('is started once by ten who find the streams gone', async () => {
  const { stack, redis, keys } = broken;
  const handle = await stack.run(short(10));
  await handle.result();
  const old = await broken.of(handle);
  const { config } = stack;
  const log = createLogger(config, 'test');
  const temporal = createTemporal(config);
  const store = await openFilesystemStore({ root: config.store.dir });
  const records = createRecordStore(store);
  const start = createOperationStarter({
    ...{ temporal, log, store: { ...stack.documents, ...records } },
    settings: runSettings(config),
  });
  const executions = createExecutions(temporal, config.namespace);
  const parts = { redis, keys, records, namespace: config.namespace, log, executions, start };
  await redis.flushall();
  const started = new Set(await Promise.all(Array.from({ length: 10 }, () => rebuildLost(parts))));
  expect(started.size).toBe(1);
  await stack.client.workflow.getHandle([...started][0]!).result();
  expect(await broken.of(handle)).toEqual(old);
  expect(await rebuildLost(parts)).toBeUndefined();
  await redis.del(keys.events); // the stream alone, its watermarks left
  const again = await rebuildLost(parts);
  expect(again).not.toBeUndefined();
  await stack.client.workflow.getHandle(again!).result();
  expect(await broken.of(handle)).toEqual(old);
  await temporal.close();
});
