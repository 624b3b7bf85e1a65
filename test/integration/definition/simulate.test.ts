/** Simulations through HTTP and at the command line, in threads of the API. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningApi } from '../../../api/server';
import { registerWorkflows } from '../../../cli/commands/workflows';
import type { Executions } from '../../../schemas/definition/api';
import type { Simulation } from '../../../schemas/definition/simulation';
import { createApiClient, type ApiClient } from '../../../src/http/api-client';
import { runCli } from '../../support/cli';
import { startServed } from '../../support/served';
import type { Stack } from '../../support/stack';

/** A module of a user's own tools: one with a stub, and one without. */
const OWN_TOOLS = `
const spec = (name) => ({ name, version: '1', description: 'x', input: {}, output: { type: 'object' }, effect: 'once' });
const run = () => { throw new Error('a simulation runs nothing'); };
exports.book = { spec: spec('my.book'), run, simulate: async ({ seat }) => ({ booked: seat }) };
exports.pay = { spec: spec('my.pay'), run, simulate: async (input, { fetch }) => await fetch('https://example.com') };
`;

let stack: Stack;
let api: RunningApi;
let client: ApiClient;
beforeAll(async () => {
  const own = join(mkdtempSync(join(tmpdir(), 'awe-own-')), 'tools.js');
  writeFileSync(own, OWN_TOOLS);
  ({ stack, api } = await startServed({ env: { AWE_TOOLS: own } }));
  client = createApiClient(api.url);
});
afterAll(async () => {
  await api.stop();
  await stack.stop();
});

const at = '/api/v1/workflows';
const awe = (...words: string[]) => runCli(stack.config, [registerWorkflows], words);

/** The definition of the documentation's tour, and what it shows of its simulation. */
const page = readFileSync(join(__dirname, '../../../docs/workflows.md'), 'utf8');
const [, tour = ''] = /<<'YAML'\n([\s\S]*?)\nYAML\n/.exec(page) ?? [];
const [, shown = ''] = /```\n(lead-processing: completed[\s\S]*?)\n```/.exec(page) ?? [];
const input_data = { lead: { name: 'ACME', budget: 25_000 } };

it('a file is simulated as the documentation shows, and a faulty one is told like validate', async () => {
  const [file, input] = [join(stack.config.store.dir, 'lead.yaml'), join(stack.config.store.dir, 'input.json')];
  writeFileSync(file, tour);
  writeFileSync(input, JSON.stringify(input_data));
  expect(await awe('workflows', 'simulate', file, '--input', input)).toEqual({ said: shown, code: 0 });
  writeFileSync(file, tour.replace('then: [call]', 'then: [cal]'));
  const faulty = await awe('workflows', 'simulate', file, '--input', input);
  expect(faulty).toEqual(await awe('workflows', 'validate', file));
  expect(faulty).toMatchObject({ code: 1, said: expect.stringContaining('there is no step "cal"') });
});

it('a definition that is kept is simulated by its id, without an execution', async () => {
  const steps = [
    { step_id: 'look', step_type: 'api_call', parameters: { url: 'https://example.com' }, retry: { attempts: 3 } },
    {
      step_id: 'pick',
      step_type: 'tool',
      tool: 'transform.jsonata',
      parameters: { input: [3, 4], expression: '$sum($)' },
    },
    { step_id: 'ask', step_type: 'approval', approval: { question: 'Go?', expire_after: '2d' }, on_error: 'continue' },
  ];
  await client.post(at, { id: 'tried', name: 'Tried', steps });
  const outputs = { look: [{ error: { type: 'http.status_503' } }, { status: 200, url: '', headers: {}, body: 1 }] };
  const simulation = await client.post<Simulation>(`${at}/tried/simulate`, {
    outputs,
    starts_at: '2026-03-02T08:00:00Z',
  });
  expect(simulation).toMatchObject({
    ...{ status: 'completed', definition: { id: 'tried', version: 1 }, starts_at: '2026-03-02T08:00:00.000Z' },
    questions: [{ step_id: 'ask', outcome: 'approved', assumed: true }],
  });
  const [look, pick] = simulation.steps;
  expect(look).toMatchObject({ source: 'given', attempts: [{ error: { type: 'http.status_503' } }, { attempt: 2 }] });
  expect(pick).toMatchObject({ source: 'real', state: 'completed', output: { value: 7 } });
  expect(await awe('workflows', 'simulate', 'tried', '--decide', 'ask=expire')).toMatchObject({
    code: 0,
    said: expect.stringMatching(/completed after 2d of virtual time[\s\S]*ask: Go\? expired after 2d/),
  });
  const { executions } = await client.get<Executions>('/api/v1/executions?workflow=tried');
  expect(executions).toEqual([]);
});

it('what does not fit is 422 with its place, for definitions that are not kept too', async () => {
  const answer = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${api.url}${at}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const { errors = [] } = (await response.json()) as { errors?: { pointer: string }[] };
    return [response.status, errors.map(({ pointer }) => pointer)];
  };
  const definition = {
    name: 'Draft',
    steps: [{ step_id: 'a', step_type: 'transform', parameters: { n: '${{ input.n }}' } }],
  };
  expect(await answer('/simulate', { definition, input_data: { n: 1 } })).toEqual([200, []]);
  expect(await answer('/simulate', { definition, outputs: { b: 1 } })).toEqual([422, ['/outputs/b']]);
  expect(await answer('/simulate', { definition, surplus: 1 })).toEqual([422, ['/surplus']]);
  const wrong = { ...definition, steps: [{ step_id: 'a', step_type: 'tool', tool: 'data.ecko' }] };
  expect(await answer('/simulate', { definition: wrong })).toEqual([422, ['/definition/steps/0/tool']]);
  const strict = { ...definition, input_schema: { type: 'object', required: ['n'] } };
  expect(await answer('/simulate', { definition: strict })).toEqual([422, ['/input_data/n']]);
  expect((await answer('/nobody/simulate', {}))[0]).toBe(404);
});

it("a user's own tools are stood in for by their own stubs, or by samples where these reach out", async () => {
  const definition = {
    name: 'own',
    steps: [
      { step_id: 'book', step_type: 'tool', tool: 'my.book', parameters: { seat: '12A' } },
      { step_id: 'pay', step_type: 'tool', tool: 'my.pay', parameters: {} },
    ],
  };
  const { steps } = await client.post<Simulation>(`${at}/simulate`, { definition });
  expect(steps.map(({ step_id, source, output }) => ({ step_id, source, output }))).toEqual([
    { step_id: 'book', source: 'stub', output: { booked: '12A' } },
    { step_id: 'pay', source: 'stub', output: {} },
  ]);
});
