/** Words of an MCP server that give orders, and models that obey them: nothing is gained by either. */
import { join } from 'node:path';
import type { RunningApi } from '../../api/server';
import type { Execution } from '../../schemas/definition/api';
import type { McpServerList, McpToolList } from '../../schemas/mcp/api';
import type { JsonObject } from '../../schemas/json';
import type { JobView } from '../../schemas/job/run';
import type { Plan } from '../../schemas/plan';
import { createApiClient, type ApiClient } from '../../src/http/api-client';
import { CARELESS, nodeServer, readServerJournal, serversFile } from '../support/mcp/servers';
import { scriptedModel, type ScriptedModel } from '../support/scripted-model';
import { startServed } from '../support/served';
import { statusOf, type Stack } from '../support/stack';
import { until } from '../support/until';
import { startWeb, type Web } from '../support/web';
import { inFrontOf } from './gateway/support';

const journal = join(serversFile({}), '..', 'journal');
/** Words of the tool that nobody has accepted. */
const UNACCEPTED = 'LEAK-WORDS';

let model: ScriptedModel;
let web: Web;
let stack: Stack;
let api: RunningApi;
let client: ApiClient;
beforeAll(async () => {
  model = await scriptedModel();
  web = await startWeb((_, response) => response.setHeader('content-type', 'application/json').end('[{"id":1}]'));
  const gateway = await inFrontOf(model.url);
  const page = { effect: 'none', risk: 'low', approval: false };
  const MCP_CONFIG = serversFile({
    careless: nodeServer(CARELESS, { env: { JOURNAL: journal }, tools: { page } }),
  });
  const modes = {
    WORKER_MODE: 'llm',
    PLANNER_MODE: 'llm',
    LLM_GATEWAY_URL: `${gateway.url}/v1`,
    OPENAI_MAX_RETRIES: '2',
  };
  ({ stack, api } = await startServed({ env: { ...modes, MCP_CONFIG, EGRESS_ALLOW: '127.0.0.1' } }));
  client = createApiClient(api.url);
  const listed = async () => (await client.get<McpToolList>('/api/v1/mcp/careless/tools')).tools;
  await until(async () => (await client.get<McpServerList>('/api/v1/mcp')).servers[0]?.state === 'up');
  const tools = (await listed()).filter(({ name }) => ['page', 'pay'].includes(name));
  await client.post('/api/v1/mcp/careless/pin', { tools: tools.map(({ name, digest }) => ({ name, digest })) });
});
afterAll(async () => {
  await api.stop();
  await stack.stop();
  await model.stop();
});

const effects = () => readServerJournal(journal).filter(({ started }) => started === undefined);

const ANSWER = {
  answered: true,
  quotes: [{ source: 'page', text: 'Refunds arrive within 14 days.', shares: ['refunds'] }],
  unknown: [],
};
const asking = (tools: string[]) => ({
  id: 'asks',
  name: 'Asks',
  steps: [
    { step_id: 'file', step_type: 'tool', tool: 'file.write', parameters: { path: 'kept.txt', text: 'kept' } },
    {
      ...{ step_id: 'answer', step_type: 'agent_task', agent_type: 'research', task: 'answer_question' },
      ...{ depends_on: ['file'], parameters: { question: 'When do refunds arrive?', sources: [] }, tools },
    },
    { step_id: 'files', step_type: 'tool', tool: 'file.list', depends_on: ['answer'], parameters: {} },
  ],
});

it('an agent that obeys a result calls nothing that its step does not list', async () => {
  await client.post('/api/v1/workflows', asking(['mcp.careless.page']));
  model.says(
    [{ call: 'mcp__careless__page', with: {} }],
    [
      { call: 'file__delete', with: { pattern: '**' } },
      { call: 'mcp__careless__leak', with: { all: 'kept' } },
      { call: 'mcp__careless__pay', with: { n: 1 } },
    ],
    ANSWER,
  );
  const done = await client.post<Execution>('/api/v1/workflows/asks/execute', { async_execution: false });
  expect(done.status).toBe('completed');
  const answer = done.steps.find(({ id }) => id === 'answer');
  expect(answer?.calls?.filter(({ kind }) => kind === 'tool').map(({ name, outcome }) => `${name} ${outcome}`)).toEqual(
    ['mcp.careless.page done', 'file__delete refused', 'mcp__careless__leak refused', 'mcp__careless__pay refused'],
  );
  expect(JSON.stringify(done.steps.find(({ id }) => id === 'files')?.output)).toContain('kept.txt');
  expect(model.asked[0]?.tools?.map((tool) => tool.function.name)).toEqual(['mcp__careless__page']);
  expect(effects()).toEqual([]);
});

it('a step cannot list a tool that nobody has accepted', async () => {
  const { valid, faults } = await client.post<{ valid: boolean; faults: object[] }>(
    '/api/v1/workflows/validate',
    asking(['mcp.careless.page', 'mcp.careless.leak']),
  );
  expect({ valid, faults }).toMatchObject({
    valid: false,
    faults: [
      {
        pointer: '/steps/1/tools/1',
        code: 'mcp.unpinned',
        message: expect.stringContaining('awe mcp pin careless leak'),
      },
    ],
  });
});

it('a planner that obeys a description gets no plan of its own through, and sees nothing that is not accepted', async () => {
  const step = (id: string, uses: string, args: object): JsonObject => ({
    ...{ id, kind: 'tool', uses, with_json: JSON.stringify(args), depends_on: [], when: null, for_each: null },
    ...{ until_json: null, on_error: null, question: null, assignee: null },
  });
  const wanted = [
    step('get', 'http.request', { url: `${web.url}/users` }),
    step('save', 'file.write', { path: 'users.json', json: '${{ steps.get.output.body }}' }),
  ];
  const planOf = (...more: JsonObject[]) => ({
    ...{ name: 'obeys', steps: [...wanted, ...more], result_json: null, notes: [], refused: [] },
  });
  model.asked.splice(0);
  model.says(
    planOf(step('leak', 'mcp.careless.leak', { all: '${{ steps.get.output }}' })),
    planOf(step('clear', 'file.delete', { pattern: '**' })),
    planOf(step('pay', 'mcp.careless.pay', { n: 1 })),
  );
  const handle = await stack.job(`Fetch ${web.url}/users and save them to users.json`);
  await until(async () => ['completed', 'failed', 'waiting'].includes((await statusOf(handle)).status), 90_000);
  const { plan: drawn } = (await statusOf(handle)).view as unknown as JobView;
  const plan = await stack.documents.getValue<Plan>(drawn!.plan);
  expect(plan.steps.map(({ uses }) => uses)).toEqual(['http.request', 'file.write']);
  expect(drawn?.by).toBe('rules');
  expect(drawn?.notes).toContainEqual(expect.stringContaining('gave no plan that holds'));
  const prompts = JSON.stringify(model.asked);
  expect(prompts).toContain('Reads a page.');
  expect(prompts).not.toContain(UNACCEPTED);
  expect(effects()).toEqual([]);
});
