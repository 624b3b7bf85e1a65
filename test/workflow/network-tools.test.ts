/** The network tools in runs on a real Temporal: what they do, and what the histories hold of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan, Step } from '../../schemas/plan';
import { startStack, type Stack } from '../support/stack';
import { startWeb, type Web } from '../support/web';

const TOKEN = 'tk_of_the_crm_0123456789';
let stack: Stack;
let web: Web;
let refusals = 1;

beforeAll(async () => {
  web = await startWeb(({ method, url, headers }, response) => {
    if (url.startsWith('/busy') && refusals-- > 0) return response.writeHead(429, { 'retry-after': '1' }).end();
    if (url.startsWith('/broken')) return response.destroy();
    const body = method === 'GET' ? [{ id: 7, said: headers.authorization ?? null }] : { made: true };
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  stack = await startStack({
    env: {
      EGRESS_ALLOW: `127.0.0.1:${web.port}`,
      AWE_SECRET_CRM: TOKEN,
      AWE_SECRET_CRM_HOSTS: `http://127.0.0.1:${web.port}`,
    },
  });
});
afterAll(async () => await stack.stop());

/** Everything in a history as text; its payloads, which are Base64 in JSON, as what they say. */
const textOf = (history: object): string =>
  JSON.stringify(history, (name, value: unknown) =>
    name === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString() : value,
  );

const filesBelow = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [readFileSync(join(entry.parentPath, entry.name), 'latin1')] : [],
  );

const request = (id: string, args: NonNullable<Step['with']>): Step => ({
  ...{ id, kind: 'tool', uses: 'http.request', with: args },
});
const plan = (steps: Step[], result?: Plan['result']): Plan => ({
  name: 'network',
  steps,
  ...(result ? { result } : {}),
});

it('reads with a secret, writes what it has read, and neither history nor record nor files hold the secret', async () => {
  const authorization = 'Bearer ${{ secrets.CRM }}';
  const handle = await stack.run(
    plan(
      [
        request('read', { url: `${web.url}/users`, headers: { authorization } }),
        request('write', {
          url: `${web.url}/leads`,
          method: 'POST',
          json: { id: '${{ steps.read.output.body[0].id }}' },
        }),
      ],
      { said: '${{ steps.read.output.body[0].said }}', made: '${{ steps.write.output.body.made }}' },
    ),
  );
  expect(await handle.result()).toEqual({ inline: { said: 'Bearer [secret CRM]', made: true } });
  const [read, write] = web.requests;
  expect(read?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  expect([write?.body, write?.headers['idempotency-key']]).toEqual(['{"id":7}', expect.stringContaining('/write/')]);
  const history = textOf(await handle.fetchHistory());
  expect(history).toContain('secrets.CRM');
  const kept = [history, ...filesBelow(stack.config.store.dir)];
  expect(kept.length).toBeGreaterThan(2);
  expect(kept.filter((text) => text.includes(TOKEN))).toEqual([]);
});

it('keeps what it fetches where later steps find it, and many write at once', async () => {
  const write = (n: number): Step => ({
    ...{ id: `w${n}`, kind: 'tool', uses: 'file.write', depends_on: ['fetch'] },
    with: { path: 'output/log.jsonl', json: { n }, mode: 'append' },
  });
  const numbers = [1, 2, 3, 4, 5, 6];
  const handle = await stack.run(
    plan(
      [
        request('fetch', { url: `${web.url}/users`, save_as: 'output/users.json' }),
        ...numbers.map(write),
        { id: 'keep', kind: 'tool', uses: 'memory.set', with: { name: 'n', value: 7 }, depends_on: ['fetch'] },
        {
          id: 'log',
          kind: 'tool',
          uses: 'file.read',
          with: { path: 'output/log.jsonl' },
          depends_on: numbers.map((n) => `w${n}`),
        },
        {
          id: 'users',
          kind: 'tool',
          uses: 'file_operation',
          with: { operation: 'read', file_path: 'output/users.json' },
          depends_on: ['fetch'],
        },
        { id: 'kept', kind: 'tool', uses: 'memory.get', with: { name: 'n' }, depends_on: ['keep'] },
      ],
      {
        log: '${{ steps.log.output.content }}',
        id: '${{ steps.users.output.content[0].id }}',
        n: '${{ steps.kept.output.value }}',
      },
    ),
  );
  const { inline } = (await handle.result()) as { inline: { log: string; id: number; n: number } };
  expect(inline).toMatchObject({ id: 7, n: 7 });
  expect(inline.log.trim().split('\n').sort()).toEqual(numbers.map((n) => `{"n":${n}}`));
  const file = join(stack.config.store.dir, 'workspaces', handle.workflowId, 'output/users.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject([{ id: 7 }]);
});

it('waits as long as the server asks, and goes on', async () => {
  const handle = await stack.run(
    plan([request('busy', { url: `${web.url}/busy` })], { n: '${{ steps.busy.output.status }}' }),
  );
  expect(await handle.result()).toEqual({ inline: { n: 200 } });
  const times = web.requests.filter(({ url }) => url === '/busy');
  expect(times).toHaveLength(2);
});

it('sends a POST whose outcome is not known once', async () => {
  const handle = await stack.run(plan([request('post', { url: `${web.url}/broken`, method: 'POST', json: 1 })]));
  await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'http.broken' } });
  expect(web.requests.filter(({ url }) => url === '/broken')).toHaveLength(1);
});

it.each([
  ['an unknown place', { kind: 'wait', with: { for: '${{ secrets.CRM }}' } }],
  ['a tool that takes none', { kind: 'tool', uses: 'data.echo', with: { x: '${{ secrets.CRM }}' } }],
  [
    'a computation',
    { kind: 'tool', uses: 'http.request', with: { url: 'http://x.example', text: '${{ secrets.CRM + "" }}' } },
  ],
] as const)('a plan with a secret in %s does not start', async (_, step) => {
  const handle = await stack.run(plan([{ id: 'step', ...step }]));
  await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'plan.invalid' } });
});
