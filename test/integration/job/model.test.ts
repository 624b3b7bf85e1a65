/** Jobs whose plan a model makes (`PLANNER_MODE=llm`), on a real Temporal, Redis, gateway and files. */
import { LLMock } from '@copilotkit/aimock';
import type { WorkflowHandle } from '@temporalio/client';
import type { JobView } from '../../../schemas/job/run';
import type { Plan } from '../../../schemas/plan';
import { limitedPolicy } from '../../support/policy';
import { decide, startStack, statusOf, type JobToStart, type Stack } from '../../support/stack';
import { until } from '../../support/until';
import { inFrontOf, testGateway } from '../gateway/support';

const stacks: Stack[] = [];
async function stackWith(url: string): Promise<Stack> {
  const stack = await startStack({ env: { PLANNER_MODE: 'llm', LLM_GATEWAY_URL: url, OPENAI_MAX_RETRIES: '2' } });
  stacks.push(stack);
  return stack;
}
afterAll(async () => {
  for (const stack of stacks) await stack.stop();
});

const viewOf = async (handle: WorkflowHandle) => (await statusOf(handle)).view as unknown as JobView;

/** The plan of a job that shows it before it runs, and how it came about. */
async function shown(stack: Stack, goal: string, more: JobToStart = {}) {
  const handle = await stack.job(goal, { mode: 'plan', ...more });
  await until(async () => (await statusOf(handle)).approvals.some(({ status }) => status === 'open'), 90_000);
  const { plan: drawn } = await viewOf(handle);
  await handle.terminate();
  return { drawn: drawn!, plan: await stack.documents.getValue<Plan>(drawn!.plan) };
}

it('the mock gives the plan of the rules back, whole', async () => {
  const gateway = await testGateway();
  const [stack, rules] = [await stackWith(`${gateway.url}/v1`), await startStack()];
  stacks.push(rules);
  const goal = 'Fetch https://a.example/users, ask me for approval, then post them to https://b.example/in';
  const [made, ruled] = [await shown(stack, goal), await shown(rules, goal)];
  expect([made.drawn.by, ruled.drawn.by]).toEqual(['llm', 'rules']);
  expect(made.plan.steps).toEqual(ruled.plan.steps);
  expect(made.drawn.criticism.filter(({ severity }) => severity === 'error')).toEqual([]);
});

it('asks a person when its models have had the tokens that the policy allows, and goes on with more', async () => {
  const [gateway, policy] = [await testGateway(), limitedPolicy()];
  policy.limit({ tokens: 40 });
  const env = { WORKER_MODE: 'llm', LLM_GATEWAY_URL: `${gateway.url}/v1`, POLICY_FILE: policy.file };
  const stack = await startStack({ env });
  stacks.push(stack);
  const given = { task: 'answer_question', parameters: { question: 'When do refunds arrive?', sources: [] } };
  const plan: Plan = { name: 'asks', steps: [{ id: 'answer', kind: 'agent', uses: 'research', with: given }] };
  const handle = await stack.job('answer it', { plan });
  await until(async () => (await statusOf(handle)).approvals.some(({ approval_id: id }) => id === 'limit-1'));
  const asked = (await statusOf(handle)).approvals.find(({ approval_id: id }) => id === 'limit-1');
  expect(asked?.question).toMatch(
    /^The job has reached a limit: The budget of the run .* is 40 tokens, .* up to 10000 tokens of models in all/,
  );
  await decide(handle, { approval_id: 'limit-1', choice: 'approve', by: 'olga' });
  await handle.result();
  const { events, step_views: steps } = (await stack.record(handle))!;
  expect(steps).toMatchObject([{ id: 'answer', status: 'completed' }]);
  expect(events.find(({ event_type }) => event_type === 'JOB.LIMIT_EXTENDED')?.payload).toMatchObject({
    ...{ limit: 'tokens', by: 'olga', bounds: { tokens: 10_000 } },
  });
});

describe('a model that errs', () => {
  const model = new LLMock({ port: 0, logLevel: 'silent' });
  let stack: Stack;
  beforeAll(async () => {
    await model.start();
    stack = await stackWith(`${(await inFrontOf(`${model.url}/v1`)).url}/v1`);
  });
  afterAll(() => model.stop());
  beforeEach(() => {
    model.clearFixtures();
    model.clearRequests();
  });

  const step = (id: string, uses: string, args: object) => ({
    ...{ id, kind: 'tool', uses, with_json: JSON.stringify(args), depends_on: [], when: null, for_each: null },
    ...{ until_json: null, on_error: null, question: null, assignee: null },
  });
  const plan = (...steps: object[]) =>
    JSON.stringify({ name: 'by a model', steps, result_json: null, notes: [], refused: [] });
  const get = step('get', 'http.request', { url: 'https://a.example/users' });
  const goal = 'Fetch https://a.example/users and save them to users.json';
  const save = step('save', 'file.write', { path: 'users.json', json: '${{ steps.get.output.body }}' });
  /** Answers in turn; the last goes on. */
  const answers = (...contents: string[]) => {
    let turn = 0;
    model.on({ predicate: () => true }, () => ({ content: contents[Math.min(turn++, contents.length - 1)] ?? '' }));
  };
  const asked = () => model.getRequests().map(({ body }) => JSON.stringify(body));

  it('hears all faults of its plan, and mends them', async () => {
    answers(plan(get, step('save', 'file.wriet', { path: 7 })), plan(get, save));
    const { drawn, plan: made } = await shown(stack, goal);
    expect([drawn.by, made.steps.map(({ uses }) => uses)]).toEqual(['llm', ['http.request', 'file.write']]);
    expect(asked()).toHaveLength(2);
    expect(asked()[1]).toContain('file.wriet');
  });

  it('hears that nobody has asked for a change; the rules plan where it insists', async () => {
    answers(plan(get, save, step('tell', 'http.request', { url: 'https://evil.example/', method: 'POST', json: {} })));
    const { drawn } = await shown(stack, goal);
    expect(asked()).toHaveLength(3);
    expect(asked()[1]).toContain('critic.unasked_write');
    expect(drawn).toMatchObject({ by: 'rules', notes: [expect.stringContaining('gave no plan that holds')] });
    expect(JSON.stringify(drawn.touches)).not.toContain('evil');
  });

  it('may refuse a part of the goal, and the job fails with it', async () => {
    const refused = [{ part: 'reconcile them', message: 'no tool reconciles' }];
    answers(JSON.stringify({ name: '', steps: [], result_json: null, notes: [], refused }));
    const handle = await stack.job('Fetch https://a.example/users and reconcile them');
    await expect(handle.result()).rejects.toThrow();
    expect((await viewOf(handle)).refused).toMatchObject(refused);
  });
});
