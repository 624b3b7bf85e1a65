/** Executions that have ended go on, or run again from one of their steps: each effect once, unless somebody confirms it. */
import type { RunningApi } from '../../../api/server';
import type { DefinitionStep } from '../../../schemas/definition/definition';
import type {
  Execution,
  ExecutionAccepted,
  Executions,
  RepeatedEffect,
  RerunPreview,
} from '../../../schemas/definition/api';
import type { PlatformEvent } from '../../../schemas/envelope';
import { type ApiRefusal, createApiClient, type ApiClient } from '../../../src/http/api-client';
import { registerExecutions } from '../../../cli/commands/executions';
import { runCli } from '../../support/cli';
import { startServed } from '../../support/served';
import type { Stack } from '../../support/stack';
import { until } from '../../support/until';
import { startWeb, type Web } from '../../support/web';

let stack: Stack;
let api: RunningApi;
let client: ApiClient;
let web: Web;
/** paths that answer 500, until they are taken out */
const broken = new Set<string>();
beforeAll(async () => {
  ({ stack, api } = await startServed({ env: { EGRESS_ALLOW: '127.0.0.1' } }));
  client = createApiClient(api.url);
  web = await startWeb(({ url }, response) => {
    response.writeHead(broken.has(url) ? 500 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ at: url }));
  });
});
afterAll(async () => {
  await api.stop();
  await stack.stop();
});

const sent = (path: string): number => web.requests.filter(({ url }) => url === path).length;
const call = (step_id: string, path: string, more: Partial<DefinitionStep> = {}): DefinitionStep => ({
  ...{ step_id, step_type: 'api_call', parameters: { method: 'POST', url: `${web.url}${path}`, json: {} } },
  ...more,
});
const put = (step_id: string, path: string, more: Partial<DefinitionStep> = {}): DefinitionStep => ({
  ...call(step_id, path, { retry: { attempts: 1 }, ...more }),
  parameters: { method: 'PUT', url: `${web.url}${path}`, json: {} },
});
const said = (step_id: string, more: Partial<DefinitionStep> = {}): DefinitionStep => ({
  ...{ step_id, step_type: 'transform', parameters: { n: '${{ input.n }}' } },
  ...more,
});

const address = (id: string) => `/api/v1/executions/${id}`;
const read = (id: string, query = '') => client.get<Execution>(`${address(id)}${query}`);
const ended = async (id: string, status: string): Promise<Execution> => {
  await until(async () => (await read(id)).status === status);
  return await read(id);
};
async function execute(id: string, steps: DefinitionStep[], status: string, n = 1): Promise<Execution> {
  const input_schema = { type: 'object', properties: { n: { type: 'integer' } } };
  await client.post('/api/v1/workflows/', { id, name: id, input_schema, steps });
  const { execution_id } = await client.post<ExecutionAccepted>(`/api/v1/workflows/${id}/execute`, {
    input_data: { n },
  });
  return await ended(execution_id, status);
}
const eventsOf = async (id: string): Promise<string[]> => {
  const types: string[] = [];
  for await (const { event_type } of client.events(`${address(id)}/events`)) types.push(event_type);
  return types;
};
const refused = async (
  path: string,
  body: object,
): Promise<{ status: number; effects: RepeatedEffect[]; detail: string }> =>
  await client.post(path, body).then(
    () => Promise.reject(new Error('it was taken')),
    (error: ApiRefusal) => error.problem as never,
  );

it('goes on from a failed step in a loop once its cause has gone: each effect once, events under one id', async () => {
  broken.add('/loop/2');
  const each = call('post', '/loop/${{ item }}/once');
  const then = put('save', '/loop/${{ item }}', { depends_on: ['post'] });
  const steps = [
    call('first', '/first'),
    {
      step_id: 'each',
      step_type: 'loop' as const,
      items: '[1, 2, 3]',
      max_parallel: 1,
      depends_on: ['first'],
      steps: [each, then],
    },
    call('last', '/last', { depends_on: ['each'] }),
  ];
  const failed = await execute('go-on', steps, 'failed');
  const id = failed.execution_id;
  expect(failed.steps.find((step) => step.id === 'first')?.attempts).toEqual({ count: 1 });
  const within = await read(id, '?step=each');
  expect(within.steps.map(({ id: step, status }) => `${step} ${status}`)).toEqual([
    ...['each.0.post completed', 'each.0.save completed', 'each.1.post completed', 'each.1.save failed'],
  ]);
  expect(within.steps[3]).toMatchObject({ attempts: { count: 1, last_failure: { type: 'http.status_500' } } });
  const page = await read(id, '?step=each.1&limit=1');
  expect(page.steps.map(({ id: step }) => step)).toEqual(['each.1.post']);
  expect(page.next_cursor).toBeDefined();

  broken.clear();
  await client.post(`${address(id)}/retry`, {});
  const done = await ended(id, 'completed');
  expect(done.result).toMatchObject({ last: { body: { at: '/last' } } });
  for (const path of ['/first', '/loop/1/once', '/loop/1', '/loop/2/once', '/loop/3/once', '/loop/3', '/last'])
    expect({ path, sent: sent(path) }).toEqual({ path, sent: 1 });
  expect(sent('/loop/2')).toBe(2);
  const keys = web.requests.filter(({ url }) => url === '/loop/2').map(({ headers }) => headers['idempotency-key']);
  expect(new Set(keys).size).toBe(1);
  expect((await eventsOf(id)).filter((type) => type.startsWith('WORKFLOW.'))).toEqual([
    ...['WORKFLOW.STARTED', 'WORKFLOW.FAILED', 'WORKFLOW.RETRIED', 'WORKFLOW.COMPLETED'],
  ]);
  expect(await refused(`${address(id)}/retry`, {})).toMatchObject({
    status: 409,
    detail: expect.stringContaining('re-run'),
  });
});

it('asks before it repeats what may have happened, and then goes on', async () => {
  broken.add('/charge');
  const { execution_id: id } = await execute('unknown', [call('charge', '/charge')], 'failed');
  const { status, effects } = await refused(`${address(id)}/retry`, {});
  expect({ status, effects }).toMatchObject({
    status: 409,
    effects: [{ step: 'charge', tool: 'http.request', status: 'unknown' }],
  });
  broken.clear();
  const listed = await runCli(stack.config, [registerExecutions], ['executions', 'retry', id]);
  expect(listed).toMatchObject({ code: 1, said: expect.stringContaining(effects[0]!.id) });
  const taken = await runCli(stack.config, [registerExecutions], ['executions', 'retry', id, '--confirm']);
  expect(taken).toEqual({ code: 0, said: `${id} goes on` });
  await ended(id, 'completed');
});

it('runs again from the middle with other input, as a new execution that takes over what was before', async () => {
  const steps = [
    put('fetch', '/fetch'),
    said('count', { depends_on: ['fetch'] }),
    said('tell', { depends_on: ['count'] }),
  ];
  const before = await execute('again', steps, 'completed');
  const wrong = await refused(`${address(before.execution_id)}/rerun`, { from_step: 'cuont' });
  expect(wrong).toMatchObject({
    status: 422,
    errors: [{ pointer: '/from_step', detail: expect.stringContaining('did you mean count?') }],
  });
  const misfit = await refused(`${address(before.execution_id)}/rerun`, { from_step: 'count', input_data: { n: 'x' } });
  expect(misfit).toMatchObject({ status: 422, errors: [{ pointer: '/input_data/n' }] });
  const accepted = await client.post<ExecutionAccepted>(`${address(before.execution_id)}/rerun`, {
    ...{ from_step: 'count', input_data: { n: 2 } },
  });
  expect(accepted).toMatchObject({
    rerun_of: before.execution_id,
    from_step: 'count',
    definition: { id: 'again', version: 1 },
  });
  const after = await ended(accepted.execution_id, 'completed');
  expect(after).toMatchObject({
    rerun_of: before.execution_id,
    from_step: 'count',
    input: { n: 2 },
    result: { tell: { n: 2 } },
  });
  const listed = `/api/v1/executions?rerun_of=${before.execution_id}`;
  await until(async () => (await client.get<Executions>(listed)).executions.length === 1);
  const { executions } = await client.get<Executions>(listed);
  expect(executions).toMatchObject([{ execution_id: accepted.execution_id, rerun_of: before.execution_id }]);
  const words = ['executions', 'list', '--rerun-of', accepted.execution_id];
  expect(await runCli(stack.config, [registerExecutions], words)).toEqual({ code: 0, said: '0 executions' });
  expect(after.steps[0]).toMatchObject({ id: 'fetch', status: 'completed', output: before.steps[0]?.output });
  expect(sent('/fetch')).toBe(1);
  const [started] = await eventsIn(accepted.execution_id);
  expect(started).toMatchObject({ payload: { rerun_of: before.execution_id, from_step: 'count' } });
});

const eventsIn = async (id: string): Promise<Pick<PlatformEvent, 'payload'>[]> => {
  const events = [];
  for await (const event of client.events(`${address(id)}/events`)) events.push(event);
  return events as never;
};

it('lists effects that would happen once more, and runs again when they are confirmed', async () => {
  const steps = [
    call('book', '/book'),
    call('pay', '/pay', { depends_on: ['book'] }),
    said('tell', { depends_on: ['pay'] }),
  ];
  const { execution_id: id } = await execute('confirm', steps, 'completed');
  const preview = await client.post<RerunPreview>(`${address(id)}/rerun`, { from_step: 'pay', preview: true });
  expect(preview).toMatchObject({ runs: ['pay', 'tell'], keeps: ['book'], effects: [{ step: 'pay', status: 'done' }] });
  const { status, effects } = await refused(`${address(id)}/rerun`, { from_step: 'pay' });
  expect({ status, effects }).toEqual({ status: 409, effects: preview.effects });
  const cli = await runCli(stack.config, [registerExecutions], ['executions', 'rerun', id, '--from', 'pay']);
  expect(cli).toMatchObject({ code: 1, said: expect.stringContaining('Nothing was started') });
  expect(sent('/pay')).toBe(1);
  const confirm_effects = effects.map((effect) => effect.id);
  const { execution_id } = await client.post<ExecutionAccepted>(`${address(id)}/rerun`, {
    from_step: 'pay',
    confirm_effects,
  });
  await ended(execution_id, 'completed');
  expect([sent('/book'), sent('/pay')]).toEqual([1, 2]);
  const shown = await runCli(stack.config, [registerExecutions], ['executions', 'show', execution_id]);
  expect(shown.said).toContain(`re-run of ${id}, from pay`);
});

it('a sub-workflow that has failed goes on within the execution that is retried', async () => {
  broken.add('/inner');
  const inner = [call('note', '/noted'), put('save', '/inner', { depends_on: ['note'] })];
  await client.post('/api/v1/workflows/', { id: 'within', name: 'within', steps: inner });
  const sub: DefinitionStep = { step_id: 'sub', step_type: 'sub_workflow', workflow: 'within' };
  const { execution_id: id } = await execute('around', [sub], 'failed');
  broken.clear();
  await client.post(`${address(id)}/retry`, {});
  await ended(id, 'completed');
  expect([sent('/noted'), sent('/inner')]).toEqual([1, 2]);
  const preview = await client.post<RerunPreview>(`${address(id)}/rerun`, { from_step: 'sub', preview: true });
  expect(preview.effects.map(({ step }) => step).sort()).toEqual(['sub/note', 'sub/save']);
});
