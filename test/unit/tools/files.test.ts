/** Tools of files and of memory, as steps of a plan use them. */
import type { Json } from '../../../schemas/json';
import type { ArtifactRef } from '../../../schemas/refs';
import type { StepCall } from '../../../schemas/step-call';
import { builtinTools } from '../../../activities/tools/builtin';
import { benchOf, callOf, controlOf, failureOf, toolOf, type Bench } from './support';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into what came back
type Output = Record<string, any>;

let told: ArtifactRef[];
let bench: Bench;
beforeEach(async () => {
  told = [];
  bench = await benchOf([...builtinTools], { onArtifact: (artifact) => void told.push(artifact) });
});

let calls = 0;

async function run(uses: string, input: object, change: Partial<StepCall> = {}, attempt = 1): Promise<Output> {
  const call = callOf(input as Json, { uses, key: `k${++calls}`, ...change });
  const { output } = await bench.runtime.execute(call, 'tool', controlOf({ attempt }));
  return (await bench.documents.fromValue(output)) as Output;
}

const fail = (uses: string, input: object, change: Partial<StepCall> = {}) => failureOf(run(uses, input, change));
const simulate = (uses: string, input: object) => run(uses, input, { mode: 'simulate' });
const all = async () => (await run('file.list', {})).files.map(({ path }: { path: string }) => path);
const bytesAt = async (path: string) => String(await bench.store.read(`workspaces/awe.run.1/${path}`));

describe('file.write', () => {
  it('takes text, JSON or a file of an earlier step, and gives an artifact that stays', async () => {
    const text = await run('file.write', { path: 'a.md', text: '# é' });
    expect(text).toMatchObject({ path: 'a.md', bytes: 4, file: { media_type: 'text/markdown', bytes: 4 } });
    await run('file.write', { path: 'in/b.json', json: { x: [1] } });
    expect(await bytesAt('in/b.json')).toBe('{\n  "x": [\n    1\n  ]\n}\n');
    await run('file.write', { path: 'a.md', text: 'new' });
    expect(await run('file.write', { path: 'c.md', artifact: text.file })).toMatchObject({ sha256: text.sha256 });
    expect(await bytesAt('c.md')).toBe('# é');
    expect(told).toHaveLength(4);
  });

  it('creates, appends once for a step, and says what does not fit', async () => {
    await run('file.write', { path: 'a.txt', text: '1\n', mode: 'create' });
    await run('file.write', { path: 'a.txt', text: '1\n', mode: 'create' });
    expect(await fail('file.write', { path: 'a.txt', text: '2\n', mode: 'create' })).toMatchObject({
      type: 'file.exists',
      nonRetryable: true,
    });
    await run('file.write', { path: 'a.txt', text: '2\n', mode: 'append' }, { key: 'one' });
    await run('file.write', { path: 'a.txt', text: '2\n', mode: 'append' }, { key: 'one' }, 2);
    await run('file.write', { path: 'a.txt', json: 3, mode: 'append' });
    expect(await bytesAt('a.txt')).toBe('1\n2\n3\n');
    for (const x of [1, 2]) await run('file.write', { path: 'a.jsonl', json: { x }, mode: 'append' });
    expect(await bytesAt('a.jsonl')).toBe('{"x":1}\n{"x":2}\n');
    for (const input of [{ path: 'x' }, { path: 'x', text: '', json: null }])
      expect(await fail('file.write', input)).toMatchObject({ type: 'file.bad_request' });
    expect(await fail('file.write', { path: '../x', text: '' })).toMatchObject({ type: 'file.bad_path' });
    expect(await fail('file.write', { path: 'a.txt/x', text: '' })).toMatchObject({ type: 'file.is_folder' });
  });
});

describe('file.read', () => {
  it('knows JSON, text and everything else', async () => {
    await run('file.write', { path: 'a.json', json: { x: 1 } });
    await run('file.write', { path: 'notes', text: 'plain' });
    const png = { path: 'p/a.png', bytes: Buffer.from([0x89, 0x50, 0]), media_type: 'image/png' };
    const artifact = await bench.documents.putArtifact(png);
    await run('file.write', { path: 'a.png', artifact });
    expect((await run('file.read', { path: 'a.json' })).content).toEqual({ x: 1 });
    expect((await run('file.read', { path: 'a.json', as: 'text' })).content).toBe('{\n  "x": 1\n}\n');
    expect((await run('file.read', { path: 'notes' })).content).toBe('plain');
    expect(await run('file.read', { path: 'a.png' })).toMatchObject({
      ...{ content: null, bytes: 3, file: { artifact_id: artifact.artifact_id } },
    });
    expect((await run('file.read', { path: 'notes', as: 'artifact' })).content).toBeNull();
    expect(await fail('file.read', { path: 'notes', as: 'json' })).toMatchObject({ type: 'file.bad_json' });
  });

  it('reads the text of old programs too', async () => {
    const bytes = Buffer.from('\ufeffaé;b\r\n', 'utf16le');
    const artifact = await bench.documents.putArtifact({ path: 'p/a.csv', bytes, media_type: 'text/csv' });
    await run('file.write', { path: 'a.csv', artifact });
    expect((await run('file.read', { path: 'a.csv' })).content).toBe('aé;b\r\n');
  });

  it('that finds nothing names what is there', async () => {
    await run('file.write', { path: 'output/users.json', json: [] });
    expect(await fail('file.read', { path: 'users.json' })).toMatchObject({
      type: 'file.not_found',
      message: 'the workspace has no file users.json; there are: output/users.json',
    });
    expect(await fail('file.read', { path: 'output' })).toMatchObject({ type: 'file.is_folder' });
  });
});

describe('files', () => {
  beforeEach(async () => {
    for (const path of ['a.csv', 'out/b.csv', 'out/deep/c.csv', 'out/d.md'])
      await run('file.write', { path, text: `path;${path}\nWord\n` });
  });

  it('are listed by folder and pattern', async () => {
    const list = async (input: object) => (await run('file.list', input)).files.map((file: Output) => file.path);
    expect(await list({ path: 'out' })).toEqual(['out/b.csv', 'out/d.md', 'out/deep/c.csv']);
    expect(await list({ path: 'out/', recursive: false })).toEqual(['out/b.csv', 'out/d.md']);
    expect(await list({ recursive: false })).toEqual(['a.csv']);
    expect(await list({ pattern: '*.csv' })).toEqual(['a.csv', 'out/b.csv', 'out/deep/c.csv']);
    expect(await list({ path: 'out', pattern: 'deep/*' })).toEqual(['out/deep/c.csv']);
    expect(await list({ path: 'nowhere' })).toEqual([]);
    const { files } = await run('file.list', { path: 'a.csv' });
    expect(files).toEqual([{ path: 'a.csv', bytes: 16, modified_at: expect.stringMatching(/^\d{4}-.*Z$/) }]);
  });

  it('are searched for plain words', async () => {
    const found = await run('file.search', { text: 'word', pattern: '*.csv' });
    expect(found).toMatchObject({ count: 3, complete: true });
    expect(found.matches[0]).toEqual({ path: 'a.csv', line: 2, text: 'Word' });
    expect(await run('file.search', { text: 'word', ignore_case: false })).toMatchObject({ count: 0 });
    expect(await run('file.search', { text: 'Word', max_matches: 2 })).toMatchObject({ count: 2, complete: false });
    expect(await run('file.search', { text: '.*', path: 'out' })).toMatchObject({ count: 0 });
  });

  it('are copied and moved, over nothing that is not meant', async () => {
    await run('file.copy', { from: 'a.csv', to: 'copy/a.csv' });
    await run('file.copy', { from: 'a.csv', to: 'copy/a.csv' });
    expect(await fail('file.copy', { from: 'out/b.csv', to: 'copy/a.csv' })).toMatchObject({ type: 'file.exists' });
    await run('file.move', { from: 'out/b.csv', to: 'copy/a.csv', replace: true });
    expect(await bytesAt('copy/a.csv')).toContain('out/b.csv');
    await run('file.move', { from: 'a.csv', to: 'a.csv' });
    expect(await all()).toEqual(['a.csv', 'copy/a.csv', 'out/d.md', 'out/deep/c.csv']);
    expect(await fail('file.move', { from: 'gone', to: 'x' })).toMatchObject({ type: 'file.not_found' });
  });

  it('are moved once, although the attempt that did it died', async () => {
    await run('file.move', { from: 'a.csv', to: 'b.csv' });
    expect(await run('file.move', { from: 'a.csv', to: 'b.csv' }, {}, 2)).toMatchObject({ path: 'b.csv' });
    await run('file.copy', { from: 'b.csv', to: 'a.csv' }); // it had died before it removed the first
    await run('file.move', { from: 'a.csv', to: 'b.csv' });
    expect(await all()).not.toContain('a.csv');
  });

  it('are deleted by path, folder, pattern and age', async () => {
    const remove = async (input: object) => (await run('file.delete', input)).deleted;
    expect(await remove({ pattern: '*.csv', older_than: '1h' })).toEqual([]);
    expect(await remove({ path: 'out', pattern: '*.csv' })).toEqual(['out/b.csv', 'out/deep/c.csv']);
    expect(await remove({ path: 'a.csv' })).toEqual(['a.csv']);
    expect(await remove({ path: 'a.csv' })).toEqual([]);
    expect(await fail('file.delete', { path: 'a.csv', missing: 'error' })).toMatchObject({ type: 'file.not_found' });
    expect(await fail('file.delete', {})).toMatchObject({ type: 'file.bad_request' });
    expect(await fail('file.delete', { path: '../other' })).toMatchObject({ type: 'file.bad_path' });
    expect(await remove({ path: 'out/' })).toEqual(['out/d.md']);
    expect(await all()).toEqual([]);
  });

  it('are written, and removed, by no simulation', async () => {
    const before = (await bench.store.list('')).paths;
    const real = await simulate('file.write', { path: 'new.txt', text: 'x' });
    expect(real).toMatchObject({ path: 'new.txt', bytes: 1, file: { path: 'workspaces/awe.run.1/new.txt' } });
    expect(await simulate('file.write', { path: 'a.csv', text: 'x', mode: 'append' })).toMatchObject({ bytes: 17 });
    expect(await simulate('file.copy', { from: 'a.csv', to: 'x.csv' })).toMatchObject({ path: 'x.csv', bytes: 16 });
    expect(await simulate('file.move', { from: 'a.csv', to: 'x.csv' })).toMatchObject({ path: 'x.csv' });
    expect(await simulate('file.delete', { path: 'out' })).toMatchObject({ count: 3 });
    expect(await simulate('file.read', { path: 'a.csv' })).toMatchObject({ content: 'path;a.csv\nWord\n' });
    expect(await simulate('file_operation', { operation: 'write', path: 'n', content: 1 })).toMatchObject({ bytes: 2 });
    expect(await simulate('memory.set', { name: 'n', value: 1 })).toEqual({ name: 'n', value: 1 });
    expect(await failureOf(run('file.write', { path: '../x', text: '' }, { mode: 'simulate' }))).toMatchObject({
      type: 'file.bad_path',
    });
    expect((await bench.store.list('')).paths).toEqual(before);
  });
});

it('a simulation that writes all the same is refused', async () => {
  const tool = toolOf(
    async () => null,
    {},
    {
      simulate: async (_, { workspace, memory }) => {
        const refused: unknown[] = [];
        const note = ({ type }: { type: string }) => void refused.push(type);
        await workspace.write('a', 'a').catch(note);
        await workspace.append('a', 'a', 'k').catch(note);
        await workspace.remove('a').catch(note);
        await memory.set('a', 1).catch(note);
        return refused as Json;
      },
    },
  );
  bench = await benchOf([tool]);
  expect(await run('test.tool', {}, { mode: 'simulate' })).toEqual(Array(4).fill('simulate.effect'));
});

describe('file.operation', () => {
  it('is every tool of files under one name, with the words that people use', async () => {
    const operate = (operation: string, input: object) => run('file_operation', { operation, ...input });
    await operate('write', { file_path: 'a.txt', content: 'x' });
    await operate('write', { path: 'b.json', content: { x: 1 } });
    await operate('write', { path: 'c.txt', text: 'y', mode: 'create' });
    expect(await operate('read', { file_path: 'b.json' })).toMatchObject({ content: { x: 1 } });
    expect(await operate('list', { pattern: '*.txt' })).toMatchObject({ count: 2 });
    expect(await operate('search', { text: 'X' })).toMatchObject({ count: 2 });
    await operate('copy', { from: 'a.txt', to: 'd.txt' });
    await operate('move', { from: 'd.txt', to: 'e.txt' });
    expect(await operate('delete', { path: 'e.txt' })).toMatchObject({ deleted: ['e.txt'] });
    expect(await fail('file_operation', { operation: 'list', text: 'x' })).toMatchObject({
      type: 'file.bad_request',
      message: expect.stringContaining('(text)'),
    });
    expect(await fail('file_operation', { operation: 'read' })).toMatchObject({ type: 'file.bad_request' });
    expect(await fail('file_operation', { operation: 'chmod', path: 'a' })).toMatchObject({
      type: 'tool.input_invalid',
    });
  });
});

describe('memory', () => {
  it('is shared by the steps of a run, and by no other run', async () => {
    await run('memory.set', { name: 'Seen so far', value: { ids: [1] } });
    await run('memory.set', { name: 'n', value: null });
    expect(await run('memory.get', { name: 'Seen so far' })).toMatchObject({ value: { ids: [1] }, found: true });
    expect(await run('memory.get', { name: 'n', default: 7 })).toMatchObject({ value: null, found: true });
    expect(await run('memory.get', { name: 'm', default: 7 })).toMatchObject({ value: 7, found: false });
    expect(await run('memory.get', { name: 'm' })).toMatchObject({ value: null, found: false });
    expect((await run('memory.list', {})).entries).toHaveLength(2);
    expect(await run('memory.list', {}, { workflow_id: 'awe.run.2' })).toEqual({ entries: [] });
    expect(await fail('memory.set', { name: 'x', value: 'x'.repeat(1024 * 1024) })).toMatchObject({
      type: 'memory.too_large',
    });
  });
});
