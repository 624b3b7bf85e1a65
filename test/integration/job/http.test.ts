/** Jobs as their users reach them: through HTTP, while they run and after their end. */
import type { RunningApi } from '../../../api/server';
import type { Job, JobDetails, JobListed, JobMetrics, JobPlan, JobTasks } from '../../../schemas/job/api';
import type { WrittenPlan, WrittenStep } from '../../../schemas/plan';
import type { RunPlan } from '../../../schemas/run-plan';
import type { PolicyInForce, PolicyTrial } from '../../../schemas/policy/api';
import { ToolError } from '../../../activities/tools/errors';
import type { Tool } from '../../../activities/tools/tool';
import { workflowIdOf } from '../../../src/temporal/ids';
import { startServed } from '../../support/served';
import type { Stack } from '../../support/stack';
import { calls } from '../../support/tools';
import { until } from '../../support/until';

let stack: Stack;
let api: RunningApi;
/** the next calls of `test.mended` fail */
let broken = 0;
beforeAll(async () => {
  const spec = { name: 'test.mended', version: '1', description: 'is mended', input: {}, output: {} } as const;
  const mended: Tool = {
    spec: { ...spec, effect: 'none', risk: 'low', approval: false },
    run: async () => {
      if (broken-- > 0) throw new ToolError({ class: 'permanent', type: 'test.broken', message: 'broken' });
      return 'whole';
    },
  };
  ({ stack, api } = await startServed({ tools: [mended] }));
});
afterAll(async () => {
  await api.stop();
  await stack.stop();
});

async function call<T>(path: string, init: RequestInit = {}): Promise<{ status: number; body: T; etag: string }> {
  const answer = await fetch(api.url + path, init);
  return { status: answer.status, body: (await answer.json()) as T, etag: answer.headers.get('etag') ?? '' };
}
const post = <T = { detail?: string }>(path: string, body?: object, headers: Record<string, string> = {}) =>
  call<T>(path, {
    method: 'POST',
    headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    body: body && JSON.stringify(body),
  });
const jobOf = async (id: string) => (await call<Job>(`/jobs/${id}`)).body;
const planOf = (...steps: WrittenStep[]): WrittenPlan => ({ name: 'a job', steps });
const note = (id: string, more: Partial<WrittenStep> = {}): WrittenStep => ({
  ...{ id, kind: 'tool', action_type: 'test.work', action_config: { from: id } },
  ...more,
});
const hold: WrittenStep = { id: 'hold', kind: 'approval', approval: { question: 'Go on?', expire_after: '1h' } };
const start = (job_id: string, plan: WrittenPlan, more: object = {}) =>
  post<Job>('/jobs', { job_id, goal: `do ${job_id}`, plan, ...more });
const is = (id: string, ...statuses: string[]) => until(async () => statuses.includes((await jobOf(id)).status));
const timesOf = (id: string, step: string) => {
  const workflowId = workflowIdOf(stack.config.namespace, 'job', id);
  return [...calls].filter(([key]) => key.startsWith(`${workflowId}/${step}/`)).reduce((sum, [, n]) => sum + n, 0);
};

it('shows its plan, and runs exactly what was approved', async () => {
  const plan = { ...planOf(note('a'), note('b', { depends_on: ['a'] })), result: { b: '${{ steps.b.output.from }}' } };
  expect(await start('shown', plan, { mode: 'plan', priority: 1, context_json: '{"n": 1}' })).toMatchObject({
    status: 202,
    body: { job_id: 'shown', status: 'accepted', links: { self: '/jobs/shown' } },
  });
  expect((await start('shown', plan, { mode: 'plan', priority: 1, context_json: { n: 1 } })).status).toBe(202);
  expect((await start('shown', plan)).status).toBe(409);
  await is('shown', 'waiting');
  const { body: shown, etag } = await call<JobPlan>('/jobs/shown/plan');
  expect(shown).toMatchObject({
    version: 1,
    plan: { steps: [{ id: 'a', uses: 'test.work', with: { from: 'a' } }, { id: 'b' }] },
    question: { approval_id: 'plan-1', status: 'open' },
  });
  expect(etag).toBe(`"${shown.digest}"`);
  const other = `sha256:${'0'.repeat(64)}`;
  expect((await post('/jobs/shown/approve', { digest: other })).status).toBe(412);
  expect((await post('/jobs/shown/approve', {}, { 'if-match': etag })).body).toMatchObject({ outcome: 'accepted' });
  await is('shown', 'completed');
  expect(await jobOf('shown')).toMatchObject({ result: { b: 'b' } });
  expect((await post('/jobs/shown/approve')).status).toBe(200);
  expect((await post('/jobs/shown/reject')).status).toBe(409);
  expect((await start('shown', plan, { mode: 'plan', priority: 1, context: { n: 1 } })).status).toBe(202);
  expect(await post('/jobs/shown/retry_failed')).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('Start another one') },
  });

  expect(await jobOf('shown')).toMatchObject({
    stage: 'ended',
    tasks: { total: 2, ended: 2 },
    approved: { version: 1 },
    limits: {
      ...{ steps: { limit: 2_000, used: 2 }, time_ms: { limit: 86_400_000, used: expect.any(Number) } },
      ...{ tokens: { limit: 1_000_000, used: 0 }, money: { limit: '10 USD', used: '0' } },
      effects: { limit: 1_000, used: 0 },
    },
  });
  const { body: tasks } = await call<JobTasks>('/jobs/shown/tasks?limit=1');
  expect([tasks.total, tasks.tasks.map(({ id }) => id), tasks.next_cursor]).toEqual([2, ['a'], expect.any(String)]);
  expect((await call<JobMetrics>('/jobs/shown/metrics')).body).toMatchObject({
    success_rate: 1,
    average_task_duration_seconds: expect.any(Number),
    tasks: { total: 2, completed: 2 },
    costs: { tokens: 0, money: '0' },
  });
  const { body: details } = await call<JobDetails>('/jobs/shown/details');
  expect(details.timeline.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['JOB.CREATED', 'PLAN.APPROVED', 'TASK.STARTED', 'TASK.COMPLETED', 'JOB.COMPLETED']),
  );
  const events = await (await fetch(`${api.url}/jobs/shown/events`)).text();
  expect(events).toMatch(/"event_type":"TASK.COMPLETED".*\n\nevent: end|event: end/s);
});

it('has a policy tried on its plan after its end, with its input, against what was decided then', async () => {
  const plan = planOf(note('a', { action_config: { from: '${{ input.n }}' } }), note('b', { depends_on: ['a'] }));
  await start('tried', plan, { context: { n: 1 }, priority: 2 });
  await is('tried', 'completed');
  const { body: now } = await call<PolicyInForce>('/policy');
  expect(now).toMatchObject({
    name: 'default',
    words: expect.arrayContaining([expect.stringContaining('deny is over')]),
  });
  const { body: same } = await post<PolicyTrial>('/policy/try', { job_id: 'tried' });
  expect(same).toMatchObject({
    digest: now.digest,
    effect: 'allow',
    changed: [],
    input_known: true,
    unknown_tools: [],
  });

  const rules = [
    { id: 'all', when: 'job.priority == 2', effect: 'allow', reason: 'it may' },
    { id: 'second', when: 'step.id == "b"', effect: 'deny', reason: 'b never' },
  ];
  const policy = { version: 1, name: 'draft', rules, limits: { steps: 1 } };
  const { workflow_id } = await jobOf('tried');
  const { body: tried } = await post<PolicyTrial>('/policy/try', { workflow_id, version: 1, policy });
  expect(tried).toMatchObject({
    ...{ policy: 'draft', effect: 'deny', counts: { allow: 1, approve: 0, deny: 1 }, changed: ['b'] },
    steps: [
      { step_id: 'a', effect: 'allow', was: { effect: 'allow' } },
      { step_id: 'b', rule: 'second', reason: 'b never' },
    ],
    limits: [{ limit: 'steps', certain: true }],
    words: expect.arrayContaining(['1 step let through, 0 asked about, 1 denied. It would not be started.']),
  });
  expect((await post('/policy/try', { job_id: 'tried', version: 2 })).status).toBe(404);
  expect((await post('/policy/try', { job_id: 'tried', plan })).status).toBe(422);
  const wrong = {
    plan: planOf(note('a')),
    policy: 'version: 1\nname: x\nrules:\n  - { id: a, when: "step.", effect: deny, reason: x }',
  };
  expect(await post('/policy/try', wrong)).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/policy', detail: expect.stringMatching(/^line 4: /) }] },
  });
  expect((await post<PolicyTrial>('/policy/try', { plan: planOf(note('a')) })).body).toMatchObject({
    steps: [{ uses: 'test.work' }],
  });
});

it('goes on after its end from what it has, as often as needed', async () => {
  broken = 2;
  const fails = note('b', { action_type: 'test.mended', depends_on: ['a'] });
  await start('mended', planOf(note('a'), fails, note('c', { depends_on: ['b'] })));
  await is('mended', 'failed');
  expect((await post('/jobs/mended/tasks/nowhere/retry')).status).toBe(404);
  expect((await post('/jobs/mended/retry_failed')).status).toBe(202);
  await until(async () => (await jobOf('mended')).recoveries.length === 2);
  await is('mended', 'failed');
  expect((await post('/jobs/mended/tasks/b/retry')).status).toBe(202);
  await is('mended', 'completed');
  expect(['a', 'c'].map((step) => timesOf('mended', step))).toEqual([1, 1]);
  const { body } = await call<JobDetails>('/jobs/mended/details');
  expect(body.timeline.map(({ seq }) => seq)).toEqual(body.timeline.map((_, i) => i + 1));
  expect(body.errors.filter(({ task }) => task === 'b')).toHaveLength(2);
});

it('takes another plan while it runs, and does nothing twice', async () => {
  await start('replanned', planOf(note('a'), hold, note('b', { depends_on: ['hold'] })));
  await until(async () => timesOf('replanned', 'a') === 1);
  await is('replanned', 'waiting');
  const twice = planOf({ ...note('a'), uses: 'test.work' });
  expect((await post('/jobs/replanned/replan', { plan: twice })).status).toBe(422);
  expect((await post('/jobs/replanned/replan', { plan: planOf(note('a'), note('c')) })).status).toBe(202);
  await is('replanned', 'completed');
  expect(['a', 'c'].map((step) => timesOf('replanned', step))).toEqual([1, 1]);
  expect((await call<JobPlan>('/jobs/replanned/plan')).body).toMatchObject({ version: 2, by: 'person' });
  const { workflow_id } = await jobOf('replanned');
  const { body: followed } = await call<RunPlan>(`/runs/${workflow_id}/plan`);
  expect(followed).toMatchObject({
    version: 2,
    steps: { a: { needs: [] }, c: { needs: [] } },
    versions: [{ version: 1 }, { version: 2, by: 'local', changes: expect.arrayContaining([expect.any(String)]) }],
    ...{ since: 1, difference: { added: ['c'], removed: ['hold', 'b'], changed: [], same: 1 } },
  });
  const { body: first } = await call<RunPlan>(`/runs/${workflow_id}/plan?version=1`);
  expect(first).toMatchObject({ version: 1, steps: { b: { needs: ['hold'] } } });
  expect(first.difference).toBeUndefined();
  expect((await call(`/runs/${workflow_id}/plan?version=3`)).status).toBe(404);
});

it('can be rejected, changed while it waits, paused and cancelled, and goes on from there', async () => {
  await start('waits', planOf(note('a'), hold), { mode: 'plan' });
  await is('waits', 'waiting');
  await post('/jobs/waits/reject', { comment: 'not so' });
  await is('waits', 'failed');
  expect((await jobOf('waits')).error).toMatchObject({ type: 'plan.rejected' });
  expect((await post('/jobs/waits/replan', { plan: planOf(note('c'), hold) })).status).toBe(202);
  await until(async () => (await jobOf('waits')).questions[0]?.kind === 'plan');
  // a wish that cannot be granted leaves the question as it was
  expect((await post('/jobs/waits/retry_failed')).status).toBe(202);
  await until(async () => (await jobOf('waits')).questions[0]?.approval_id === 'plan-3');
  expect((await post('/jobs/waits/approve')).status).toBe(200);
  await until(async () => (await jobOf('waits')).questions[0]?.kind === 'approval');
  await post('/jobs/waits/pause');
  await is('waits', 'paused');
  await post('/jobs/waits/cancel');
  await is('waits', 'cancelled');
  expect((await post('/jobs/waits/pause')).status).toBe(409);
  expect((await post('/jobs/waits/retry_failed')).status).toBe(202);
  await until(async () => (await jobOf('waits')).questions.length === 1);
  expect((await post('/jobs/waits/approve')).status).toBe(200);
  await is('waits', 'completed');
  expect([timesOf('waits', 'a'), timesOf('waits', 'c')]).toEqual([0, 1]);
});

it('lists jobs by status, and tells what is not there', async () => {
  await until(async () => (await call<{ jobs: JobListed[] }>('/jobs?status=completed')).body.jobs.length === 5);
  const { body } = await call<{ jobs: JobListed[]; counts: object }>('/jobs?limit=10');
  expect(body.jobs.find(({ job_id }) => job_id === 'shown')).toMatchObject({
    ...{ goal: 'do shown', priority: 1, mode: 'plan', status: 'completed' },
  });
  expect((await call('/jobs/nobody')).status).toBe(404);
  expect((await post('/jobs/nobody/retry_failed')).status).toBe(404);
  expect((await post('/jobs/nobody/cancel')).status).toBe(404);
  expect((await post('/jobs', { goal: ' ' })).status).toBe(422);
  expect((await post('/jobs', { goal: 'x', context_json: '[1]' })).status).toBe(422);
});

it('a plan shows what past runs have taken: of itself, else of its tools, and of how many', async () => {
  const plan = planOf(note('a', { action_config: { ms: 30 } }), { ...note('b', { depends_on: ['a'] }) });
  for (const id of ['past-1', 'past-2']) {
    await start(id, plan);
    await is(id, 'completed');
  }
  const forecastOf = async (id: string, of: WrittenPlan) => {
    await start(id, of, { mode: 'plan' });
    await is(id, 'waiting');
    return (await call<JobPlan>(`/jobs/${id}/plan`)).body.forecast;
  };
  const same = await forecastOf('same', plan);
  expect(same.time_ms).toMatchObject({ from: 'past runs of this plan', runs: 2, unknown: [] });
  expect(same.time_ms.low).toBeGreaterThanOrEqual(30);
  expect(same.tokens).toMatchObject({ low: 0, high: 0 });
  const other = await forecastOf('other', planOf(note('x'), note('y', { action_type: 'test.big_remote' })));
  expect(other.time_ms).toMatchObject({ likely: null, high: null, from: 'unknown', unknown: ['test.big_remote'] });
  expect(other.time_ms.runs).toBeGreaterThanOrEqual(2);
});
