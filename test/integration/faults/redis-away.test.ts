/** Redis is away: runs go on, decisions count, histories stay small; once it is back it gets every event, once. */
import type { WorkflowHandle } from '@temporalio/client';
import type { Plan } from '../../../schemas/plan';
import { say } from '../../support/faults/random';
import { historiesOf, openWorkflows, taskFailures } from '../../support/faults/histories';
import { expectStreamsToTell } from '../../support/faults/streams';
import { decide, startStack, statusOf, type Stack } from '../../support/stack';
import { until } from '../../support/until';
import { OwnRedis, sleep } from '../own-redis';

const WAITING = 100;

/** Time for which the histories of runs that wait for Redis are watched; 20 events in 10 minutes are allowed. */
const LOOK = 30_000;

const question: Plan = { name: 'question', steps: [{ id: 'ok', kind: 'approval', approval: ask() }] };
const short: Plan = {
  name: 'short',
  steps: [
    { id: 'a', kind: 'tool', uses: 'test.note', with: { n: 1 } },
    { id: 'b', kind: 'tool', uses: 'test.work', with: { n: '${{ steps.a.output.n + 1 }}' } },
    { id: 'c', kind: 'tool', uses: 'test.note', with: { n: '${{ steps.b.output.n + 1 }}' } },
  ],
  result: { n: '${{ steps.c.output.n }}' },
};

let redis: OwnRedis;
let stack: Stack;

beforeEach(async () => {
  redis = await OwnRedis.start();
  // Acknowledged events have to be there when it comes back; their loss is another test's subject.
  redis.fsync = 'always';
  await redis.kill();
  await redis.up();
  stack = await startStack({ env: { REDIS_URL: redis.url } });
});

afterEach(async () => {
  redis.resume();
  await stack.stop();
  await redis.end();
});

it(`${WAITING} runs wait for Redis, and nobody else does`, async () => {
  const before = await stack.run(question);
  await waits(before);
  await redis.kill();

  const waiting = [before, ...(await Promise.all(Array.from({ length: WAITING }, () => stack.run(question))))];
  await Promise.all(waiting.map(waits));

  // All their events are on the mirror's queue, and tried again there.
  await until(async () => (await Promise.all(waiting.slice(1).map(mirrorTasks))).every((tasks) => tasks === 1), 60_000);
  const lengths = () => Promise.all(waiting.map(async (handle) => (await handle.describe()).historyLength));
  const atFirst = await lengths();

  const began = Date.now();
  const other = await stack.run(short);
  await until(async () => (await stack.record(other)) !== undefined);
  const done = Date.now() - began;
  expect(await other.result()).toEqual({ inline: { n: 3 } });
  const closed = Date.now() - began;

  const asked = Date.now();
  expect(await decide(before, { approval_id: 'ok', choice: 'approve', by: 'ann' })).toMatchObject({
    outcome: 'accepted',
  });
  const answered = Date.now() - asked;
  await until(async () => (await stack.record(before))?.status === 'completed');
  await before.result();

  await sleep(LOOK);
  const growth = (await lengths()).slice(1).map((length, i) => length - atFirst[i + 1]!);
  const worst = Math.max(...growth);
  say(
    `Redis away, ${WAITING} runs wait: another run had done its work in ${done} ms and was closed in ${closed} ms; ` +
      `an approval was answered in ${answered} ms; a history grew by ${worst} events at most in ${LOOK} ms`,
  );
  expect((worst * 600_000) / LOOK).toBeLessThanOrEqual(20);
  expect(await redisIsAway()).toBe(true);

  await redis.up();
  const back = Date.now();
  const stillWaiting = waiting.slice(1);
  await until(async () => (await Promise.all(stillWaiting.map(mirrorTasks))).every((tasks) => tasks === 0), 60_000);
  say(`Redis is back: all events of those that wait were out after ${Date.now() - back} ms`);
  await Promise.all(stillWaiting.map((handle) => decide(handle, { approval_id: 'ok', choice: 'approve', by: 'ann' })));
  await expectAllTold([...waiting, other]);
});

it('a run ends while Redis is away, and its events come after it', async () => {
  await redis.kill();
  const handles = [await stack.run(short), await stack.run(short), await stack.run(question)];
  await waits(handles[2]!);
  await decide(handles[2]!, { approval_id: 'ok', choice: 'reject', by: 'ann' });
  const ends = await Promise.allSettled(handles.map((handle) => handle.result()));
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect(await openWorkflowsOf(stack)).toEqual(handles.map(({ workflowId }) => `${workflowId}.mirror`).sort());
  await redis.up();
  await expectAllTold(handles);
});

it('a Redis that holds its connections and answers nothing is as good as away', async () => {
  const before = await stack.run(question);
  await waits(before);
  await until(async () => (await mirrorTasks(before)) === 0);
  redis.pause();
  const handles = await Promise.all(Array.from({ length: 30 }, () => stack.run(question)));
  const began = Date.now();
  const other = await stack.run(short);
  await until(async () => (await stack.record(other)) !== undefined);
  const done = Date.now() - began;
  const asked = Date.now();
  expect(await decide(before, { approval_id: 'ok', choice: 'approve', by: 'ann' })).toMatchObject({
    outcome: 'accepted',
  });
  const answered = Date.now() - asked;
  await Promise.all([other.result(), before.result(), ...handles.map(waits)]);
  say(`Redis silent: another run had done its work in ${done} ms; an approval was answered in ${answered} ms`);
  redis.resume();
  const back = Date.now();
  await until(async () => (await Promise.all(handles.map(mirrorTasks))).every((tasks) => tasks === 0), 60_000);
  say(`Redis speaks again: all events were out after ${Date.now() - back} ms`);
  await Promise.all(handles.map((handle) => decide(handle, { approval_id: 'ok', choice: 'approve', by: 'ann' })));
  await expectAllTold([before, other, ...handles]);
});

it('a Redis that comes and goes is told everything once', async () => {
  const handles: WorkflowHandle[] = [];
  for (let round = 0; round < 6; round++) {
    handles.push(...(await Promise.all(Array.from({ length: 5 }, () => stack.run(short)))));
    await sleep(100);
    if (round % 2 === 0) await redis.kill();
    else redis.pause();
    handles.push(...(await Promise.all(Array.from({ length: 5 }, () => stack.run(short)))));
    await sleep(1_000);
    if (round % 2 === 0) await redis.up();
    else redis.resume();
  }
  await expectAllTold(handles);
});

const waits = (handle: WorkflowHandle) => until(async () => (await statusOf(handle)).status === 'waiting', 60_000);

/** Batches of a run on the mirror's queue. */
async function mirrorTasks(handle: WorkflowHandle): Promise<number> {
  const { raw } = await handle.describe();
  return (raw.pendingActivities ?? []).filter(({ activityType }) => activityType?.name?.startsWith('mirror')).length;
}

async function openWorkflowsOf({ client, config }: Stack): Promise<string[]> {
  let open: string[] = [];
  await until(async () => (open = await openWorkflows(client, config.namespace)).every((id) => id.endsWith('.mirror')));
  return open.sort();
}

async function redisIsAway(): Promise<boolean> {
  const probe = redis.connect('probe');
  try {
    return (await probe.ping()) !== 'PONG';
  } catch {
    return true;
  } finally {
    probe.disconnect();
  }
}

/** All have ended, nothing runs any more, and the streams agree with the records. */
async function expectAllTold(handles: WorkflowHandle[]): Promise<void> {
  await Promise.allSettled(handles.map((handle) => handle.result()));
  const records = await Promise.all(handles.map(async (handle) => (await stack.record(handle))!));
  const client = await redis.ready();
  await expectStreamsToTell(records, client, stack.config);
  await until(async () => (await openWorkflows(stack.client, stack.config.namespace)).length === 0, 60_000);
  expect(taskFailures(await historiesOf(handles))).toEqual([]);
}

function ask() {
  return { question: 'Go on?', expire_after: '1h' };
}
