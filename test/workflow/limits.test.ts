/** The limits of a policy hold while a job runs, over its whole chain, until a person extends them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import type { JobView } from '../../schemas/job/run';
import type { Plan, Step } from '../../schemas/plan';
import type { PolicyLimits } from '../../schemas/policy';
import { messages } from '../../schemas/run';
import { historiesOf, replayFaults } from '../support/faults/histories';
import { answerLimits, limitedPolicy } from '../support/policy';
import { decide, proved, startStack, statusOf, stepsOf, type Stack } from '../support/stack';
import { calls } from '../support/tools';
import { until } from '../support/until';

const policy = limitedPolicy();
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ env: { POLICY_FILE: policy.file } });
});
afterAll(() => stack.stop());

const work = (id: string, more: Partial<Step> = {}): Step => ({
  ...{ id, kind: 'tool', uses: 'test.work', with: { from: id } },
  ...more,
});
const planOf = (...steps: Step[]): Plan => ({ name: 'a job', steps });
const hold: Step = { id: 'hold', kind: 'approval', approval: { question: 'Go?', expire_after: '1h' } };

async function start(limits: PolicyLimits, plan: Plan): Promise<WorkflowHandle> {
  policy.limit(limits);
  return await stack.job('within limits', { plan });
}

async function ended(handle: WorkflowHandle) {
  await handle.result().catch(() => undefined);
  expect(await replayFaults(await historiesOf([handle]))).toEqual([]);
  const { error, step_views: steps, view, events } = (await stack.record(handle))!;
  return { error, steps, used: (view as unknown as JobView).used!, last: events.at(-1)! };
}

/** Executions of steps of a run whose ids begin so. */
const executions = ({ workflowId }: WorkflowHandle, step: string) =>
  [...calls.keys()].filter((key) => key.startsWith(`${workflowId}/${step}`)).length;

/** The job waits at a limit, and somebody answers so. */
async function answer(handle: WorkflowHandle, choice: 'approve' | 'reject', turn = 1) {
  const id = `limit-${turn}`;
  await isOpen(handle, id);
  await decide(handle, { approval_id: id, choice, by: 'olga' });
}

const isOpen = (handle: WorkflowHandle, id: string) =>
  until(async () => (await statusOf(handle)).approvals.some((one) => one.approval_id === id && one.status === 'open'));

it.each(['test.work', 'test.note'])('begins no execution of %s too many, elements included', async (uses) => {
  const list: Step = { id: 'list', kind: 'tool', uses: 'test.note', with: { items: [...Array(20).keys()] } };
  const each = work('each', { uses, for_each: '${{ steps.list.output.items }}', with: { n: '${{ item }}' } });
  const handle = await start({ steps: 8 }, { ...planOf(list, each, work('other')), max_parallel: 4 });
  await answer(handle, 'reject');
  const { error, used, last } = await ended(handle);
  expect(error).toEqual({
    type: 'limit.steps',
    message: 'the policy allows 8 executions of steps, and all of them have begun',
  });
  expect(used.steps).toBe(8);
  expect(last).toMatchObject({ event_type: 'JOB.FAILED', payload: { error: { type: 'limit.steps' } } });
  if (uses === 'test.work') expect(executions(handle, 'each') + executions(handle, 'other')).toBe(7);
});

it('counts the steps of all its plans together', async () => {
  const handle = await start({ steps: 3 }, planOf(work('a'), work('b'), hold));
  await until(async () => (await stepsOf(handle)).steps.filter(({ status }) => status === 'completed').length === 2);
  const after = planOf(work('a'), work('c'), work('d', { depends_on: ['c'] }));
  const change = { do: 'replan', plan: await stack.documents.putValue(after) };
  await handle.signal(messages.change, proved(handle, messages.change, { by: 'ann', change }));
  await answer(handle, 'reject', 2);
  const { error, steps, used } = await ended(handle);
  expect([error?.type, used.steps]).toEqual(['limit.steps', 3]);
  expect(steps.map(({ id, status }) => `${id} ${status}`)).toEqual(['a completed', 'c completed', 'd pending']);
});

it('ends when its time is up, and cancels what is at work', async () => {
  const handle = await start({ time: '2s' }, planOf(work('long', { with: { ms: 9_000 } })));
  await answer(handle, 'reject');
  const { error, steps, used } = await ended(handle);
  expect(error).toEqual({ type: 'limit.time', message: 'the policy allows 2s, and that time is up' });
  expect(steps).toMatchObject([{ status: 'cancelled' }]);
  expect(used.time_ms).toBeGreaterThanOrEqual(2_000);
});

it('takes no time while it waits for a person or is paused', async () => {
  const handle = await start({ time: '5s' }, planOf(hold, work('a', { depends_on: ['hold'] })));
  await isOpen(handle, 'hold');
  await sleep(5_500);
  await handle.signal(messages.pause, { by: 'ann' });
  await decide(handle, { approval_id: 'hold', choice: 'approve', by: 'bob' });
  await sleep(5_500);
  await handle.signal(messages.resume, { by: 'ann' });
  const { error, used } = await ended(handle);
  expect(error).toBeUndefined();
  expect(used.time_ms).toBeLessThan(5_000);
});

it('goes on within a limit that a person has doubled, and repeats nothing', async () => {
  const list: Step = { id: 'list', kind: 'tool', uses: 'test.note', with: { items: [...Array(6).keys()] } };
  const each = work('each', { for_each: '${{ steps.list.output.items }}', with: { n: '${{ item }}' } });
  const handle = await start({ steps: 2 }, planOf(list, each));
  await isOpen(handle, 'limit-1');
  const [question] = (await statusOf(handle)).approvals;
  expect(question).toMatchObject({ kind: 'limit', choices: ['approve', 'reject'], assignee: 'the board' });
  expect(question!.question).toContain('up to 4 executions of steps in all');
  await answer(handle, 'approve');
  await answer(handle, 'approve', 2);
  const { error, used } = await ended(handle);
  expect(error).toBeUndefined();
  expect([used.steps, executions(handle, 'each')]).toEqual([7, 6]);
  const { events } = (await stack.record(handle))!;
  expect(events.filter(({ event_type }) => event_type === 'JOB.LIMIT_EXTENDED').map(({ payload }) => payload)).toEqual([
    expect.objectContaining({ limit: 'steps', bounds: { steps: 4 }, by: 'olga' }),
    expect.objectContaining({ limit: 'steps', bounds: { steps: 8 }, by: 'olga' }),
  ]);
});

it('takes up what was cut off when its time was up', async () => {
  const handle = await start({ time: '2s' }, planOf(work('long', { with: { ms: 3_000 } })));
  // what is cut off begins anew, so a step that is longer than the limit asks more than once
  await answerLimits(handle, 'approve');
  const { error, steps } = await ended(handle);
  expect(error).toBeUndefined();
  expect(steps).toMatchObject([{ status: 'completed' }]);
});

it('may be planned anew while it waits at its limit', async () => {
  const list: Step = { id: 'list', kind: 'tool', uses: 'test.note', with: { items: [1, 2] } };
  const each = work('each', { for_each: '${{ steps.list.output.items }}' });
  const handle = await start({ steps: 2 }, planOf(list, each));
  await isOpen(handle, 'limit-1');
  const change = { do: 'replan', plan: await stack.documents.putValue(planOf(list)) };
  await handle.signal(messages.change, proved(handle, messages.change, { by: 'ann', change }));
  const { error, used } = await ended(handle);
  expect([error, used.steps]).toEqual([undefined, 2]);
});
