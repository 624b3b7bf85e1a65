/** Tools of MCP servers on the stack: refused until a person accepts them, done after that, refused when they change. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningApi } from '../../api/server';
import type { Job } from '../../schemas/job/api';
import type { Json } from '../../schemas/json';
import type { McpPinned, McpServerList, McpToolList } from '../../schemas/mcp/api';
import type { McpTool } from '../../schemas/mcp/tools';
import { createLedger } from '../../src/ledger/ledger';
import { openFilesystemStore } from '../../src/documents/filesystem';
import { CARELESS, nodeServer, publicServer } from '../support/mcp/servers';
import { startServed } from '../support/served';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

let stack: Stack;
let api: RunningApi;
const free = { effect: 'none', risk: 'low', approval: false };

beforeAll(async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'awe-mcp-')), 'servers.json');
  const servers = {
    careless: nodeServer(CARELESS, { tools: { echo: free, change: free, fails: { effect: 'once' } } }),
    everything: nodeServer(publicServer('everything'), free),
  };
  writeFileSync(file, JSON.stringify({ mcpServers: servers }));
  ({ stack, api } = await startServed({ env: { MCP_CONFIG: file } }));
  await until(async () => {
    const { servers: seen } = (await call<McpServerList>('/api/v1/mcp')).body;
    return seen.length === 2 && seen.every(({ state }) => state === 'up');
  });
});
afterAll(async () => {
  await api.stop();
  await stack.stop();
});

async function call<T>(path: string, body?: object): Promise<{ status: number; body: T }> {
  const answer = await fetch(
    api.url + path,
    body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  );
  return { status: answer.status, body: (await answer.json()) as T };
}

let jobs = 0;
/** A job that calls one tool, at its end. */
async function jobOf(uses: string, given: object = {}): Promise<Job & { result?: Json }> {
  const job_id = `mcp-${++jobs}`;
  const step = { id: 'called', kind: 'tool', uses, with: given };
  const plan = { name: 'one call', steps: [step], result: { output: '${{ steps.called.output }}' } };
  expect((await call('/jobs', { job_id, goal: `call ${uses}`, plan })).status).toBe(202);
  const now = async () => (await call<Job & { result?: Json }>(`/jobs/${job_id}`)).body;
  await until(async () => ['completed', 'failed', 'waiting'].includes((await now()).status));
  return await now();
}

const toolOf = async (server: string, name: string): Promise<McpTool> => {
  const { body } = await call<McpToolList>(`/api/v1/mcp/${server}/tools`);
  const found = body.tools.find((tool) => tool.name === name);
  if (!found) throw new Error(`${server} has no ${name}`);
  return found;
};
const pin = async (server: string, ...names: string[]) => {
  const tools = await Promise.all(names.map((name) => toolOf(server, name)));
  return await call<McpPinned>(`/api/v1/mcp/${server}/pin`, {
    tools: tools.map(({ name, digest }) => ({ name, digest })),
    comment: 'read it',
  });
};

it('refuses a tool before its pin, and does it after', async () => {
  const before = await jobOf('mcp.careless.echo', { message: 'hello' });
  expect(before.status).toBe('failed');
  expect(JSON.stringify(before)).toContain('awe mcp pin careless echo');
  const direct = await stack.run({
    name: 'direct',
    steps: [{ id: 'a', kind: 'tool', uses: 'mcp.careless.echo', with: {} }],
  });
  await direct.result().catch(() => undefined);
  expect((await stack.record(direct))?.error).toMatchObject({ type: 'mcp.unpinned' });

  const shown = await toolOf('careless', 'echo');
  expect(shown).toMatchObject({ state: 'new', remarks: [], definition: { name: 'echo' } });
  const other = { tools: [{ name: 'echo', digest: `sha256:${'0'.repeat(64)}` }] };
  expect((await call('/api/v1/mcp/careless/pin', other)).status).toBe(412);
  const { digest = '' } = shown;
  expect((await call('/api/v1/mcp/careless/pin', { tools: [{ name: 'remote', digest }] })).status).toBe(422);
  expect(await pin('careless', 'echo', 'change', 'fails')).toMatchObject({
    status: 200,
    body: { server: 'careless', pinned: [{ name: 'echo', uses: 'mcp.careless.echo', digest }, {}, {}] },
  });
  const ledger = createLedger(await openFilesystemStore({ root: stack.config.store.dir }));
  expect(await ledger.read('pinning', 1)).toMatchObject({
    ...{ subject: 'mcp.careless.echo', choice: 'accept', shown: digest, comment: 'read it', verified: true },
  });

  const after = await jobOf('mcp.careless.echo', { message: 'hello' });
  expect(after).toMatchObject({ status: 'completed', result: { output: { text: 'hello', structured: null } } });
});

it('asks a person for a tool of which nobody has said anything, and repeats no effect whose outcome is not known', async () => {
  const asked = await jobOf('mcp.careless.fails');
  expect(asked.status).toBe('waiting');
  await call(`/jobs/${asked.job_id}/approve`, {});
  const now = async () => (await call<Job>(`/jobs/${asked.job_id}`)).body;
  await until(async () => JSON.stringify(await now()).includes('Do not resubmit'));
  expect(JSON.stringify(await now())).toContain('mcp.tool_error');
});

it('refuses a tool that changes after it was listed, and shows what has changed', async () => {
  expect(await jobOf('mcp.careless.change')).toMatchObject({ status: 'completed' });
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const direct = await stack.run({
    name: 'direct',
    steps: [{ id: 'a', kind: 'tool', uses: 'mcp.careless.echo', with: {} }],
  });
  await direct.result().catch(() => undefined);
  expect((await stack.record(direct))?.error).toMatchObject({ type: 'mcp.changed' });
  await until(async () => (await toolOf('careless', 'echo')).state === 'changed');
  expect(await toolOf('careless', 'echo')).toMatchObject({
    remarks: [{ code: 'instruction', pointer: '/description' }],
    changes: [{ change: 'changed', pointer: '/description', before: 'Says it again' }],
  });
  const refused = await jobOf('mcp.careless.echo', { message: 'hello' });
  expect(JSON.stringify(refused)).toContain('awe mcp diff careless echo');
  expect((await pin('careless', 'echo')).status).toBe(200);
  expect(await jobOf('mcp.careless.echo', { message: 'again' })).toMatchObject({
    result: { output: { text: 'again' } },
  });
});

it('keeps values and files of a public server, and checks workflow definitions against its tools', async () => {
  expect((await pin('everything', 'get-structured-content', 'get-tiny-image')).status).toBe(200);
  expect(await jobOf('mcp.everything.get-structured-content', { location: 'New York' })).toMatchObject({
    result: { output: { structured: { temperature: expect.any(Number) } } },
  });
  const image = await jobOf('mcp.everything.get-tiny-image');
  expect(image).toMatchObject({
    result: { output: { files: [{ media_type: 'image/png', bytes: expect.any(Number) }] } },
  });
  const definition = (tool: string, parameters: object) => ({
    ...{ id: 'mcp', name: 'mcp', steps: [{ step_id: 'a', step_type: 'tool', tool, parameters }] },
  });
  const validate = async (tool: string, parameters: object) =>
    (await call<{ valid: boolean; faults: Json }>('/api/v1/workflows/validate', definition(tool, parameters))).body;
  expect(await validate('mcp.everything.get-structured-content', { location: 'New York' })).toMatchObject({
    valid: true,
  });
  expect(await validate('mcp.everything.echo', { message: 'a' })).toMatchObject({ valid: false, faults: [{}] });
});
