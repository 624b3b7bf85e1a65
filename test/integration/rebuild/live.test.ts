/** Live runs repair the stream by themselves. */
import type { WorkflowHandle } from '@temporalio/client';
import { messages } from '../../../schemas/run';
import { statusOf } from '../../support/stack';
import { until } from '../../support/until';
import { upTo } from '../mirror-fixture';
import { short, startBroken, waiting, type Broken } from './support';

let broken: Broken;
beforeAll(async () => (broken = await startBroken()));
afterAll(async () => await broken.end());

const answer = (handle: Awaited<ReturnType<Broken['stack']['run']>>) =>
  handle.executeUpdate(messages.decide, { args: [{ approval_id: 'ask', choice: 'approve', by: 'm.durand' }] });

it('a run whose events were flushed publishes all of them again with its next one, in order and once', async () => {
  const handle = await broken.stack.run(waiting(5, 5));
  await until(async () => (await statusOf(handle)).status === 'waiting');
  const before = await broken.of(handle);
  await broken.redis.flushall();
  await answer(handle);
  await handle.result();
  const after = await broken.of(handle);
  expect(after.slice(0, before.length)).toEqual(before);
  expect(after.map(({ seq }) => seq)).toEqual(upTo(after.length));
  expect(after).toEqual((await broken.stack.record(handle))!.events);
});

it('so does one whose earlier events lie in archives', async () => {
  const plan = waiting(60, 5);
  plan.steps[0]!.with = { text: 'x'.repeat(1_000) };
  const handle = await broken.stack.run(plan);
  await until(async () => (await statusOf(handle)).status === 'waiting');
  await broken.redis.flushall();
  await answer(handle);
  await handle.result();
  const record = (await broken.stack.record(handle))!;
  expect(await broken.of(handle)).toEqual(record.events);
});

it('a stream that lost only its tail gets what it lacks, and nothing twice', async () => {
  const handle = await broken.stack.run(waiting(5, 5));
  await until(async () => (await statusOf(handle)).status === 'waiting');
  // effect of a kill between two fsyncs: the last entries and their watermark are gone together
  const entries = await broken.redis.xrevrange(broken.keys.events, '+', '-', 'COUNT', 3);
  for (const [id] of entries) await broken.redis.xdel(broken.keys.events, id);
  const watermark = Number(await broken.redis.hget(broken.keys.mirror, handle.workflowId));
  await broken.redis.hset(broken.keys.mirror, handle.workflowId, watermark - 3);
  await answer(handle);
  await handle.result();
  expect(await broken.of(handle)).toEqual((await broken.stack.record(handle))!.events);
});

it('Redis emptied again and again while runs speak: every run is whole in the end, and in order', async () => {
  const handles: WorkflowHandle[] = [];
  // as many waves of runs as it takes: a fast machine ends one between two looks
  for (let flushes = 0; flushes < 5;) {
    const wave = await Promise.all(Array.from({ length: 5 }, () => broken.stack.run(short(120))));
    handles.push(...wave);
    const done = Promise.all(wave.map((handle) => handle.result())).then(() => true);
    for (let ended = false; !ended;) {
      ended = await Promise.race([done, new Promise<false>((resolve) => setTimeout(() => resolve(false), 50))]);
      if (!ended && (await broken.redis.dbsize()) > 0) {
        await broken.redis.flushall();
        flushes += 1;
      }
    }
  }
  await broken.rebuild();
  for (const handle of handles) {
    const record = (await broken.stack.record(handle))!;
    expect(await broken.of(handle)).toEqual(record.events);
  }
});

it('an entry under the greatest id stops all events; a rebuild mends the ids, and what was said meanwhile arrives', async () => {
  const { redis, keys, stack } = broken;
  const handle = await stack.run(waiting(5, 5));
  await until(async () => (await statusOf(handle)).status === 'waiting');
  await until(async () => (await broken.of(handle)).length > 0);
  await redis.xadd(keys.events, '18446744073709551615-18446744073709551615', 'event', '{"subject":{}}');
  await answer(handle);
  const other = await stack.run(short(5));
  await until(async () => (await statusOf(other)).status === 'mirroring' || (await stack.record(other)) !== undefined);
  expect(await broken.of(other)).toEqual([]);
  await broken.rebuild();
  await Promise.all([handle.result(), other.result()]);
  for (const run of [handle, other]) {
    await until(async () => (await broken.of(run)).length === (await stack.record(run))!.events.length);
    expect(await broken.of(run)).toEqual((await stack.record(run))!.events);
  }
  const [last] = await redis.xrevrange(keys.events, '+', '-', 'COUNT', 1);
  expect(Number(last?.[0].split('-')[0])).toBeLessThanOrEqual(Date.now() + 1_000);
});
