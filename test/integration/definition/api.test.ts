/** Workflow definitions as a product team reaches them: through HTTP, with the curl lines of the documentation. */
import type { RunningApi } from '../../../api/server';
import type { Definition, Execution, ExecutionListed } from '../../../schemas/definition/api';
import type { DefinitionStep } from '../../../schemas/definition/definition';
import type { Tool } from '../../../activities/tools/tool';
import { callsOf } from '../../support/http-calls';
import { startServed } from '../../support/served';
import type { Stack } from '../../support/stack';
import { until } from '../../support/until';

/** An agent that tells what it was asked. */
const agentOf = (name: string): Tool => ({
  kind: 'agent',
  spec: {
    name,
    version: '1',
    description: 'for tests',
    input: {},
    output: {},
    effect: 'none',
    risk: 'low',
    approval: false,
  },
  run: async (input) => ({ asked: (input as { task: string }).task }),
});

let stack: Stack;
let api: RunningApi;
beforeAll(async () => {
  ({ stack, api } = await startServed({ tools: [agentOf('sales'), agentOf('research')] }));
});
afterAll(async () => {
  await api.stop();
  await stack.stop();
});

const { call, post, put } = callsOf(() => api.url);
const at = '/api/v1/workflows';

const note = (step_id: string, more: Partial<DefinitionStep> = {}): DefinitionStep => ({
  ...{ step_id, step_type: 'tool', tool: 'test.note', parameters: { from: step_id } },
  ...more,
});
const leads = {
  name: 'Lead Processing',
  description: 'Process and qualify new leads',
  input_schema: { type: 'object', properties: { lead: { type: 'object' } }, required: ['lead'] },
  steps: [
    note('qualify_lead', { name: 'Qualify Lead', parameters: { name: '${{ input.lead.name }}', priority: 'high' } }),
    note('enrich_lead', { depends_on: ['qualify_lead'], parameters: { of: '${{ steps.qualify_lead.output.name }}' } }),
  ],
};

it('defines a workflow, executes it, and answers with the finished result', async () => {
  const made = await post<Definition>(`${at}/`, leads);
  expect(made).toMatchObject({ status: 201, body: { name: 'Lead Processing', version: 1, change: 'created' } });
  expect(made.headers.get('etag')).toBe('"1"');
  const { id } = made.body;
  const input_data = { lead: { name: 'ACME' } };
  const done = await post<Execution>(`${at}/${id}/execute`, { input_data, async_execution: false });
  expect(done).toMatchObject({
    status: 200,
    body: {
      status: 'completed',
      definition: { id, version: 1 },
      input: input_data,
      result: { enrich_lead: { of: 'ACME' } },
      steps: [
        { id: 'qualify_lead', status: 'completed', input: { name: 'ACME', priority: 'high' } },
        { id: 'enrich_lead', input: { of: 'ACME' }, output: { inline: { of: 'ACME' } } },
      ],
    },
  });
  const later = await post<Execution>(`${at}/${id}/execute`, { input_data, async_execution: true });
  expect(later).toMatchObject({ status: 202, body: { status: 'accepted' } });
  const { self = '' } = later.body.links;
  await until(async () => (await call<Execution>(self)).body.status === 'completed');
  expect(await (await fetch(`${api.url}${self}/events`)).text()).toMatch(
    /WORKFLOW.STARTED.*WORKFLOW.COMPLETED.*event: end/s,
  );
  await until(async () => {
    const { body } = await call<{ executions: ExecutionListed[] }>(`/api/v1/executions?workflow=${id}&version=1`);
    return body.executions.length === 2;
  });
});

it('takes the line of curl that product teams begin with', async () => {
  const body =
    '{"name":"Lead Processing","description":"Process and qualify new leads","steps":[{"step_id":"qualify_lead","name":"Qualify Lead","step_type":"agent_task","agent_type":"sales","task":"qualify_lead","parameters":{"priority":"high"}},{"step_id":"enrich_lead","name":"Enrich Lead Data","step_type":"agent_task","agent_type":"research","task":"enrich_lead","depends_on":["qualify_lead"]}]}';
  const headers = { 'Content-Type': 'application/json' };
  const made = await call<Definition>('/api/v1/workflows/', { method: 'POST', headers, body });
  expect(made.status).toBe(201);
  const done = await post<Execution>(`${made.body.links.self}/execute`, {
    input_data: { lead: 7 },
    async_execution: false,
  });
  expect(done).toMatchObject({
    status: 200,
    body: {
      ...{ status: 'completed', result: { enrich_lead: { asked: 'enrich_lead' } } },
      steps: [{ input: { task: 'qualify_lead', parameters: { priority: 'high' }, input: { lead: 7 } } }, {}],
    },
  });
});

it('goes through a list by several steps each, asks about some of them, and repeats others in rounds', async () => {
  const definition = {
    id: 'loops',
    name: 'Loops',
    steps: [
      {
        ...{ step_id: 'each', step_type: 'loop', items: 'input.leads', max_parallel: 2 },
        steps: [
          { step_id: 'score', step_type: 'agent_task', agent_type: 'sales', task: 'score ${{ item.name }}' },
          { step_id: 'large', step_type: 'condition', condition: 'item.budget > 10', then: ['ask'] },
          {
            ...{ step_id: 'ask', step_type: 'approval' },
            approval: { question: 'Call ${{ item.name }}?', expire_after: '1h' },
          },
          note('told', {
            parameters: { of: '${{ steps.score.output.asked }}', call: '${{ steps.ask.status == "completed" }}' },
          }),
        ],
      },
      {
        ...{ step_id: 'rounds', step_type: 'loop', until: 'steps.rounds.output.seen.at >= 2', max_iterations: 9 },
        steps: [note('seen', { parameters: { at: '${{ index }}' } }), note('then', { depends_on: ['seen'] })],
      },
    ],
    result: { told: '${{ steps.each.output.items.map(x, x.told) }}', rounds: '${{ steps.rounds.output.seen.at }}' },
  };
  expect((await post(`${at}/`, definition)).status).toBe(201);
  const leads = ['ann', 'bob', 'cid'].map((name, index) => ({ name, budget: index * 10 }));
  const { body } = await post<Execution>(`${at}/loops/execute`, { input_data: { leads } });
  const { self = '' } = body.links;
  const questions = async () => (await call<Execution>(self)).body.questions ?? [];
  await until(async () => (await questions()).some(({ status }) => status === 'open'));
  expect(await questions()).toMatchObject([{ approval_id: 'each.2.ask', question: 'Call cid?' }]);
  const { decide = '' } = (await call<Execution>(self)).body.links;
  const decision = { approval_id: 'each.2.ask', choice: 'approve' };
  expect(await post(decide, decision)).toMatchObject({ status: 200 });
  await until(async () => (await call<Execution>(self)).body.status === 'completed');
  expect((await call<Execution>(self)).body).toMatchObject({
    result: {
      told: leads.map(({ name, budget }) => ({ of: `score ${name}`, call: budget > 10 })),
      rounds: 2,
    },
    steps: [
      { id: 'each', elements: { count: 3, ended: 3, failed: 0 } },
      { id: 'rounds', rounds: 3 },
    ],
  });
  const events = await (await fetch(`${api.url}${self}/events`)).text();
  for (const id of ['each.0.score', 'each.2.told', 'rounds.2.then']) expect(events).toContain(`"step":"${id}"`);
});

it('executes other definitions within one, in the version that was the newest when it was written', async () => {
  const greet = {
    id: 'greet',
    name: 'Greet',
    input_schema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
    steps: [note('said', { parameters: { text: 'Hello ${{ input.name }}' } })],
    result: { text: '${{ steps.said.output.text }}' },
  };
  expect((await post(`${at}/`, greet)).status).toBe(201);
  const sub = (name: string): DefinitionStep => ({
    ...{ step_id: 'one', step_type: 'sub_workflow', workflow: 'greet', parameters: { name } },
  });
  const all = {
    id: 'greet_all',
    name: 'Greet all',
    steps: [
      { step_id: 'each', step_type: 'loop', items: 'input.names', steps: [sub('${{ item }}')] },
      { ...sub('nobody'), step_id: 'later', depends_on: ['each'] },
    ],
  };
  expect((await post(`${at}/`, all)).status).toBe(201);
  const { steps, ...rest } = greet;
  expect((await put(`${at}/greet`, { ...rest, steps: [...steps, note('more')], result: { text: 'new' } })).status).toBe(
    200,
  );
  const done = await post<Execution>(`${at}/greet_all/execute`, {
    input_data: { names: ['ann', 'bob'] },
    async_execution: false,
  });
  expect(done.body).toMatchObject({
    status: 'completed',
    result: { later: { text: 'Hello nobody' } },
    steps: [{ output: { inline: { items: [{ text: 'Hello ann' }, { text: 'Hello bob' }] } } }, { uses: 'greet@1' }],
  });
  await until(async () => {
    const { body } = await call<{ executions: ExecutionListed[] }>('/api/v1/executions?workflow=greet&version=1');
    return body.executions.length === 3;
  });
  const bad = { input_data: { names: [7] }, async_execution: false };
  const failed = await post<Execution>(`${at}/greet_all/execute`, bad);
  expect(failed.body).toMatchObject({ status: 'failed', error: { type: 'workflow.input' } });
});

it('keeps versions: changed, compared, rolled back, exported, and never lost to another writer', async () => {
  const steps = [note('a')];
  expect((await post(at, { id: 'versions', name: 'Versions', steps })).status).toBe(201);
  expect((await post(at, { id: 'versions', name: 'Versions', steps })).status).toBe(409);
  const { body: first } = await call<Definition>(`${at}/versions`);
  expect((await put(`${at}/versions`, { ...first, description: undefined }, { 'if-match': '"1"' })).body).toMatchObject(
    { version: 1 },
  );
  const second = { name: 'Versions', steps: [note('a'), note('b')] };
  const writers = await Promise.all(
    ['one', 'two', 'three'].map((name) => put(`${at}/versions`, { ...second, name }, { 'if-match': '"1"' })),
  );
  expect(writers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  expect((await put(`${at}/versions`, second, { 'if-match': '"1"' })).status).toBe(412);
  expect((await put(`${at}/other`, second)).status).toBe(404);
  expect((await call(`${at}/versions/diff?from=1&to=2`)).body).toMatchObject({
    changes: expect.arrayContaining([{ change: 'added', pointer: '/steps/b', after: note('b') }]),
  });
  expect(await post(`${at}/versions/rollback`, { version: 1 }, { 'if-match': '"2"' })).toMatchObject({
    status: 200,
    body: { version: 3, change: 'rolled_back', from: 1, name: 'Versions' },
  });
  const yaml = await call<string>(`${at}/versions`, { headers: { accept: 'application/yaml' } });
  expect(yaml.body).toMatch(/^id: versions\nname: Versions\nsteps:\n/);
  const headers = { 'content-type': 'application/yaml', 'if-match': '"3"' };
  const body = yaml.body.replace('from: a', 'from: yaml');
  expect(await call(`${at}/versions`, { method: 'PUT', headers, body })).toMatchObject({
    status: 200,
    body: { version: 4 },
  });
  expect((await call(`${at}/versions/versions`)).body).toMatchObject({
    versions: [
      { version: 4, change: 'changed' },
      { change: 'rolled_back' },
      { change: 'changed' },
      { change: 'created' },
    ],
  });
  expect((await call(`${at}/versions/versions/1`)).body).toMatchObject({ version: 1, steps });
  expect((await call(`${at}/versions`, { method: 'DELETE', headers: { 'if-match': '"4"' } })).status).toBe(204);
  expect((await call(`${at}/versions`)).status).toBe(404);
  expect((await post(`${at}/versions/execute`)).status).toBe(404);
  expect(await post(at, { id: 'versions', name: 'Versions', steps })).toMatchObject({
    status: 201,
    body: { version: 6 },
  });
  const { body: listed } = await call<{ workflows: Definition[] }>(`${at}/?limit=200`);
  expect(listed.workflows.find(({ id }) => id === 'versions')).toMatchObject({ version: 6, change: 'created' });
});

it('refuses what cannot run, and input that does not fit, with pointers', async () => {
  const wrong = { name: 'Wrong', steps: [note('a', { tool: 'test.nothing' }), note('b', { depends_on: ['c'] })] };
  const refused = await post(at, wrong);
  expect(refused.status).toBe(422);
  expect(refused.body.errors?.map(({ pointer }) => pointer)).toEqual(['/steps/0/tool', '/steps/1/depends_on/0']);
  const text = 'name: Wrong\nsteps:\n  - step_id: a\n    step_type: tool\n    tool: nothing\n';
  const headers = { 'content-type': 'application/yaml' };
  expect(await call(`${at}/validate`, { method: 'POST', headers, body: text })).toMatchObject({
    status: 200,
    body: { valid: false, faults: [{ pointer: '/steps/0/tool', line: 5, column: 5 }] },
  });
  expect((await post(`${at}/validate`, leads)).body).toMatchObject({ valid: true, plan: { steps: [{}, {}] } });
  await post(at, { ...leads, id: 'leads' });
  expect(await post(`${at}/leads/execute`, { input_data: {} })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/input_data/lead', detail: 'is missing' }] },
  });
});

it('waits as long as it is asked to, answers the same for the same key, and can be cancelled', async () => {
  const hold: DefinitionStep = {
    step_id: 'hold',
    step_type: 'approval',
    approval: { question: 'Go?', expire_after: '1h' },
  };
  await post(at, { id: 'waits', name: 'Waits', steps: [hold] });
  const body = { async_execution: false };
  const headers = { prefer: 'wait=1', 'idempotency-key': 'k-1' };
  const late = await post<Execution>(`${at}/waits/execute`, body, headers);
  expect(late).toMatchObject({ status: 202, body: { status: 'accepted' } });
  expect(late.headers.get('preference-applied')).toBe('wait=1');
  const again = await post<Execution>(`${at}/waits/execute`, body, headers);
  expect(again.body.execution_id).toBe(late.body.execution_id);
  const { self = '' } = late.body.links;
  expect((await call<Execution>(self)).body).toMatchObject({ status: 'waiting', questions: [{ approval_id: 'hold' }] });
  expect(await post(`${self}/cancel`)).toMatchObject({ status: 202, body: { requested: 'cancel' } });
  await until(async () => (await call<Execution>(self)).body.status === 'cancelled');
  expect((await call('/api/v1/executions/nobody')).status).toBe(404);
  expect((await post('/api/v1/executions/nobody/cancel')).status).toBe(404);
});
