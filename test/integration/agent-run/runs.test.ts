/** Agent runs as their users reach them: by HTTP, as a stream of named events, and from code. */
import type { RunningApi } from '../../../api/server';
import type { AgentRun, AgentRunAccepted, AgentRuns, NewAgentRun } from '../../../schemas/agent-run/api';
import type { JobInput } from '../../../schemas/job/run';
import type { ReplayResult, ReplayAccepted } from '../../../schemas/recordings/api';
import { AgentRunner, McpServers, RunContext, type AgentRunEvent } from '../../../sdk';
import { queueName } from '../../../src/temporal/ids';
import { keyOf, writeKeys } from '../../support/keys';
import { scriptedModel, type ScriptedModel } from '../../support/scripted-model';
import { startServed } from '../../support/served';
import type { Stack } from '../../support/stack';
import { until } from '../../support/until';
import { startWeb, type Web } from '../../support/web';

let stack: Stack;
let api: RunningApi;
let model: ScriptedModel;
let web: Web;

beforeAll(async () => {
  web = await startWeb(({ url }, response) => {
    const body = url === '/assets' ? { id: 2041, title: 'Poster' } : { done: true };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  model = await scriptedModel();
  const file = writeKeys({ rita: ['requester'], anna: ['requester', 'approver'], otto: ['operator'] });
  ({ stack, api } = await startServed({
    env: {
      ...{ EGRESS_ALLOW: `127.0.0.1:${web.port}`, AWE_API_KEYS_FILE: file },
      ...{ PLANNER_MODE: 'llm', LLM_GATEWAY_URL: model.url, OPENAI_MAX_RETRIES: '1' },
    },
  }));
});
afterAll(async () => {
  await api.stop();
  await stack.stop();
  await model.stop();
});

async function call<T>(who: string, path: string, body?: object) {
  const answer = await fetch(api.url + path, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${keyOf(who)}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    body: body && JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as T, etag: answer.headers.get('etag') };
}
const read = async (id: string) => (await call<AgentRun>('rita', `/api/runs/${id}`)).body;

/** The plan is given, so that no model has to be asked for it. */
const plan: NewAgentRun['plan'] = {
  name: 'look and tell',
  steps: [
    { id: 'look', kind: 'tool', uses: 'http.request', with: { url: '${{ input.metadata.from }}/assets' } },
    {
      ...{ id: 'tell', kind: 'tool', uses: 'http.request' },
      with: { url: '${{ input.metadata.from }}/done', method: 'POST', json: '${{ steps.look.output.body }}' },
    },
  ],
  result: { title: '${{ steps.look.output.body.title }}' },
};
const wanted = (more: Partial<NewAgentRun> = {}): NewAgentRun => ({
  ...{ asset_id: 'IMG-2041', goal: 'look at the asset and tell about it', metadata: { from: web.url }, plan },
  ...more,
});
const posts = () => web.requests.filter(({ method }) => method === 'POST').length;

async function start(who: string, run: NewAgentRun): Promise<string> {
  const { status, body } = await call<AgentRunAccepted>(who, '/api/runs', run);
  expect(status).toBe(202);
  return body.run_id;
}

/** The frames of a run's stream, from its start to its end. */
async function streamOf(id: string, after?: number) {
  const headers = { authorization: `Bearer ${keyOf('rita')}`, ...(after ? { 'last-event-id': String(after) } : {}) };
  const answer = await fetch(`${api.url}/api/runs/${id}/stream`, { headers });
  const frames = (await answer.text()).split('\n\n').filter((frame) => frame.includes('data: '));
  return frames.map((frame) => {
    const line = (name: string) =>
      frame
        .split('\n')
        .find((one) => one.startsWith(`${name}: `))
        ?.slice(name.length + 2);
    return { name: line('event'), id: line('id'), data: JSON.parse(line('data')!) as AgentRunEvent['data'] };
  });
}

it('stops before its first effect, shows what it would do, and does it when somebody has approved exactly that', async () => {
  const before = posts();
  const id = await start('rita', wanted());
  const stream = streamOf(id);
  await until(async () => (await read(id)).status === 'AWAITING_APPROVAL');
  const { body: asked, etag } = await call<AgentRun>('rita', `/api/runs/${id}`);
  expect(asked).toMatchObject({
    ...{ asset_id: 'IMG-2041', human_approved: false, metadata: { from: web.url } },
    state: { plan: { steps: [{ id: 'look' }, { id: 'tell' }] }, critique: { verdict: 'ask' }, results: [] },
    bill_of_materials: { planner: 'person', tools: [{ name: 'http.request' }], policy: { name: 'default' } },
  });
  expect(etag).toBe(`"${asked.questions[0]?.digest}"`);
  expect([web.requests.length, posts()]).toEqual([0, before]);
  expect((await call('rita', `/api/runs/${id}/approve`, {})).status).toBe(403);
  const other = { digest: `sha256:${'0'.repeat(64)}` };
  expect((await call('anna', `/api/runs/${id}/approve`, other)).status).toBe(412);
  const digest = asked.questions[0]?.digest;
  expect((await call('anna', `/api/runs/${id}/approve`, { digest })).status).toBe(200);

  const frames = await stream;
  expect(new Set(frames.map(({ name }) => name))).toEqual(new Set(['status', 'approval', 'result']));
  expect(frames[0]?.data).toMatchObject({ run_id: id, seq: 1, status: 'PLANNING', event: 'JOB.CREATED' });
  expect(frames.at(-1)).toMatchObject({ name: 'result', data: { status: 'COMPLETED', result: { title: 'Poster' } } });
  // whoever was cut off before the result has the last event again, with it
  const last = Number(frames.at(-1)?.id);
  expect((await streamOf(id, last - 1)).map(({ name }) => name)).toEqual(['status', 'result']);
  expect(await streamOf(id, last)).toEqual([]);

  expect(await read(id)).toMatchObject({
    ...{ status: 'COMPLETED', decisions: [{ by: 'anna', verified: true }] },
    state: {
      results: [
        { step_id: 'look', status: 'completed', rounds: 1 },
        { step_id: 'tell', status: 'completed' },
      ],
      result: { title: 'Poster' },
    },
  });
  expect(posts()).toBe(before + 1);
  expect((await call<AgentRuns>('rita', '/api/runs')).body.runs).toEqual([
    expect.objectContaining({ run_id: id, asset_id: 'IMG-2041', status: 'COMPLETED' }),
  ]);
});

it('runs through where an approver has approved it with its goal; nobody else may, and no forged word counts', async () => {
  expect(await call<{ detail: string }>('rita', '/api/runs', wanted({ human_approved: true }))).toMatchObject({
    status: 403,
    body: { detail: expect.stringContaining('approver') as string },
  });
  const id = await start('anna', wanted({ human_approved: true }));
  await until(async () => (await read(id)).ended_at !== undefined);
  expect(await read(id)).toMatchObject({ status: 'COMPLETED', human_approved: true, questions: [] });
  const approved = (await streamOf(id)).find(({ data }) => data['event'] === 'PLAN.APPROVED');
  expect(approved?.data).toMatchObject({ by: 'anna', ledger: { n: expect.any(Number) as number } });

  const { correlation_id, workflow_id } = await read(id);
  const { input } = await stack.client.workflow
    .getHandle(workflow_id)
    .fetchHistory()
    .then(({ events }) => {
      const [payload] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
      return { input: JSON.parse(Buffer.from(payload?.data ?? []).toString()) as JobInput };
    });
  // the word of another run, in a run that somebody has started by hand
  const forged = { ...input, job_id: 'R-forged', correlation_id };
  const handle = await stack.client.workflow.start('job', {
    ...{ args: [forged], workflowId: workflow_id.replace(id, 'R-forged') },
    taskQueue: queueName(stack.config.namespace, 'workflows'),
  });
  await until(async () => {
    const view = await handle.query<{ approvals: { status: string }[] }>('status');
    return view.approvals.some(({ status }) => status === 'open');
  });
  await handle.terminate();
});

it('is recorded, and replayed with the same result, and nothing goes out', async () => {
  const id = await start('anna', wanted({ human_approved: true }));
  await until(async () => (await read(id)).ended_at !== undefined);
  const { workflow_id, links } = await read(id);
  const before = web.requests.length;
  const { body } = await call<ReplayAccepted>('otto', links['replay'] ?? '', {});
  const result = () => call<ReplayResult>('otto', `/runs/${body.workflow_id}/replay`);
  await until(async () => (await result()).body.identical !== undefined);
  expect((await result()).body).toMatchObject({ identical: true, differences: [] });
  expect(await read(body.job_id)).toMatchObject({ asset_id: 'IMG-2041', status: 'COMPLETED', replay_of: workflow_id });
  expect(web.requests.length).toBe(before);
});

it('fails when another model answers than the one it is bound to, and says which', async () => {
  model.says(JSON.stringify({ name: 'none', steps: [], result_json: null, notes: [], refused: [] }));
  const { plan: _, ...unplanned } = wanted({
    determinism: { model_version: 'pinned-model', seed: 42, temperature: 0 },
  });
  const id = await start('rita', { ...unplanned, goal: `Fetch ${web.url}/assets and save them to a.json` });
  const frames = await streamOf(id);
  expect(frames.slice(-2)).toMatchObject([
    { name: 'error', data: { status: 'FAILED', error: { type: 'lock.model' } } },
    { name: 'result', data: { status: 'FAILED' } },
  ]);
  const { message } = frames.at(-2)?.data['error'] as { message: string };
  expect(message).toContain('pinned-model');
  expect(message).toContain('scripted-model');
  expect(model.asked.at(-1)).toMatchObject({ model: 'pinned-model', seed: 42, temperature: 0 });
  expect((await read(id)).bill_of_materials.model).toEqual({
    ...{ pinned: 'pinned-model', answered: [], seed: 42, temperature: 0 },
  });
});

it('ends by what the policy forbids, with an error that says which', async () => {
  const url = 'http://169.254.169.254/latest';
  const steps: NonNullable<NewAgentRun['plan']>['steps'] = [
    { id: 'peek', kind: 'tool', uses: 'http.request', with: { url } },
  ];
  const id = await start('anna', wanted({ plan: { name: 'peek', steps }, human_approved: true }));
  const frames = await streamOf(id);
  expect(frames.slice(-2)).toMatchObject([
    { name: 'error', data: { error: { type: 'policy.denied', message: expect.stringContaining('peek') as string } } },
    { name: 'result', data: { status: 'FAILED' } },
  ]);
});

it('runs from code, stops for a person, and goes on with the same context', async () => {
  const events: string[] = [];
  const mcp = new McpServers({ url: api.url, apiKey: keyOf('anna') });
  const runner = new AgentRunner(mcp, ({ type }) => void events.push(type));
  const steps: NonNullable<NewAgentRun['plan']>['steps'] = [
    { id: 'note', kind: 'tool', uses: 'file.write', with: { path: 'note.txt', text: '${{ input.asset_id }}' } },
  ];
  const context = new RunContext({ asset_id: 'IMG-7', goal: 'note it', plan: { name: 'note', steps } });
  expect((await runner.runWorkflow(context)).status).toBe('AWAITING_APPROVAL');
  await call('anna', `/api/runs/${context.run_id}/approve`, {});
  expect((await runner.runWorkflow(context)).status).toBe('COMPLETED');
  expect(JSON.parse(JSON.stringify(context))).toMatchObject({
    ...{ run_id: context.run_id, asset_id: 'IMG-7', metadata: {} },
    state: { results: [{ step_id: 'note', status: 'completed' }] },
  });
  expect(events.at(-1)).toBe('result');
  const again = new RunContext({ asset_id: 'IMG-8', goal: 'note it', plan: { name: 'note', steps } });
  expect((await runner.runWorkflow(again, { humanApproved: true })).status).toBe('COMPLETED');
  expect(await mcp.list()).toEqual([]);
});
