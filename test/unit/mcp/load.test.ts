/** The operator's file of servers: what it may say, and how its faults are told. */
import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMcpServers, readMcpServers } from '../../../src/mcp/load';
import { rulesFor, specOf } from '../../../src/mcp/specs';

const variables: Record<string, string> = { PATH: '/usr/bin:/bin', TOKEN: 'from-the-environment' };
const read = (mcpServers: object) => readMcpServers({ mcpServers }, (name) => variables[name]);
const faultsOf = (mcpServers: object) => read(mcpServers).faults.map(({ pointer, message }) => `${pointer} ${message}`);

it('reads servers as other clients write them', () => {
  const { servers, faults } = read({
    files: {
      command: '/bin/sh',
      args: ['-c', 'true', '${env:TOKEN}'],
      env: { KEY: 'a${env:TOKEN}', S: '${{ secrets.CRM }}' },
    },
    far: { type: 'http', url: 'https://mcp.example.com/mcp', headers: { Authorization: 'Bearer ${{ secrets.CRM }}' } },
    old: { url: 'https://mcp.example.com/sse' },
    away: { command: '/bin/sh', disabled: true },
  });
  expect(faults).toEqual([]);
  expect(servers.map(({ name, place }) => [name, place.kind])).toEqual([
    ['files', 'stdio'],
    ['far', 'http'],
    ['old', 'sse'],
  ]);
  expect(servers[0]?.place).toMatchObject({
    args: ['-c', 'true', 'from-the-environment'],
    env: { KEY: [{ text: 'a' }, { text: 'from-the-environment' }], S: [{ secret: 'CRM' }] },
  });
});

it('tells every fault with its place and its remedy', () => {
  expect(
    faultsOf({
      'Git Hub': { command: '/bin/sh' },
      npx: { command: 'sh', arg: [] },
      relative: { command: 'sh' },
      absent: { command: '/no/such/program' },
      both: { command: '/bin/sh', url: 'https://a.example' },
      loud: { command: '/bin/sh', args: ['${{ secrets.CRM }}'], env: { A: '${env:NOT_SET}', B: '${input:key}' } },
      private: { url: 'ftp://a.example', egress_allow: ['a b c d:x'] },
      tools: { command: '/bin/sh', tools: { a: { effect: 'never' } } },
    }),
  ).toEqual([
    expect.stringMatching(/^\/mcpServers\/Git Hub is no name of a server here/),
    expect.stringMatching(/^\/mcpServers\/npx\/arg .*did you mean "args"\?$/),
    expect.stringMatching(/^\/mcpServers\/relative\/command is "sh", which is no absolute path. Write \/.*\/sh\.$/),
    '/mcpServers/absent/command names /no/such/program, which is not there.',
    expect.stringMatching(/^\/mcpServers\/both needs one of "command"/),
    expect.stringMatching(/^\/mcpServers\/loud\/args\/0 holds the secret CRM/),
    expect.stringMatching(/^\/mcpServers\/loud\/env\/A names the variable NOT_SET, which is not set/),
    expect.stringMatching(/^\/mcpServers\/loud\/env\/B holds a \$\{…\} that AWE does not know/),
    expect.stringMatching(/^\/mcpServers\/private\/url only http and https/),
    expect.stringMatching(/^\/mcpServers\/tools\/tools\/a\/effect /),
  ]);
});

it('has the server of Bria from its address and token alone', () => {
  const config = { file: undefined };
  const none = () => undefined;
  const bria = (url: string, header: 'authorization' | 'api_token') =>
    loadMcpServers({ ...config, bria: { url, token: 'secret', header } }, none)[0];
  expect(bria('https://mcp.prod.bria-api.com/mcp/sse', 'authorization')?.place).toMatchObject({
    kind: 'sse',
    headers: { authorization: [{ text: 'Bearer secret' }] },
  });
  const server = bria('https://mcp.prod.bria-api.com/mcp', 'api_token');
  expect(server?.place).toMatchObject({ kind: 'http', headers: { api_token: [{ text: 'secret' }] } });
  expect(server && rulesFor(server, 'ad_resize')).toMatchObject({ timeoutMs: 1_230_000, maxMs: 1_230_000 });
  const file = join(mkdtempSync(join(tmpdir(), 'awe-mcp-')), 'servers.json');
  writeFileSync(file, JSON.stringify({ mcpServers: { bria: { url: 'https://a.example' } } }));
  const both = { ...config, file, bria: { url: 'https://b.example', token: undefined, header: 'api_token' as const } };
  expect(() => loadMcpServers(both, none)).toThrow(/\/mcpServers\/bria is configured by BRIA_MCP_URL, too/);
});

it('takes the worst of a tool unless the operator says otherwise, and hints only when they are stricter', () => {
  const { servers } = read({
    a: { command: '/bin/sh', effect: 'none', risk: 'low', approval: false, tools: { own: { effect: 'idempotent' } } },
    b: { command: '/bin/sh' },
  });
  const [a, b] = servers;
  if (!a || !b) throw new Error('no servers');
  const pin = (tool: string, annotations: object) => ({
    ...{ tool, digest: `sha256:${'0'.repeat(64)}` },
    definition: { name: tool, inputSchema: { type: 'object' }, annotations: { ...annotations } },
  });
  expect(specOf(b, pin('reads', { readOnlyHint: true, idempotentHint: true }))).toMatchObject({ effect: undefined });
  expect(specOf(a, pin('reads', {}))).toMatchObject({ effect: 'none', approval: false });
  expect(specOf(a, pin('deletes', { destructiveHint: true }))).toMatchObject({
    effect: undefined,
    approval: undefined,
  });
  expect(specOf(a, pin('own', { destructiveHint: true }))).toMatchObject({ effect: 'idempotent', approval: undefined });
});
