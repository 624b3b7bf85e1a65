/** Files and values of a run, as the API gives them. */
import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { createDocuments } from '../../../src/documents/content';
import { createMemories, type Memories } from '../../../src/memory/memory';
import { noSuchRun } from '../../../src/runs/errors';
import { locateParts, readDirectory } from '../../../src/spreadsheets/zip/directory';
import type { Workspaces } from '../../../src/workspaces/port';
import { createWorkspaces } from '../../../src/workspaces/workspaces';
import { temporaryStore } from '../documents/support';
import { openDoor } from './door';

const run = 'audit.run.1';
let url: string;
let close: () => void;
let workspaces: Workspaces;
let memories: Memories;

beforeAll(async () => {
  const { store } = await temporaryStore();
  workspaces = createWorkspaces(store, { bytes: 100_000_000, files: 1_000, pathBytes: 300 });
  memories = createMemories(store);
  ({ url, close } = await openDoor({
    ...{ isOurs: (id: string) => id.startsWith('audit.'), store, artifacts: createDocuments(store) },
    ...{ workspaces, memories, runs: { readRun: async (id: string) => Promise.reject(noSuchRun(id)) } },
  }));
  const space = workspaces.of(run);
  await space.write('output/users.json', '[1]');
  await space.write('output/deep/é.txt', 'deep');
  await space.write('a.html', '<script>alert(1)</script>');
  await workspaces.of('other.run.1').write('secret.txt', 's');
});
afterAll(() => close());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(url + path, { headers, method });
const download = (path: string, headers?: Record<string, string>, method?: string) =>
  get(`/workspace/download?run=${run}&path=${encodeURIComponent(path)}`, headers, method);

/** Names and contents of a zip. */
async function unzip(answer: Response): Promise<Record<string, string>> {
  const zip = Buffer.from(await answer.arrayBuffer());
  const source = { size: zip.length, bytes: async (at: number, length: number) => zip.subarray(at, at + length) };
  const entries = await readDirectory(source as never, { entries: 1_000 });
  await locateParts(source as never, entries);
  return Object.fromEntries(
    entries.map(({ name, method, offset, packed }) => {
      const bytes = zip.subarray(offset, offset + packed);
      return [name, String(method === 8 ? inflateRawSync(bytes) : bytes)];
    }),
  );
}

describe('a list of files', () => {
  it('goes by pages, and names the address of each', async () => {
    const first = (await (await get(`/runs/${run}/workspace?limit=2`)).json()) as Record<string, never>;
    expect(first).toMatchObject({
      files: [{ path: 'a.html', bytes: 25, modified_at: expect.stringMatching(/Z$/) }, { path: 'output/deep/é.txt' }],
      total: { files: 3, bytes: 32 },
    });
    const second = await (await get(`/runs/${run}/workspace?limit=2&cursor=${String(first.next_cursor)}`)).json();
    expect(second).toMatchObject({ files: [{ path: 'output/users.json' }] });
    expect(second).not.toHaveProperty('next_cursor');
    const [{ href }] = (second as { files: [{ href: string }] }).files;
    expect(await (await get(href)).json()).toEqual([1]);
    expect(await (await get(`/runs/${run}/workspace?path=output/deep`)).json()).toMatchObject({ total: { files: 1 } });
  });

  it('is of a run that there is', async () => {
    expect((await get('/runs/audit.run.9/workspace')).status).toBe(404);
    expect((await get('/runs/other.run.1/workspace')).status).toBe(404);
    expect((await get(`/runs/${run}/workspace?path=../x`)).status).toBe(422);
  });
});

describe('a download', () => {
  it('is the file, under its hash, of which parts can be had', async () => {
    const answer = await download('output/users.json');
    expect(await answer.text()).toBe('[1]');
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    const tag = `"${createHash('sha256').update('[1]').digest('hex')}"`;
    expect(answer.headers.get('etag')).toBe(tag);
    expect((await download('output/users.json', { 'if-none-match': tag })).status).toBe(304);
    const part = await download('output/users.json', { range: 'bytes=1-1' });
    expect([part.status, await part.text()]).toEqual([206, '1']);
    const head = await download('output/users.json', {}, 'HEAD');
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '3']);
  });

  it('runs nothing in a browser', async () => {
    const { headers } = await download('a.html');
    expect(headers.get('content-disposition')).toContain('attachment');
    expect(headers.get('content-security-policy')).toContain('sandbox');
  });

  it('is what the file is now, also when it is replaced meanwhile', async () => {
    const space = workspaces.of(run);
    await space.write('changing.txt', 'a'.repeat(300_000));
    const answers = await Promise.all(
      Array.from({ length: 12 }, async (_, i) => {
        if (i % 3 === 0) await space.write('changing.txt', String.fromCharCode(98 + i).repeat(300_000 - i));
        const answer = await download('changing.txt');
        return [answer.headers.get('etag'), await answer.text()] as const;
      }),
    );
    for (const [tag, text] of answers) expect(tag).toBe(`"${createHash('sha256').update(text).digest('hex')}"`);
    await space.remove('changing.txt');
  });

  it('is found by the path that artifacts have, too', async () => {
    expect(await (await get(`/workspace/download?path=${run}/output/users.json`)).json()).toEqual([1]);
    expect(await (await get(`/workspace/download?path=workspaces/${run}/output/users.json`)).json()).toEqual([1]);
    expect((await get('/workspace/download')).status).toBe(422);
  });

  it('of a folder is a zip with the folder in it', async () => {
    const answer = await download('output');
    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(answer.headers.get('content-disposition')).toContain('output.zip');
    expect(await unzip(answer)).toEqual({ 'output/deep/é.txt': 'deep', 'output/users.json': '[1]' });
    expect(await unzip(await download('output/deep/'))).toEqual({ 'deep/é.txt': 'deep' });
    const all = { 'a.html': '<script>alert(1)</script>', 'output/deep/é.txt': 'deep', 'output/users.json': '[1]' };
    expect(await unzip(await get(`/workspace/download?run=${run}`))).toEqual(all);
    expect(await unzip(await get(`/workspace/download?path=workspaces/${run}`))).toEqual(all);
    expect((await download('output', {}, 'HEAD')).headers.get('content-type')).toBe('application/zip');
  });

  it('of a large folder is sent as it is read, and a reader that leaves stops it', async () => {
    const space = workspaces.of('audit.run.2');
    const large = Buffer.alloc(8_000_000, Array.from({ length: 4_096 }, (_, i) => (i * 7919) % 256) as never);
    for (const i of [0, 1, 2]) await space.write(`${i}.png`, Buffer.concat([large, Buffer.from([i])]));
    const answer = await get('/workspace/download?run=audit.run.2');
    const reader = answer.body!.getReader();
    expect((await reader.read()).value!.length).toBeGreaterThan(0);
    await reader.cancel();
    const again = await unzip(await get('/workspace/download?run=audit.run.2'));
    expect(Object.keys(again)).toEqual(['0.png', '1.png', '2.png']);
  });

  it.each([
    '../../values',
    '..',
    '/etc/passwd',
    'output/../../other.run.1/secret.txt',
    'output\\..\\x',
    'a\0b',
    'C:\\x',
    'con',
    'output//users.json',
  ])('of %j is refused', async (path) => {
    const answer = await download(path);
    expect(answer.status).toBe(422);
    expect(await answer.text()).not.toContain('awe-documents');
  });

  it('of another namespace, or of nothing, is not found', async () => {
    expect((await get('/workspace/download?run=other.run.1&path=secret.txt')).status).toBe(404);
    expect((await get('/workspace/download?path=workspaces/other.run.1/secret.txt')).status).toBe(404);
    expect((await get('/workspace/download?run=..&path=values')).status).toBe(400);
    expect((await get('/workspace/download?path=..%2Fvalues')).status).toBe(404);
    expect((await download('none.txt')).status).toBe(404);
  });
});

it('values that steps share are shown by name', async () => {
  await memories.of(run).set('n', { x: 1 });
  expect(await (await get(`/runs/${run}/memory`)).json()).toEqual({ entries: [{ name: 'n', value: { x: 1 } }] });
  expect((await get('/runs/audit.run.9/memory')).status).toBe(404);
});
