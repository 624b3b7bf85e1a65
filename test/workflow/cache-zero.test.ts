/**
 * A worker that keeps nothing in memory: every workflow task replays the run from its start. Code that is not
 * deterministic, and state that does not survive, shows here.
 */
import type { WorkflowHandle } from '@temporalio/client';
import type { Step } from '../../schemas/plan';
import { messages } from '../../schemas/run';
import { OwnRedis } from '../integration/own-redis';
import { carelessAgent, carelessRounds } from '../support/careless-agent';
import { decide, startStack, statusOf, type Stack } from '../support/stack';
import { until } from '../support/until';

let stack: Stack;
let redis: OwnRedis;
beforeAll(async () => {
  redis = await OwnRedis.start();
  const tools = [carelessAgent('cost_worker')];
  stack = await startStack({ cache: 0, env: { REDIS_URL: redis.url }, tools });
});
afterAll(async () => {
  await stack.stop();
  await redis.end();
});

const context = {
  rows: Array.from({ length: 12 }, (_, i) => ({
    category: ['Invoicing', 'Support'][i % 2]!,
    estimated_minutes: 10 + i,
    text: ['Re-type the delivery note into the ERP', 'Wait for approval by the manager'][i % 2]!,
  })),
  hourly_rate: 42,
  period: { type: 'weekly' as const, working_days: 5 },
};
const note = (id: string, more: Partial<Step> = {}): Step => ({
  id,
  kind: 'tool',
  uses: 'test.note',
  with: {},
  ...more,
});
const ask = (id: string): Step => ({ id, kind: 'approval', approval: { question: 'Go?', expire_after: '7d' } });
const waits = (handle: WorkflowHandle, id: string) =>
  until(async () =>
    (await statusOf(handle)).approvals.some(({ approval_id, status }) => approval_id === id && status === 'open'),
  );
const eventsOf = async (handle: WorkflowHandle) => (await stack.record(handle))!.events;
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

/** Every event once, in order, and no failed workflow task. */
async function expectSound(handle: WorkflowHandle): Promise<void> {
  const events = await eventsOf(handle);
  expect(events.map(({ seq }) => seq)).toEqual(upTo(events.length));
  const history = await handle.fetchHistory();
  const failed = history.events!.flatMap(({ workflowTaskFailedEventAttributes: failure }) =>
    failure ? [failure] : [],
  );
  expect(failed.map(({ failure }) => failure?.message)).toEqual([]);
}

it('an audit asks for rows, is given them by update, sends a deliverable back, and ends', async () => {
  carelessRounds.set('cold', 1);
  const handle = await stack.audit({ project_id: 'cold' });
  await waits(handle, 'rows');
  const refused = await decide(handle, {
    approval_id: 'rows',
    choice: 'provide',
    by: 'ann',
    data: { work_context: {} },
  });
  expect(refused).toMatchObject({ outcome: 'refused', reason: 'malformed' });
  const answer = { approval_id: 'rows', choice: 'provide', by: 'ann', data: { work_context: context } };
  expect(await decide(handle, answer)).toMatchObject({ outcome: 'accepted' });
  expect(await handle.result()).toHaveLength(5);
  const types = (await eventsOf(handle)).map(({ event_type }) => event_type);
  expect(types.filter((type) => type === 'WORK.ITEM_REWORK_REQUESTED')).toHaveLength(1);
  expect(types.filter((type) => type === 'DELIVERABLE.PUBLISHED')).toHaveLength(5);
  await expectSound(handle);
});

it('a run takes each decision once, whether it comes as an update or as a signal', async () => {
  const steps = [
    ask('one'),
    ask('two'),
    note('after', { with: { by: '${{ steps.one.output.by + steps.two.output.by }}' } }),
  ];
  const handle = await stack.run({ name: 'cold', steps, result: { by: '${{ steps.after.output.by }}' } });
  await waits(handle, 'two');
  const one = { approval_id: 'one', choice: 'approve', by: 'ann', decision_id: 'd-1' };
  expect(await decide(handle, one)).toMatchObject({ outcome: 'accepted' });
  expect(await decide(handle, one)).toMatchObject({ outcome: 'repeated' });
  expect(await decide(handle, { ...one, decision_id: 'd-2', by: 'bob' })).toMatchObject({
    outcome: 'late',
    decision: { by: 'ann' },
  });
  await handle.signal(messages.decide, { approval_id: 'two', choice: 'approve', by: 'eve' });
  expect(await handle.result()).toEqual({ inline: { by: 'anneve' } });
  await expectSound(handle);
});

it('a run that continues as new goes on waiting for the same decision, and knows those that were taken', async () => {
  const bigs = Array.from({ length: 140 }, (_, i): Step => ({
    ...{ id: `b${i}`, kind: 'tool', uses: 'test.big_remote', with: { bytes: 1_990 }, depends_on: ['early'] },
  }));
  const last = note('last', { depends_on: [...bigs.map(({ id }) => id), 'ok'] });
  const handle = await stack.run({
    ...{ name: 'cold', steps: [ask('early'), ...bigs, ask('ok'), last] },
    result: { by: '${{ steps.early.output.by + steps.ok.output.by }}', n: '${{ size(steps.b0.output.text) }}' },
  });
  await waits(handle, 'early');
  const first = (await statusOf(handle)).run_id;
  const early = { approval_id: 'early', choice: 'approve', by: 'ann', decision_id: 'd-1' };
  await decide(handle, early);
  await until(async () => (await statusOf(handle)).run_id !== first, 60_000);
  expect(await decide(handle, early)).toMatchObject({ outcome: 'repeated' });
  expect(await decide(handle, { approval_id: 'ok', choice: 'approve', by: 'bob' })).toMatchObject({
    outcome: 'accepted',
  });
  expect(await handle.result()).toEqual({ inline: { by: 'annbob', n: 1_990 } });
  await expectSound(handle);
});

it('a fallback that waits for a person keeps nobody from going on, and goes on waiting in the next run', async () => {
  const bigs = Array.from({ length: 140 }, (_, i): Step => ({
    ...{ id: `b${i}`, kind: 'tool', uses: 'test.big_remote', with: { bytes: 1_990 }, depends_on: ['early'] },
  }));
  const spare = (id: string): Step => {
    const check = { check: 'test.check', with: { output: `\${{ steps.${id}.output }}`, good_from: 9 } };
    return { id, kind: 'tool', uses: 'test.improve', with: { id }, until: { ...check, rounds: 1, otherwise: 'ask' } };
  };
  const last = note('last', {
    depends_on: [...bigs.map(({ id }) => id), 'bad', 'no'],
    with: { both: '${{ steps.bad.output.id + steps.no.output.id }}' },
  });
  const handle = await stack.run({
    name: 'cold',
    steps: [
      ask('early'),
      { id: 'bad', kind: 'tool', uses: 'test.fail', on_error: { fallback: 'one' } },
      { ...ask('no'), on_error: { fallback: 'two' } },
      ...[spare('one'), spare('two'), ...bigs, last],
    ],
    result: { both: '${{ steps.last.output.both }}' },
  });
  await waits(handle, 'no');
  await decide(handle, { approval_id: 'no', choice: 'reject', by: 'ann' });
  await waits(handle, 'one.review.1');
  await waits(handle, 'two.review.1');
  const first = (await statusOf(handle)).run_id;
  await decide(handle, { approval_id: 'early', choice: 'approve', by: 'ann' });
  await until(async () => (await statusOf(handle)).run_id !== first, 60_000);
  await decide(handle, { approval_id: 'one.review.1', choice: 'accept', by: 'ann' });
  await decide(handle, { approval_id: 'two.review.1', choice: 'accept', by: 'ann' });
  expect(await handle.result()).toEqual({ inline: { both: 'onetwo' } });
  const { events } = (await stack.record(handle))!;
  expect(events.filter(({ event_type }) => event_type === 'TASK.RECOVERED')).toHaveLength(2);
  await expectSound(handle);
});

it('the child that publishes what a run could not say ends when Redis is back', async () => {
  await redis.kill();
  const handle = await stack.run({ name: 'cold', steps: [note('a')] });
  await handle.result();
  await redis.up();
  await stack.client.workflow.getHandle(`${handle.workflowId}.mirror`).result();
  const client = await redis.ready();
  const entries = await client.xrange(stack.config.streams.events, '-', '+');
  const own = entries.map(([, fields]) => JSON.parse(fields[1]!) as { correlation_id: string; seq: number });
  const { correlation_id } = (await eventsOf(handle))[0]!;
  expect(own.filter((event) => event.correlation_id === correlation_id).map(({ seq }) => seq)).toEqual(upTo(4));
});
