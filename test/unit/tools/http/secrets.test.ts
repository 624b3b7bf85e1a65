/** Secrets in arguments: where they go, where they do not, and how they are kept out of everything that stays. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../../../../schemas/json';
import type { StepCall } from '../../../../schemas/step-call';
import { createToolRegistry } from '../../../../activities/tools/registry';
import { createToolRuntime } from '../../../../activities/tools/runtime';
import { mayGoTo, readSecretParts } from '../../../../src/secrets/declaration';
import { createSecrets } from '../../../../src/secrets/secrets';
import { createRecordings } from '../../../../src/recordings/recordings';
import { createEffects } from '../../../../src/effects/effects';
import { createMemories } from '../../../../src/memory/memory';
import { createStates } from '../../../../src/state/state';
import { createWorkspaces } from '../../../../src/workspaces/workspaces';
import { startWeb, type Web } from '../../../support/web';
import { callOf, controlOf, failureOf, roomy, toolOf, type Bench } from '../support';
import { networkBench, type Calls } from './support';

const TOKEN = 'tk_live "ä&<+/é"==';
const dir = mkdtempSync(join(tmpdir(), 'awe-secrets-'));
afterAll(() => rmSync(dir, { recursive: true }));

let web: Web;
let bench: Bench & Calls;
const logged: unknown[] = [];
const note = (fields: object, message: string) => void logged.push(fields, message);

beforeAll(async () => {
  web = await startWeb(({ url, headers, body }, response) => {
    const path = url.split('?')[0] ?? '';
    if (path === '/away') return response.writeHead(302, { location: `http://b.example:${web.port}/echo` }).end();
    if (path === '/away-again') return response.writeHead(307, { location: `http://b.example:${web.port}/echo` }).end();
    if (path === '/leak')
      return response
        .writeHead(302, { location: `http://b.example:${web.port}/?k=${encodeURIComponent(TOKEN)}` })
        .end();
    if (path === '/refuse') return response.writeHead(403).end(`not with ${String(headers['x-key'])}`);
    response.writeHead(200, { 'content-type': 'application/json', 'x-said': String(headers['x-key'] ?? '') });
    const text = JSON.stringify({ url, headers, body, [`key ${TOKEN}`]: TOKEN, base64: btoaOf(`user:${TOKEN}`) });
    for (const byte of Buffer.from(text)) response.write(Buffer.from([byte]));
    return response.end();
  });
  const hosts = `http://a.example:${web.port}`;
  writeFileSync(join(dir, 'FILED'), 'from-a-file\n');
  writeFileSync(join(dir, 'FILED.hosts'), hosts);
  writeFileSync(join(dir, 'BARE'), 'without-hosts');
  const given = {
    TOKEN: readSecretParts('TOKEN', { value: TOKEN, hosts, tools: undefined }),
    HOOK: readSecretParts('HOOK', { value: 'whsec_c2VjcmV0', hosts, tools: 'notify.webhook' }),
  };
  bench = await networkBench({
    secrets: createSecrets({ given, dir }),
    log: { debug: note, info: note, warn: note, error: note },
  });
});

const btoaOf = (text: string) => Buffer.from(text).toString('base64');
const template = (input: object): Pick<StepCall, 'arguments'> => ({
  arguments: {
    template: { inline: input as Json },
    scope: { input: { inline: { text: 'a ${{ secrets.TOKEN }}' } }, steps: {} },
  },
});
const at = (host: string, path = '/echo') => `http://${host}.example:${web.port}${path}`;
const ask = (input: object, change: Partial<StepCall> = {}) =>
  bench.run('http.request', {}, { ...template(input), ...change });
const fail = (input: object) => failureOf(ask(input));

const isClean = (value: unknown) => {
  const text = JSON.stringify(value);
  expect(text).not.toContain('tk_live');
  expect(text).not.toContain(btoaOf(`user:${TOKEN}`).slice(8, 28));
};

it('reaches its host, and nothing of it comes back', async () => {
  const query = { key: '${{ secrets.TOKEN }}' };
  const got = await ask({ url: at('a'), method: 'POST', query, json: { k: 'Bearer ${{ secrets.TOKEN }}' } });
  const sent = web.requests.at(-1)!;
  expect(JSON.parse(sent.body)).toEqual({ k: `Bearer ${TOKEN}` });
  expect(new URL(sent.url, 'http://x').searchParams.get('key')).toBe(TOKEN);
  isClean(got);
  expect(got.body['key [secret TOKEN]']).toBe('[secret TOKEN]');
  expect(got.url).toContain('[secret TOKEN]');
});

it('is blotted out of files too', async () => {
  const { file } = await ask({ url: at('a'), response: 'file', query: { k: '${{ secrets.TOKEN }}' } });
  const bytes = await bench.documents.readArtifact(file.artifact_id as string);
  isClean(bytes!.toString());
  expect(bytes!.toString()).toContain('[secret TOKEN]');
});

it('is blotted out of errors, their details and the log', async () => {
  logged.length = 0;
  const failure = await fail({ url: at('a', '/refuse'), headers: { 'x-key': '${{ secrets.FILED }}' } });
  expect(failure).toMatchObject({
    type: 'http.status_403',
    message: expect.stringContaining('not with [secret FILED]'),
  });
  expect(JSON.stringify([failure, logged])).not.toContain('from-a-file');
  expect(logged).not.toEqual([]);
});

const token = { k: '${{ secrets.TOKEN }}' };
it.each([
  ['another host', 'http://b.example:PORT/', { query: token }, 'secret.refused'],
  ['a host that is the secret itself', 'http://${{ secrets.FILED }}.example:PORT/', {}, 'secret.refused'],
  ['a redirect that takes a body', '/away-again', { method: 'PUT', text: token.k }, 'secret.refused'],
  ['a redirect with it in the address', '/leak', { query: token }, 'secret.refused'],
  ['a tool that it is not for', '/echo', { query: { k: '${{ secrets.HOOK }}' } }, 'secret.refused'],
  ['a name that is none', '/echo', { query: { k: '${{ secrets.NONE }}' } }, 'secret.unknown'],
  ['a file that says no hosts', '/echo', { query: { k: '${{ secrets.BARE }}' } }, 'secret.unknown'],
  ['a computation', '/echo', { query: { k: '${{ secrets.TOKEN.lower() }}' } }, 'expression.forbidden'],
  ['a name that is computed', '/echo', { query: { k: '${{ secrets["TO" + "KEN"] }}' } }, 'expression.forbidden'],
  ['all secrets', '/echo', { json: '${{ secrets }}', method: 'POST' }, 'expression.forbidden'],
])('is not given to %s', async (_, address, input, type) => {
  const before = web.requests.length;
  const url = address.startsWith('/') ? at('a', address) : address.replace('PORT', String(web.port));
  const failure = await fail({ url, ...input });
  expect(failure).toMatchObject({ type, nonRetryable: true });
  isClean(failure);
  expect(JSON.stringify(failure)).not.toContain('from-a-file');
  const hosts = web.requests.slice(before).map(({ headers }) => headers.host);
  expect(hosts.filter((host) => host !== `a.example:${web.port}`)).toEqual([]);
});

it('does not follow a redirect to another host, but the request does, without it', async () => {
  const got = await ask({ url: at('a', '/away'), headers: { 'x-key': '${{ secrets.FILED }}' } });
  expect(got).toMatchObject({ status: 200, url: at('b') });
  expect(web.requests.at(-1)?.headers).not.toHaveProperty('x-key');
});

it.each([
  ['https://a.example/', true],
  ['http://a.example/', false],
  ['https://a.example:8443/', false],
  ['https://x.b.example:8443/', true],
  ['https://x.b.example/', false],
  ['https://b.example:8443/', false],
])('declared for a.example and *.b.example:8443, it goes to %s: %s', (url, goes) => {
  const hosts = 'a.example, *.b.example:8443';
  const secret = readSecretParts('X', { value: 'eight-or-more', hosts, tools: undefined });
  expect(mayGoTo(secret, new URL(url))).toBe(goes);
});

it('is its name in a simulation, which opens none', async () => {
  const got = await ask({ url: at('a', '/${{ secrets.NONE }}') }, { mode: 'simulate' });
  expect(got.url).toBe(at('a', '/[secret NONE]'));
});

it('is not opened for a tool that does not say that it takes secrets', async () => {
  const other = await networkBench({ secrets: createSecrets({ given: {}, dir }) });
  const call = callOf(null, { uses: 'data.echo', ...template({ k: '${{ secrets.FILED }}' }) });
  expect(await failureOf(other.runtime.execute(call, 'tool', controlOf()))).toMatchObject({ type: 'secret.refused' });
});

it('is not opened where data looks like its name', async () => {
  const got = await ask({ url: at('a'), method: 'POST', json: '${{ input.text }}' });
  expect(JSON.parse(web.requests.at(-1)!.body)).toBe('a ${{ secrets.TOKEN }}');
  expect(got.status).toBe(200);
  await bench.run('http.request', { url: at('a'), method: 'POST', json: '${{ secrets.TOKEN }}' });
  expect(JSON.parse(web.requests.at(-1)!.body)).toBe('${{ secrets.TOKEN }}');
});

it('reaches the log of no tool', async () => {
  logged.length = 0;
  const tool = toolOf(async (input, { log }) => (log.info({ input }, `got ${JSON.stringify(input)}`), null), {
    secrets: true,
  });
  const runtime = createToolRuntime({
    ...{
      registry: createToolRegistry([tool]),
      documents: bench.documents,
      workspaces: createWorkspaces(bench.store, roomy),
      memories: createMemories(bench.store),
      states: createStates(bench.store),
      effects: createEffects(bench.store),
      recordings: createRecordings(bench.store),
      state: { report: () => {} },
    },
    ...{ log: { debug: note, info: note, warn: note, error: note }, secrets: createSecrets({ given: {}, dir }) },
  });
  await runtime.execute(callOf(null, template({ k: '${{ secrets.FILED }}' })), 'tool', controlOf());
  expect(JSON.stringify(logged)).toContain('[secret FILED]');
  expect(JSON.stringify(logged)).not.toContain('from-a-file');
});
