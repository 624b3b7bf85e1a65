/** Messages of other people's servers: signed, they start executions and answer their questions, once each. */
import { createHmac } from 'node:crypto';
import type { RunningApi } from '../../../api/server';
import { registerHooks } from '../../../cli/commands/hooks';
import type { DecisionResult } from '../../../schemas/api';
import type { Execution, ExecutionAccepted, Executions } from '../../../schemas/definition/api';
import type { HookWithSecret } from '../../../schemas/webhooks/hooks';
import { createApiClient, type ApiClient } from '../../../src/http/api-client';
import { runCli } from '../../support/cli';
import { startServed } from '../../support/served';
import type { Stack } from '../../support/stack';
import { until } from '../../support/until';

let stack: Stack;
let api: RunningApi;
let client: ApiClient;

const HOME = '/api/v1/hooks';

beforeAll(async () => {
  ({ stack, api } = await startServed());
  client = createApiClient(api.url);
  await client.post('/api/v1/workflows', {
    ...{ id: 'greets', name: 'Greets' },
    input_schema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
    steps: [{ step_id: 'hello', step_type: 'transform', parameters: { text: 'Hello ${{ input.name }}' } }],
  });
  await client.post('/api/v1/workflows', {
    ...{ id: 'asks', name: 'Asks' },
    steps: [{ step_id: 'ask', step_type: 'approval', approval: { question: 'Go?', expire_after: '1h' } }],
  });
});
afterAll(async () => {
  await api.stop();
  await stack.stop();
});

interface Sent {
  id?: string;
  /** seconds from now */
  at?: number;
  /** as they are sent, in place of the right ones */
  headers?: Record<string, string>;
}

/** Sends a message as the standard defines it. */
async function send<T = { detail: string }>(
  hook: string,
  secret: string,
  message: object | string,
  { id = 'msg_1', at = 0, headers }: Sent = {},
): Promise<{ status: number; body: T; replayed: string | null }> {
  const body = typeof message === 'string' ? message : JSON.stringify(message);
  const timestamp = String(Math.floor(Date.now() / 1_000) + at);
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const signed = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` };
  const response = await fetch(`${api.url}${HOME}/${hook}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(headers ?? signed) },
    body,
  });
  const replayed = response.headers.get('idempotent-replayed');
  return { status: response.status, body: (await response.json()) as T, replayed };
}

/** Lines that a command prints. */
async function awe(...words: string[]): Promise<string> {
  const { said } = await runCli(stack.config, [registerHooks], words);
  return said;
}

const executions = async (workflow: string) =>
  (await client.get<Executions>(`/api/v1/executions?workflow=${workflow}`)).executions;

it('a message starts an execution, once for its id', async () => {
  const start = { workflow: 'greets', input: { name: '${{ input.data.first + " " + input.data.last }}' } };
  const { secret } = await client.post<HookWithSecret>(HOME, { id: 'lead', start });
  const message = { type: 'lead.created', data: { first: 'Ann', last: 'Keller' } };
  const all = await Promise.all([1, 2, 3].map(() => send<ExecutionAccepted>('lead', secret, message)));
  expect(all.map(({ status }) => status)).toEqual([202, 202, 202]);
  const [{ body }] = all as [(typeof all)[0]];
  expect(new Set(all.map((one) => one.body.execution_id)).size).toBe(1);
  const again = await send<ExecutionAccepted>('lead', secret, message);
  expect(again).toEqual({ status: 202, body, replayed: 'true' });
  const read = () => client.get<Execution>(body.links.self ?? '');
  await until(async () => (await read()).status === 'completed');
  expect(await read()).toMatchObject({
    requested_by: 'hook:lead',
    input: { name: 'Ann Keller' },
    result: { hello: { text: 'Hello Ann Keller' } },
  });
  await send('lead', secret, message, { id: 'msg_2' });
  await until(async () => (await executions('greets')).length === 2);
  const other = await send('lead', secret, { ...message, type: 'other' });
  expect(other).toMatchObject({ status: 422, body: { type: 'urn:awe:problem:idempotency-key-reused' } });
});

it('a message is believed for its signature alone, by the secret of now or the one before', async () => {
  const { secret } = await client.post<HookWithSecret>(HOME, { id: 'careful', start: { workflow: 'greets' } });
  const message = { name: 'Bo' };
  const forged = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  expect(await send('careful', forged, message)).toMatchObject({ status: 401 });
  expect(await send('careful', secret, message, { headers: {} })).toMatchObject({ status: 400 });
  expect(await send('careful', secret, message, { at: -400 })).toMatchObject({
    status: 400,
    body: { detail: expect.stringContaining('five minutes') },
  });
  expect(await send('nobody', secret, message)).toMatchObject({ status: 404 });
  expect(await send('careful', secret, 'no json')).toMatchObject({ status: 400 });
  expect(await send('careful', secret, { other: 1 })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/input_data/name', detail: 'is missing' }] },
  });
  const said = await awe('hooks', 'rotate', 'careful', '--keep-hours', '1');
  const [, rotated = ''] = /secret {4}(whsec_\S+)/.exec(said) ?? [];
  expect(await send('careful', secret, message, { id: 'msg_old' })).toMatchObject({ status: 202 });
  expect(await send('careful', rotated, message, { id: 'msg_new' })).toMatchObject({ status: 202 });
  await awe('hooks', 'rotate', 'careful', '--keep-hours', '0');
  expect(await send('careful', rotated, message, { id: 'msg_late' })).toMatchObject({ status: 401 });
  expect(await awe('hooks', 'list')).toMatch(/careful +starts greets +local/);
  expect(await awe('hooks', 'delete', 'careful')).toBe('careful is gone');
  expect(await send('careful', rotated, message)).toMatchObject({ status: 404 });
});

it('a message answers a question of an execution, once', async () => {
  const decide = {
    execution_id: '${{ input.execution }}',
    approval_id: 'ask',
    choice: '${{ input.ok ? "approve" : "reject" }}',
    comment: 'by ${{ input.who }}',
  };
  const { secret } = await client.post<HookWithSecret>(HOME, { id: 'answer', decide });
  const { execution_id, links } = await client.post<ExecutionAccepted>('/api/v1/workflows/asks/execute', {});
  const read = () => client.get<Execution>(links.self ?? '');
  await until(async () => (await read()).questions.length === 1);
  const message = { execution: execution_id, ok: true, who: 'Ann' };
  expect(await send('answer', secret, { execution: execution_id, ok: true })).toMatchObject({ status: 422 });
  const taken = await send<DecisionResult>('answer', secret, message);
  expect(taken).toMatchObject({ status: 200, body: { outcome: 'accepted' } });
  expect(await send('answer', secret, message)).toMatchObject({ status: 200, body: { decision: taken.body.decision } });
  await until(async () => (await read()).status === 'completed');
  expect((await read()).decisions).toMatchObject([{ by: 'hook:answer', choice: 'approve', comment: 'by Ann' }]);
  const late = await send('answer', secret, { ...message, ok: false }, { id: 'msg_2' });
  expect(late).toMatchObject({ status: 409 });
  expect(await send('answer', secret, { ...message, execution: 'X-none' }, { id: 'msg_3' })).toMatchObject({
    status: 404,
  });
});

it('a message pauses, resumes and cancels an execution, once for its id', async () => {
  const control = { execution_id: '${{ input.execution }}', control: '${{ input.wants }}' };
  const { secret } = await client.post<HookWithSecret>(HOME, { id: 'control', control });
  const { execution_id, links } = await client.post<ExecutionAccepted>('/api/v1/workflows/asks/execute', {});
  const read = () => client.get<Execution>(links.self ?? '');
  await until(async () => (await read()).questions.length === 1);
  const say = (wants: string, id: string) => send('control', secret, { execution: execution_id, wants }, { id });
  expect(await say('stop', 'msg_0')).toMatchObject({ status: 422, body: { detail: expect.stringContaining('pause') } });
  const paused = await say('pause', 'msg_1');
  expect(paused).toMatchObject({ status: 202, body: { execution_id, requested: 'pause' } });
  await until(async () => (await read()).status === 'paused');
  expect(await say('resume', 'msg_2')).toMatchObject({ status: 202 });
  await until(async () => (await read()).status !== 'paused');
  expect(await say('pause', 'msg_1')).toEqual({ ...paused, replayed: 'true' });
  expect(await say('cancel', 'msg_3')).toMatchObject({ status: 202 });
  await until(async () => (await read()).status === 'cancelled');
  expect(await say('pause', 'msg_4')).toMatchObject({ status: 409 });
  const other = await send('control', secret, { execution: 'X-none', wants: 'pause' }, { id: 'msg_5' });
  expect(other).toMatchObject({ status: 404 });
  await expect(client.post(HOME, { control: { ...control, control: 'stop' } })).rejects.toThrow('/control/control');
});

it('a hook that cannot work is not made', async () => {
  const made = (body: object) => client.post(HOME, body);
  await expect(made({ start: { workflow: 'nothing' } })).rejects.toThrow(
    '/start/workflow there is no workflow nothing',
  );
  await expect(made({})).rejects.toThrow('one of start, decide and control');
  const input = { name: '${{ message.name }}' };
  await expect(made({ start: { workflow: 'greets', input } })).rejects.toThrow('/start/input/name');
  await expect(made({ start: { workflow: 'greets' }, secret: 'short' })).rejects.toThrow('/secret');
});
