/** The sweeper publishes ends for runs that cannot. */
import { setTimeout as delay } from 'node:timers/promises';
import { messages } from '../../../schemas/run';
import { queueName } from '../../../src/temporal/ids';
import { expectCauses } from '../../support/causes';
import { statusOf } from '../../support/stack';
import { until } from '../../support/until';
import { upTo } from '../mirror-fixture';
import { short, startBroken, waiting, type Broken } from './support';

let broken: Broken;
beforeAll(async () => (broken = await startBroken()));
afterAll(async () => await broken.end());

type Handle = Awaited<ReturnType<Broken['stack']['run']>>;
const waits = (handle: Handle) => until(async () => (await statusOf(handle)).status === 'waiting');
/** Everything that it has said is in the stream. */
const isTold = (handle: Handle) => until(async () => (await broken.of(handle)).length >= (await statusOf(handle)).seq);
const sweepUntil = async (holds: () => Promise<boolean>) => {
  await until(async () => {
    await broken.sweep();
    return await holds();
  }, 60_000);
};

it('a terminated run gets its record and RUN.FAILED, once', async () => {
  const handle = await broken.stack.run(waiting(3, 1));
  await waits(handle);
  await isTold(handle);
  const before = await broken.of(handle);
  await handle.terminate('by hand');
  await sweepUntil(async () => (await broken.stack.record(handle)) !== undefined);
  await Promise.all([broken.sweep(), broken.sweep()]);
  const events = await broken.of(handle);
  expect(events.slice(0, -1)).toEqual(before);
  expect(events.map(({ seq }) => seq)).toEqual(upTo(before.length + 1));
  expect(events.at(-1)).toMatchObject({ event_type: 'RUN.FAILED', payload: { error: { type: 'run.terminated' } } });
  const record = (await broken.stack.record(handle))!;
  expect(record).toMatchObject({ status: 'failed', error: { type: 'run.terminated' } });
  expect(record.events).toEqual(events);
  expect(record.step_views).toHaveLength(5);
});

it('one that was terminated while Redis was away, too: nothing that it said is missing', async () => {
  const { server, redis, stack } = broken;
  const handle = await stack.run(waiting(3, 1));
  await server.kill();
  await waits(handle);
  await handle.terminate();
  await server.up();
  await until(() => redis.status === 'ready');
  await sweepUntil(async () => (await stack.record(handle)) !== undefined);
  const events = await broken.of(handle);
  expect(events.map(({ seq }) => seq)).toEqual(upTo(events.length));
  expect(events.map(({ event_type }) => event_type)).toEqual(
    expect.arrayContaining(['RUN.STARTED', 'APPROVAL.REQUESTED']),
  );
  expect(events.at(-1)?.event_type).toBe('RUN.FAILED');
});

it('a run whose time in Temporal was up, and a project that was terminated before its first step', async () => {
  const { client, config } = broken.stack;
  const taskQueue = queueName(config.namespace, 'workflows');
  const { client: c } = broken.stack;
  const plan = await broken.stack.documents.putValue(waiting(2, 1));
  const options = { approval_signals: 'accept', expire_after: 7 * 86_400_000 };
  const timed = await c.workflow.start('run', {
    ...{ workflowId: `${config.namespace}.run.timed`, taskQueue, workflowExecutionTimeout: '3s' },
    args: [{ title: 't', plan, steps: 4, input: { inline: null }, correlation_id: 'c', mode: 'live', options }],
  });
  const project = await client.workflow.start('audit', {
    ...{ workflowId: `${config.namespace}.audit.x`, taskQueue, startDelay: '1h' },
    args: [
      { project_id: 'P-1', correlation_id: 'c-1', request_text: 'audit', rows: 0, requested_by: 'm', options: {} },
    ],
  });
  await project.terminate();
  await sweepUntil(async () => !!(await broken.stack.record(timed)) && !!(await broken.stack.record(project)));
  expect((await broken.stack.record(timed))!.error).toMatchObject({ type: 'run.timed_out' });
  expect((await broken.of(timed)).at(-1)).toMatchObject({
    event_type: 'RUN.FAILED',
    payload: { error: { type: 'run.timed_out' } },
  });
  const said = (await broken.events()).filter(({ subject }) => subject.id === 'P-1');
  expect(said).toMatchObject([
    { event_type: 'PROJECT.FAILED', seq: 1, payload: { project_id: 'P-1', error: { type: 'run.terminated' } } },
  ]);
});

it('a run that was reset says so, and its new events are no repeats', async () => {
  const { client, config } = broken.stack;
  const handle = await broken.stack.run(waiting(3, 4));
  await waits(handle);
  const asked = (await broken.of(handle)).length;
  const answer = () =>
    handle.executeUpdate(messages.decide, { args: [{ approval_id: 'ask', choice: 'approve', by: 'm' }] });
  const { events } = await handle.fetchHistory();
  const point = events!.filter((e) => e.workflowTaskCompletedEventAttributes).at(-1)!.eventId;
  await answer();
  await handle.result();
  const first = await broken.of(handle);
  const { runId } = await client.workflowService.resetWorkflowExecution({
    ...{ namespace: config.temporal.namespace, reason: 'again', requestId: 'r-1', workflowTaskFinishEventId: point },
    workflowExecution: { workflowId: handle.workflowId },
    resetReapplyExcludeTypes: [1, 2],
  });
  await delay(1_500);
  await sweepUntil(async () => (await broken.of(handle)).some(({ event_type }) => event_type === 'RUN.RESET'));
  const reset = (await broken.of(handle)).find(({ event_type }) => event_type === 'RUN.RESET')!;
  expect(reset).toMatchObject({ seq: first.length + 1, payload: { new_run_id: runId } });
  const from = (reset.payload as { from_seq: number }).from_seq;
  expect(from).toBeLessThanOrEqual(asked + 1);
  const now = client.workflow.getHandle(handle.workflowId);
  if ((await now.describe()).status.name === 'RUNNING') {
    await until(async () => (await statusOf(now)).status === 'waiting');
    await now.executeUpdate(messages.decide, { args: [{ approval_id: 'ask', choice: 'approve', by: 'm' }] });
    await now.result();
  }
  const all = await broken.of(handle);
  const anew = all.slice(first.length + 1);
  expect(anew.map(({ seq }) => seq)).toEqual(upTo(first.length).slice(from - 1));
  expect(new Set(all.map(({ event_id }) => event_id)).size).toBe(all.length);
  // none that is void causes anything any more
  expectCauses([...first.slice(0, from - 1), ...anew], null);
  expect(reset.causation_id).toBe(first[from - 2]!.event_id);
  await broken.sweep();
  expect(await broken.of(handle)).toEqual(all);
});

it('a run that ended while Redis lost its last two seconds is whole after a pass', async () => {
  const { redis, keys } = broken;
  const handle = await broken.stack.run(short(5));
  await handle.result();
  const old = await broken.of(handle);
  for (const [id] of await redis.xrevrange(keys.events, '+', '-', 'COUNT', 3)) await redis.xdel(keys.events, id);
  await redis.hset(keys.mirror, handle.workflowId, old.length - 3);
  await redis.zrem(keys.mirrorEnded, handle.workflowId);
  await sweepUntil(async () => (await broken.of(handle)).length === old.length);
  expect(await broken.of(handle)).toEqual(old);
});
