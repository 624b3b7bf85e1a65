/** What assistants are shown, and what is carried through pipes when the server is not as it should be. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { bounded } from '../../../api/mcp-server/bounded';
import { dataOf } from '../../../api/mcp-server/results';
import { inputOf } from '../../../api/mcp-server/tool';
import { approvalUri, artifactUri, eventsUri, readUri, runUri } from '../../../api/mcp-server/uris';
import { relayMcp } from '../../../src/http/mcp-relay';
import { WrittenPlan } from '../../../schemas/plan';

describe('a value that is shown', () => {
  it('stays as it is while it is small', () => {
    const value = { a: 'b', list: [1, { c: null }] };
    expect(bounded(value, 1_000)).toEqual({ value, cut: false });
    expect(bounded(undefined, 1_000)).toEqual({ value: null, cut: false });
  });

  it.each([
    ['a long text', { text: 'x'.repeat(100_000) }],
    ['a long list', Array.from({ length: 10_000 }, (_, i) => ({ i }))],
    ['many members', Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`m${i}`, i]))],
    ['long names', { ['n'.repeat(50_000)]: 1 }],
    ['a deep value', JSON.parse('{"a":'.repeat(60) + '1' + '}'.repeat(60)) as unknown],
  ])('is cut where it is %s, and stays JSON', (_, value) => {
    const shown = bounded(value, 2_000);
    expect(shown.cut).toBe(true);
    expect(JSON.stringify(shown.value).length).toBeLessThanOrEqual(2_000);
    expect(JSON.stringify(shown.value)).toContain('…');
  });

  it('keeps what is of no use in part', () => {
    const next_cursor = 'c'.repeat(600);
    const { value } = bounded({ next_cursor, text: 'x'.repeat(50_000) }, 2_000);
    expect(value).toMatchObject({ next_cursor });
  });

  it('hides nothing, and means the same', () => {
    const value = { text: 'a\u202eb\u200bc\u{e0041}\u0007é' };
    const shown = dataOf(value);
    expect(shown).toMatch(/a\\u202eb\\u200bc\\udb40\\udc41\\u0007é/);
    expect(JSON.parse(shown)).toEqual(value);
  });
});

it('reads the addresses that it writes, and no others', () => {
  expect(readUri(runUri('a.job.1'))).toEqual({ kind: 'run', workflowId: 'a.job.1' });
  expect(readUri(eventsUri('a.job.1', 12))).toEqual({ kind: 'events', workflowId: 'a.job.1', after: 12 });
  expect(readUri(approvalUri('a.job.1', 'plan:1'))).toEqual({
    ...{ kind: 'approval', workflowId: 'a.job.1', approvalId: 'plan:1' },
  });
  const artifactId = 'ab'.repeat(32);
  expect(readUri(artifactUri(artifactId))).toEqual({ kind: 'artifact', artifactId });
  for (const other of [
    '',
    'awe://',
    'awe://runs/',
    'awe://runs/%',
    'awe://runs/a/b',
    'awe://artifacts/../x',
    'file:///etc',
  ])
    expect(readUri(other)).toBeUndefined();
});

it('lists short schemas, and says where long ones are', () => {
  const { properties } = inputOf({ plan: WrittenPlan }) as { properties: Record<string, { description?: string }> };
  expect(JSON.stringify(properties.plan).length).toBeLessThan(400);
  expect(properties.plan?.description).toContain('GET /openapi.json');
});

/** Sends lines through the relay, and gives what has come back once its input has ended. */
async function relayed(url: string, lines: readonly string[], answers: number): Promise<object[]> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const done = relayMcp({ input, output, url, key: undefined, note: () => undefined });
  const read: object[] = [];
  const enough = new Promise<void>((resolve) =>
    output.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().trim().split('\n')) read.push(JSON.parse(line) as object);
      if (read.length >= answers) resolve();
    }),
  );
  for (const line of lines) input.write(`${line}\n`);
  await enough;
  input.end();
  await done;
  return read;
}

const ping = JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'ping' });

it('answers each request although the server is away, is another program, or breaks off', async () => {
  let answer = 'html';
  const server = createServer((_, res) => {
    if (answer === 'html') return res.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
    res.writeHead(200, { 'content-type': 'text/event-stream' }).write(': beat\n\ndata: {"jsonrpc"');
    return setTimeout(() => res.end(), 20);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  expect(await relayed(url, ['no json', ping], 2)).toEqual([
    expect.objectContaining({ id: null, error: expect.objectContaining({ code: -32_700 }) }),
    { jsonrpc: '2.0', id: 7, error: { code: -32_000, message: expect.stringContaining('is this its address') } },
  ]);
  answer = 'cut';
  expect(await relayed(url, [ping], 1)).toMatchObject([
    { id: 7, error: { message: expect.stringContaining('not known') } },
  ]);
  server.close();
  server.closeAllConnections();
  expect(await relayed(url, [ping], 1)).toMatchObject([
    { id: 7, error: { message: expect.stringContaining('does not answer') } },
  ]);
});
