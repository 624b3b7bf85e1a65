/** Servers that nobody here has written, over every transport. */
import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callOf, everythingBy, nodeServer, poolOf, publicServer, said } from '../../support/mcp/servers';

it.each(['stdio', 'sse', 'streamableHttp'] as const)('asks server-everything by %s', async (form) => {
  const port = form === 'stdio' ? 0 : await everythingBy(form);
  const path = form === 'sse' ? '/sse' : '/mcp';
  const place = form === 'stdio' ? nodeServer(publicServer('everything')) : { url: `http://127.0.0.1:${port}${path}` };
  const { link } = poolOf(place);
  const { state, tools } = await link.look();
  expect([state, tools.filter(({ unusable }) => unusable)]).toEqual(['up', []]);
  expect(said(await callOf(link, 'get-sum', { a: 2, b: 3 }))).toContain('5');
  const { structuredContent } = await callOf(link, 'get-structured-content', { location: 'Chicago' });
  expect(structuredContent).toMatchObject({ temperature: expect.any(Number) });
  let steps = 0;
  const long = { duration: 1, steps: 4 };
  await callOf(link, 'trigger-long-running-operation', long, { timeoutMs: 900, onProgress: () => void (steps += 1) });
  expect(steps).toBeGreaterThan(1);
  await expect(callOf(link, 'get-sum', { a: 'x' })).resolves.toMatchObject({ isError: true });
});

it('asks server-filesystem, which keeps to its folder', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'awe-mcp-')));
  writeFileSync(join(folder, 'a.txt'), 'hello');
  const { link } = poolOf({ command: process.execPath, args: [publicServer('filesystem'), folder] });
  expect(said(await callOf(link, 'read_text_file', { path: join(folder, 'a.txt') }))).toBe('hello');
  await expect(callOf(link, 'read_text_file', { path: '/etc/passwd' })).resolves.toMatchObject({ isError: true });
});

it('asks server-memory, whose file is in the environment that is listed', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'awe-mcp-')), 'memory.jsonl');
  const { link } = poolOf(nodeServer(publicServer('memory'), { env: { MEMORY_FILE_PATH: file } }));
  const entities = [{ name: 'Ann', entityType: 'person', observations: ['likes tea'] }];
  await callOf(link, 'create_entities', { entities });
  expect((await callOf(link, 'search_nodes', { query: 'tea' }))['structuredContent']).toMatchObject({ entities });
});
