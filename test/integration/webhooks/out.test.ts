/** Webhooks on real servers: a receiver is told of what happens, whatever becomes of the processes meanwhile. */
import { createHmac } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { RunningApi } from '../../../api/server';
import { registerWebhooks } from '../../../cli/commands/webhooks';
import type { Execution, ExecutionAccepted } from '../../../schemas/definition/api';
import type { Deliveries, Webhook, WebhookWithSecret } from '../../../schemas/webhooks/api';
import { createApiClient, type ApiClient } from '../../../src/http/api-client';
import { createLogger } from '../../../src/logging';
import { startConsumers, type RunningConsumers } from '../../../workers/consumers';
import { startWorker, type RunningWorker } from '../../../workers/main';
import { workflowBundle } from '../../setup/servers';
import { runCli } from '../../support/cli';
import { startServed } from '../../support/served';
import type { Stack } from '../../support/stack';
import { testTools } from '../../support/tools';
import { until } from '../../support/until';
import { startWeb, type Web } from '../../support/web';

let stack: Stack;
let api: RunningApi;
let worker: RunningWorker;
let consumers: RunningConsumers;
let client: ApiClient;
/** the status that the receiver answers */
let answer = 204;
let web: Web;

const HOME = '/api/v1/webhooks';

beforeAll(async () => {
  const env = { EGRESS_ALLOW: '127.0.0.1', WEBHOOK_FIRST_PAUSE: '100ms', WEBHOOK_ATTEMPTS: '8' };
  ({ stack, api } = await startServed({ env }));
  ({ worker } = stack);
  consumers = await startConsumers(stack.config, createLogger(stack.config, 'test'));
  client = createApiClient(api.url);
  web = await startWeb((_, response) => response.writeHead(answer).end());
  const steps = [
    { step_id: 'ask', step_type: 'approval', approval: { question: 'Go?', expire_after: '1h' } },
    { step_id: 'done', step_type: 'transform', depends_on: ['ask'], parameters: { ok: true } },
  ];
  await client.post('/api/v1/workflows', { id: 'asks', name: 'Asks', steps });
});
afterAll(async () => {
  await consumers.stop();
  await api.stop();
  await worker.stop(); // not that of the stack any more
  await stack.client.connection.close();
  rmSync(stack.config.store.dir, { recursive: true, force: true });
});

/** Executes the workflow; `decide` answers its question. */
async function execute(): Promise<{ id: string; decide: () => Promise<void> }> {
  const { links, execution_id } = await client.post<ExecutionAccepted>('/api/v1/workflows/asks/execute', {});
  const read = () => client.get<Execution>(links.self ?? '');
  return {
    id: execution_id,
    async decide() {
      await until(async () => (await read()).questions.length === 1);
      const [question] = (await read()).questions;
      const { approval_id, digest } = question!;
      await client.post(links.decide ?? '', { approval_id, digest, choice: 'approve' });
    },
  };
}

/** Messages that have come to a path, as a receiver sees them. */
const messages = (path: string) =>
  web.requests
    .filter(({ url }) => url === path)
    .map(({ headers, body }) => ({
      id: String(headers['webhook-id']),
      timestamp: String(headers['webhook-timestamp']),
      signatures: String(headers['webhook-signature']).split(' '),
      body,
      says: JSON.parse(body) as { type: string; timestamp: string; data: { subject: unknown; payload: object } },
    }));

/** The signature as the standard defines it, computed here once more. */
const signed = (secret: string, { id, timestamp, body }: ReturnType<typeof messages>[number]) =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64')}`;

const deliveries = async (id: string) => (await client.get<Deliveries>(`${HOME}/${id}/deliveries`)).deliveries;

/** Lines that a command prints. */
async function awe(...words: string[]): Promise<string> {
  const { said } = await runCli(stack.config, [registerWebhooks], words);
  return said;
}

it('tells of a question and of the end, signed, and sends again under the same id', async () => {
  const made = await client.post<WebhookWithSecret>(HOME, {
    ...{ id: 'told', url: `${web.url}/told`, events: ['APPROVAL.REQUESTED', 'WORKFLOW.COMPLETED'] },
  });
  expect(await client.get<Webhook>(`${HOME}/told`)).not.toHaveProperty('secret');
  const { id, decide } = await execute();
  await until(() => messages('/told').length === 1);
  await decide();
  await until(() => messages('/told').length === 2);
  const [asked, ended] = messages('/told');
  expect(asked?.says).toMatchObject({
    type: 'APPROVAL.REQUESTED',
    data: { subject: { kind: 'execution', id }, payload: { approval_id: 'ask', question: 'Go?' } },
  });
  expect(ended?.says).toMatchObject({ type: 'WORKFLOW.COMPLETED', data: { payload: { execution_id: id } } });
  expect(ended?.signatures).toEqual([signed(made.secret, ended!)]);

  await until(async () => (await deliveries('told')).every(({ status }) => status === 'delivered'));
  const rotated = await client.post<WebhookWithSecret>(`${HOME}/told/rotate`, { keep_hours: 1 });
  expect(rotated.secrets).toHaveLength(2);
  expect(await awe('webhooks', 'deliveries', 'told')).toMatch(/WORKFLOW.COMPLETED +delivered +1 .* 204/);
  // the log says that it was taken a moment before its workflow has ended
  const redeliver = () => awe('webhooks', 'redeliver', 'told', ended!.id).catch(() => '');
  await until(async () => (await redeliver()) === `${ended!.id} is on its way`);
  await until(() => messages('/told').length === 3);
  const [, , again] = messages('/told');
  expect([again?.id, again?.body]).toEqual([ended?.id, ended?.body]);
  expect(again?.signatures).toEqual([signed(rotated.secret, again!), signed(made.secret, again!)]);
  await client.delete(`${HOME}/told`);
  await expect(client.get(`${HOME}/told`)).rejects.toThrow('There is no webhook told');
});

it('a message outlives the worker that tried to send it, and consumers that were away', async () => {
  await client.post(HOME, { id: 'later', url: `${web.url}/later`, events: ['WORKFLOW.COMPLETED'] });
  await consumers.stop();
  const { decide } = await execute();
  await decide();
  answer = 500;
  consumers = await startConsumers(stack.config, createLogger(stack.config, 'test'));
  await until(() => messages('/later').length >= 1);
  await worker.stop();
  answer = 204;
  const before = messages('/later').length;
  const log = createLogger(stack.config, 'test');
  worker = await startWorker(stack.config, log, { bundlePath: workflowBundle().codePath, tools: testTools });
  await until(async () => (await deliveries('later'))[0]?.status === 'delivered', 60_000);
  const all = messages('/later');
  expect(all).toHaveLength(before + 1);
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
}, 120_000);

it('one whose target is gone is disabled by the platform, once, and that is told', async () => {
  const dead = await startWeb((_, response) => response.writeHead(410).end());
  const events = ['WEBHOOK.DISABLED'];
  await client.post(HOME, { id: 'hears', url: `${web.url}/hears`, events });
  await client.post(HOME, { id: 'gone', url: dead.url, events: ['APPROVAL.REQUESTED', 'WORKFLOW.COMPLETED'] });
  const { decide } = await execute();
  await decide();
  await until(() => messages('/hears').length === 1);
  expect(messages('/hears')[0]?.says.data.payload).toEqual({
    ...{ webhook_id: 'gone', by: 'platform', reason: expect.stringContaining('410') },
  });
  expect(await client.get<Webhook>(`${HOME}/gone`)).toMatchObject({ state: 'disabled' });
  await client.delete(`${HOME}/hears`);
});

it('one that is limited to workflows is told of their executions alone', async () => {
  const limited = { url: `${web.url}/limited`, events: ['WORKFLOW.COMPLETED', 'APPROVAL.REQUESTED'] };
  await client.post(HOME, { ...limited, id: 'limited', workflows: ['asks'] });
  await expect(client.post(HOME, { ...limited, workflows: ['axes'] })).rejects.toThrow('/workflows/0 there is no');
  const steps = [{ step_id: 'done', step_type: 'transform', parameters: { ok: true } }];
  await client.post('/api/v1/workflows', { id: 'others', name: 'Others', steps });
  await client.post('/api/v1/workflows/others/execute', { async_execution: false });
  const { decide } = await execute();
  await decide();
  await until(() => messages('/limited').length === 2);
  const told = messages('/limited').map(({ says }) => `${says.type} ${JSON.stringify(says.data.payload)}`);
  expect(told).toEqual([
    expect.stringMatching(/^APPROVAL.REQUESTED .*"approval_id":"ask"/),
    expect.stringMatching(/^WORKFLOW.COMPLETED .*"definition_id":"asks"/),
  ]);
  await client.delete(`${HOME}/limited`);
});

it('what cannot be delivered is given up, and said', async () => {
  await client.post(HOME, {
    ...{ id: 'watch', url: `${web.url}/watch`, events: ['WEBHOOK.DISABLED', 'WEBHOOK.ENABLED'] },
  });
  await client.post(HOME, { id: 'refused', url: 'http://10.1.2.3/', events: ['WORKFLOW.COMPLETED'] });
  const { decide } = await execute();
  await decide();
  await until(async () => (await deliveries('refused'))[0]?.status === 'failed');
  expect((await deliveries('refused'))[0]?.attempts[0]?.error).toMatch(/EGRESS_ALLOW/);
  expect(await awe('webhooks', 'disable', 'refused')).toMatch(/^refused {2}disabled/);
  expect(await awe('webhooks', 'list')).toMatch(/refused +disabled +http:\/\/10.1.2.3\//);
  expect(await awe('webhooks', 'enable', 'refused')).toMatch(/^refused {2}enabled/);
  await until(() => messages('/watch').length === 2);
  expect(messages('/watch').map(({ says }) => [says.type, says.data.payload])).toEqual([
    ['WEBHOOK.DISABLED', { webhook_id: 'refused', by: 'local' }],
    ['WEBHOOK.ENABLED', { webhook_id: 'refused', by: 'local' }],
  ]);
  await expect(client.post(HOME, { url: 'ftp://x', events: ['WORKFLOW.COMPLETED'] })).rejects.toThrow('/url only http');
  await expect(client.post(HOME, { url: 'https://x.example', events: ['TASK.STARTED'] })).rejects.toThrow('/events/0');
});
