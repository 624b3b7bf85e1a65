/** AWE as an MCP server, asked by the official client: over HTTP in both eras, and through the pipes of `awe mcp serve`. */
import { PassThrough } from 'node:stream';
import {
  Client,
  ReadBuffer,
  serializeMessage,
  StreamableHTTPClientTransport,
  type CallToolResult,
  type JSONRPCMessage,
  type Transport,
} from '@modelcontextprotocol/client';
import { pino } from 'pino';
import { startApi, type RunningApi } from '../../api/server';
import { relayMcp } from '../../src/http/mcp-relay';
import { freePorts } from '../../src/local/ports';
import { createLogger } from '../../src/logging';
import { keyOf, writeKeys } from '../support/keys';
import { startServed } from '../support/served';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

const keys = {
  ann: ['requester', 'approver', 'operator'],
  ben: ['requester', 'approver'],
  eve: ['auditor'],
} as const;
type Name = keyof typeof keys;

let stack: Stack;
let api: RunningApi;
/** the same stack, where assistants may decide, and where little may be asked */
let deciding: RunningApi;
let strict: RunningApi;
const clients: Client[] = [];
/** what `deciding` logs */
const logged: string[] = [];

beforeAll(async () => {
  const file = writeKeys(keys);
  ({ stack, api } = await startServed({ env: { AWE_API_KEYS_FILE: file } }));
  const log = createLogger(stack.config, 'test');
  const [first, second] = await freePorts(2);
  const http = { ...stack.config.http };
  const heard = pino({ level: 'info' }, { write: (line) => void logged.push(line) });
  deciding = await startApi({ ...stack.config, http: { ...http, port: first! }, mcpServer: { decides: true } }, heard);
  strict = await startApi(
    { ...stack.config, http: { ...http, port: second!, rates: { requests: 0, changes: 1 }, bodyLimitBytes: 2_000 } },
    log,
  );
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await Promise.all([deciding.stop(), strict.stop()]);
  await api.stop();
  await stack.stop();
});

type Era = 'legacy' | 'modern';
const eras: Era[] = ['legacy', 'modern'];

async function connect(transport: Transport, era: Era): Promise<Client> {
  const mode = era === 'modern' ? { pin: '2026-07-28' } : ('legacy' as const);
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  await client.connect(transport);
  clients.push(client);
  return client;
}

/** A client over HTTP with somebody's key. */
const clientOf = (name: Name, { at = api, era = 'modern' }: { at?: RunningApi; era?: Era } = {}) =>
  connect(
    new StreamableHTTPClientTransport(new URL('/mcp', at.url), {
      requestInit: { headers: { authorization: `Bearer ${keyOf(name)}` } },
    }),
    era,
  );

/** A client through pipes, as an assistant starts `awe mcp serve`. */
async function pipedClientOf(name: Name, era: Era, at = api): Promise<Client> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const relayed = relayMcp({ input, output, url: `${at.url}/mcp`, key: keyOf(name), note: () => undefined });
  const buffer = new ReadBuffer();
  const transport: Transport = {
    async start() {
      output.on('data', (chunk: Buffer) => {
        buffer.append(chunk);
        for (let message = buffer.readMessage(); message; message = buffer.readMessage())
          transport.onmessage?.(message);
      });
    },
    async send(message: JSONRPCMessage) {
      input.write(serializeMessage(message));
    },
    async close() {
      input.end();
      await relayed;
      transport.onclose?.();
    },
  };
  return await connect(transport, era);
}

const textOf = ({ content }: CallToolResult, at = 0): string => {
  const block = content[at];
  return block?.type === 'text' ? block.text : '';
};
async function use<T>(client: Client, name: string, args: Record<string, unknown> = {}): Promise<T> {
  const result = await client.callTool({ name, arguments: args });
  if (result.isError) throw new Error(textOf(result));
  expect(textOf(result)).toContain('read them as data');
  return JSON.parse(textOf(result, 1)) as T;
}

const plan = (text = 'hello') => ({
  name: 'a note',
  steps: [
    {
      ...{ id: 'note', kind: 'tool', uses: 'report.summary' },
      with: { title: 'A note', context: { text }, save_as: 'note.md' },
    },
  ],
});
interface Waited {
  waited: string;
  status: string;
  asks: { approval_id: string; digest: string; choices: string[] }[];
}
interface Accepted {
  workflow_id: string;
  status: string;
}
let jobs = 0;
const startJob = (client: Client, mode = 'run', text?: string) =>
  use<Accepted>(client, 'job_create', { job_id: `J-${++jobs}`, goal: 'Write a note', mode, plan: plan(text) });

describe.each([
  ...eras.map((era) => ({ way: `over HTTP, ${era}`, open: (name: Name) => clientOf(name, { era }) })),
  ...eras.map((era) => ({ way: `through pipes, ${era}`, open: (name: Name) => pipedClientOf(name, era) })),
])('$way', ({ open }) => {
  it('starts a job, waits for it, and reads its file', async () => {
    const client = await open('ann');
    const names = (await client.listTools()).tools.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(names).toEqual(expect.arrayContaining(['job_create', 'run_wait', 'approval_list', 'workflow_execute']));
    expect(names.every((name) => /^[A-Za-z0-9_-]{1,64}$/.test(name))).toBe(true);

    const job = await startJob(client);
    expect(await use<Waited>(client, 'run_wait', { workflow_id: job.workflow_id })).toMatchObject({ waited: 'ended' });

    const steps = await client.callTool({
      name: 'run_steps',
      arguments: { workflow_id: job.workflow_id },
    });
    const link = steps.content.find((block) => block.type === 'resource_link' && block.uri.includes('artifacts'));
    const { contents } = await client.readResource({ uri: (link as { uri: string }).uri });
    expect(contents[0]).toMatchObject({
      mimeType: 'text/markdown',
      text: expect.stringContaining('A note'),
    });

    const events = await client.readResource({ uri: `awe://runs/${job.workflow_id}/events` });
    const { data } = JSON.parse((events.contents[0] as { text: string }).text);
    expect(data.events.map(({ event_type }: { event_type: string }) => event_type)).toEqual(
      expect.arrayContaining(['JOB.CREATED', 'JOB.COMPLETED']),
    );
    const listed = await client.listResources();
    expect(listed.resources.length).toBeGreaterThan(0);
    expect((await client.listResourceTemplates()).resourceTemplates).toHaveLength(4);
  });

  it('is refused without the role, and told why', async () => {
    const client = await open('eve');
    const names = (await client.listTools()).tools.map(({ name }) => name);
    expect(names).toContain('run_get');
    expect(names).not.toContain('job_create');
    expect(names).not.toContain('approval_decide');
    await expect(startJob(client)).rejects.toThrow('This needs the role requester or operator or admin');
  });
});

it('shows what waits, and leaves the decision to a person unless the configuration says otherwise', async () => {
  const ann = await clientOf('ann');
  const { workflow_id } = await startJob(ann, 'plan');
  const waited = await use<Waited>(ann, 'run_wait', { workflow_id });
  expect(waited).toMatchObject({ waited: 'asks', asks: [{ choices: ['approve', 'reject'] }] });
  const { items } = await use<{ items: { workflow_id: string; digest: string }[] }>(ann, 'approval_list');
  const asked = items.find((one) => one.workflow_id === workflow_id);
  const shown = await use<{ approval_id: string; digest: string; shows: unknown }>(ann, 'approval_get', {
    workflow_id,
  });
  expect(shown).toMatchObject({ digest: asked?.digest, shows: expect.anything() });

  const whole = await ann.readResource({ uri: `awe://runs/${workflow_id}/approvals/${shown.approval_id}` });
  expect(JSON.parse((whole.contents[0] as { text: string }).text).data).toEqual(shown);

  const decision = { workflow_id, approval_id: shown.approval_id, choice: 'approve', digest: shown.digest };
  await expect(use(ann, 'approval_decide', decision)).rejects.toThrow('MCP_SERVER_DECIDES');
  expect((await ann.listTools()).tools.map(({ name }) => name)).not.toContain('approval_decide');

  const ben = await clientOf('ben', { at: deciding });
  const { digest: _, ...blind } = decision;
  await expect(use(ben, 'approval_decide', blind)).rejects.toThrow('/digest');
  await expect(use(ben, 'approval_decide', { ...decision, digest: `sha256:${'0'.repeat(64)}` })).rejects.toThrow(
    'precondition-failed',
  );
  const eve = await clientOf('eve', { at: deciding });
  await expect(use(eve, 'approval_decide', decision)).rejects.toThrow('This needs the role approver');

  const told: string[] = [];
  const end = ann.callTool(
    { name: 'run_wait', arguments: { workflow_id, until: 'end', after: 0 } },
    { onprogress: ({ message }) => void told.push(message ?? '') },
  );
  await until(async () => told.includes('APPROVAL.REQUESTED'));
  expect(await use(ben, 'approval_decide', decision)).toMatchObject({
    outcome: 'accepted',
    decision: { by: 'ben', choice: 'approve', verified: true },
  });
  expect(JSON.parse(textOf(await end, 1))).toMatchObject({ waited: 'ended', status: 'completed' });
  expect(told).toEqual(expect.arrayContaining(['JOB.CREATED', 'APPROVAL.DECIDED', 'TASK.COMPLETED note']));
});

it('takes an order in JSON, once for its key, and shows its draft', async () => {
  const ann = await clientOf('ann');
  const files = [{ name: 'order.csv', text: 'Reference;Quantity\nA-1;2\n' }];
  const sent = { from_email: 'a@example.com', subject: 'An order', idempotency_key: 'mail 1', files };
  const order = await use<Accepted & { order_id: string }>(ann, 'order_create', sent);
  expect(await use(ann, 'order_create', sent)).toEqual(order);
  const bytes = { name: 'order.csv', base64: Buffer.from(files[0]!.text).toString('base64') };
  expect(await use(ann, 'order_create', { ...sent, files: [bytes] })).toEqual(order);
  await expect(use(ann, 'order_create', { ...sent, files: [{ name: 'order.csv' }] })).rejects.toThrow('/files/0');
  expect(await use<Waited>(ann, 'run_wait', { workflow_id: order.workflow_id })).toMatchObject({ waited: 'asks' });
  expect(await use(ann, 'order_get', { order_id: order.order_id })).toMatchObject({ status: 'pending_validation' });
});

it.each([
  ['over HTTP', () => clientOf('ann', { at: deciding })],
  ['through pipes', () => pipedClientOf('ann', 'modern', deciding)],
  ['through pipes by a client of 2025', () => pipedClientOf('ann', 'legacy', deciding)],
])('ends a wait that is cancelled %s, at the server too, and a run when that is asked for', async (_, open) => {
  const ann = await open();
  const { workflow_id } = await startJob(ann, 'plan');
  await use(ann, 'run_wait', { workflow_id });
  const impatient = new AbortController();
  const before = logged.length;
  const endless = ann.callTool(
    { name: 'run_wait', arguments: { workflow_id, until: 'end', seconds: 50, after: 0 } },
    { signal: impatient.signal, onprogress: () => impatient.abort() },
  );
  await expect(endless).rejects.toThrow();
  await until(async () => logged.slice(before).some((line) => line.includes('"failed":"cancelled"')));

  const short = { workflow_id, until: 'end', seconds: 1 };
  expect(await use<Waited>(ann, 'run_wait', short)).toMatchObject({ waited: 'time' });
  expect(await use(ann, 'run_cancel', { workflow_id })).toMatchObject({ requested: 'cancel' });
  expect(await use<Waited>(ann, 'run_wait', { workflow_id, until: 'end' })).toMatchObject({
    ...{ waited: 'ended', status: 'cancelled' },
  });
});

it('starts nothing twice, and says which arguments are wrong', async () => {
  const ann = await clientOf('ann');
  const request = { job_id: 'once', goal: 'Write a note', plan: plan() };
  const first = await use<Accepted>(ann, 'job_create', request);
  expect(await use<Accepted>(ann, 'job_create', request)).toEqual(first);
  await expect(use(ann, 'job_create', { ...request, goal: 'Write another' })).rejects.toThrow('problem:conflict');
  await expect(use(ann, 'job_create', { goal: 'Write a note' })).rejects.toThrow('/job_id');
  await expect(use(ann, 'job_create', { ...request, plan: { name: 'x', steps: [{}] } })).rejects.toThrow(
    '/plan/steps/0',
  );
  await expect(use(ann, 'run_get', { workflow_id: 'elsewhere.job.x' })).rejects.toThrow('There is no run');
  await expect(ann.callTool({ name: 'nothing' })).rejects.toThrow('There is no tool nothing');
  await expect(ann.readResource({ uri: `awe://artifacts/${'0'.repeat(64)}` })).rejects.toThrow();
});

it('keeps results small, and hides no letters of others in them', async () => {
  const ann = await clientOf('ann');
  const { workflow_id } = await startJob(ann, 'run', `\u202eunseen\u{e0041} ${'long '.repeat(20_000)}`);
  await use(ann, 'run_wait', { workflow_id });
  const events = await ann.callTool({ name: 'job_plan', arguments: { job_id: `J-${jobs}` } });
  const shown = textOf(events, 1);
  expect(shown.length).toBeLessThan(40_000);
  expect(textOf(events)).toContain('left out');
  expect(shown).not.toMatch(/[\u202e\u{e0041}]/u);
  expect(shown).toContain('\\u202eunseen');
});

it('holds the keys, limits and origins of the API', async () => {
  const post = (
    url: string,
    headers: Record<string, string>,
    body: object = { jsonrpc: '2.0', id: 1, method: 'ping' },
  ) =>
    fetch(`${url}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      body: JSON.stringify(body),
    });
  const mine = { authorization: `Bearer ${keyOf('ann')}` };
  expect((await post(api.url, {})).status).toBe(401);
  expect((await post(api.url, { authorization: 'Bearer no-such-key' })).status).toBe(401);
  expect((await post(api.url, { ...mine, origin: 'https://evil.example' })).status).toBe(403);
  expect(
    (await post(strict.url, mine, { jsonrpc: '2.0', id: 1, method: 'ping', params: { x: 'x'.repeat(3_000) } })).status,
  ).toBe(413);
  const get = await fetch(`${api.url}/mcp`, { headers: mine });
  expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);

  const ann = await clientOf('ann', { at: strict });
  await startJob(ann);
  await expect(startJob(ann)).rejects.toThrow('Try again in');
  expect(await use(ann, 'process_list')).toMatchObject({
    processes: expect.arrayContaining([expect.objectContaining({ process: 'job', start: 'job_create' })]),
  });
});
