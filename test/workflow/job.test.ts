/** A job on real servers: its plan is shown, approved, changed under way, and goes on after failures. */
import type { WorkflowHandle } from '@temporalio/client';
import type { JobChange, JobView } from '../../schemas/job/run';
import type { Plan, Step } from '../../schemas/plan';
import { messages } from '../../schemas/run';
import { calls } from '../support/tools';
import { decide, proved, startStack, statusOf, stepsOf, type Stack } from '../support/stack';
import { until } from '../support/until';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

const note = (id: string, more: Partial<Step> = {}): Step => ({
  ...{ id, kind: 'tool', uses: 'test.note', with: { from: id } },
  ...more,
});
const planOf = (...steps: Step[]): Plan => ({ name: 'a job', steps });
const typesOf = async (handle: WorkflowHandle) =>
  (await stack.record(handle))!.events.map(({ event_type }) => event_type);
const isOpen = (handle: WorkflowHandle, id: string) =>
  until(async () => (await statusOf(handle)).approvals.some((one) => one.approval_id === id && one.status === 'open'));
const change = (handle: WorkflowHandle, wanted: JobChange) =>
  handle.signal(messages.change, proved(handle, messages.change, { by: 'ann', change: wanted }));

it('carries out its plan and tells how it came to it', async () => {
  const handle = await stack.job('note it', {
    plan: { ...planOf(note('a')), result: { a: '${{ steps.a.output.from }}' } },
  });
  expect(await handle.result()).toEqual({ inline: { a: 'a' } });
  expect(await typesOf(handle)).toEqual([
    ...['JOB.CREATED', 'PLAN.CREATED', 'PLAN.CRITICISED', 'PLAN.POLICY_DECIDED'],
    ...['TASK.STARTED', 'TASK.COMPLETED', 'JOB.COMPLETED'],
  ]);
});

it('shows its plan where it is asked to, and runs exactly what a person approves', async () => {
  const handle = await stack.job('note it', { mode: 'plan', plan: planOf(note('a')) });
  await isOpen(handle, 'plan-1');
  const { approvals, view } = await statusOf(handle);
  const { digest } = approvals[0]!;
  const answer = { approval_id: 'plan-1', choice: 'approve', by: 'bob' };
  expect(await decide(handle, { ...answer, digest: `sha256:${'0'.repeat(64)}` })).toMatchObject({
    reason: 'digest_mismatch',
  });
  expect(await decide(handle, { ...answer, digest })).toMatchObject({ outcome: 'accepted' });
  await handle.result();
  const approved = (await stack.record(handle))!.events.find(({ event_type }) => event_type === 'PLAN.APPROVED');
  expect(approved?.payload).toMatchObject({
    by: 'bob',
    plan: (view as unknown as JobView).plan!.plan,
    ledger: { n: 1 },
  });
});

it('goes on with another plan, and does nothing twice', async () => {
  const before = planOf(
    note('a', { uses: 'test.work' }),
    { id: 'hold', kind: 'approval', approval: { question: 'Go?', expire_after: '1h' } },
    note('b', { depends_on: ['hold'] }),
  );
  const handle = await stack.job('note it', { plan: before });
  await until(async () => (await stepsOf(handle)).steps.some(({ id, status }) => id === 'a' && status === 'completed'));
  const after = planOf(note('a', { uses: 'test.work' }), note('c', { with: { of: '${{ steps.a.output.from }}' } }));
  await change(handle, { do: 'replan', plan: await stack.documents.putValue(after) });
  await handle.result();
  const { step_views, events, view } = (await stack.record(handle))!;
  expect(step_views.map(({ id, status }) => `${id} ${status}`)).toEqual(['a completed', 'c completed']);
  expect([...calls].filter(([key]) => key.startsWith(`${handle.workflowId}/a/`))).toEqual([[expect.anything(), 1]]);
  expect(events.find(({ event_type }) => event_type === 'PLAN.REPLANNED')?.payload).toMatchObject({
    version: 2,
    by: 'ann',
  });
  expect((view as unknown as JobView).plan).toMatchObject({ version: 2 });
});

it('asks a person about an effect of which nobody knows whether it has happened', async () => {
  const handle = await stack.job('once', {
    plan: planOf(note('a'), note('b', { uses: 'test.unanswered', depends_on: ['a'] })),
  });
  await isOpen(handle, 'plan-1');
  await decide(handle, { approval_id: 'plan-1', choice: 'approve', by: 'bob' });
  await isOpen(handle, 'recovery-1');
  await change(handle, { do: 'retry', step: 'nowhere' });
  await isOpen(handle, 'recovery-2');
  await decide(handle, { approval_id: 'recovery-2', choice: 'skip', by: 'ann' });
  await handle.result();
  const { step_views, events } = (await stack.record(handle))!;
  expect(step_views.map(({ status }) => status)).toEqual(['completed', 'skipped']);
  expect(events.find(({ event_type }) => event_type === 'JOB.CHANGE_REFUSED')?.payload).toMatchObject({
    reason: 'there is no step "nowhere"; there are a, b',
  });
});

it('fails with the step and its error where another try would fail the same way', async () => {
  const handle = await stack.job('fail', { plan: planOf(note('a', { uses: 'test.fail' })) });
  await expect(handle.result()).rejects.toThrow();
  expect(await stack.record(handle)).toMatchObject({
    status: 'failed',
    error: { type: 'test.broken', message: 'a: broken' },
    view: { recoveries: [{ step: 'a', choice: 'fail' }] },
  });
});

it('proves by its count that a simulation has changed nothing', async () => {
  const url = 'http://127.0.0.1:9/orders';
  const plan: Plan = {
    ...planOf(
      note('a', { uses: 'http.request', with: { method: 'POST', url, idempotent: true, json: { n: 1 } } }),
      note('b', { uses: 'sql.execute', with: { sql: 'INSERT INTO stock VALUES (1)' } }),
      note('c', { uses: 'data.echo', with: { said: 'Hello' } }),
    ),
    result: { said: '${{ steps.c.output.said }}' },
  };
  const handle = await stack.job('send it', { mode: 'simulate', plan });
  expect(await handle.result()).toEqual({
    inline: {
      ...{ simulated: true, egress_attempts: 0, effects: 0, result: { said: 'Hello' } },
      would: expect.arrayContaining([
        { kind: 'host', target: '127.0.0.1:9', access: 'write', outside: true, steps: ['a'] },
        { kind: 'table', target: 'stock', access: 'write', outside: true, steps: ['b'] },
      ]),
    },
  });
});
