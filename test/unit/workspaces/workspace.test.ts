/** Files that the steps of a run share. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { WorkspaceLimits } from '../../../src/workspaces/port';
import { createWorkspaces } from '../../../src/workspaces/workspaces';
import { openFilesystemStore } from '../../../src/documents/filesystem';
import { temporaryStore } from '../documents/support';

const roomy: WorkspaceLimits = { bytes: 1_000_000, files: 100, pathBytes: 300 };

async function open(limits: Partial<WorkspaceLimits> = {}) {
  const { root, store } = await temporaryStore();
  const spaces = createWorkspaces(store, { ...roomy, ...limits });
  return { root, store, spaces, space: spaces.of('audit.run.1') };
}

const paths = (files: { path: string }[]) => files.map(({ path }) => path);

describe('a file of a workspace', () => {
  it('is written, read, measured, listed and removed, and lies where people find it', async () => {
    const { root, space } = await open();
    const written = await space.write('output/users.json', '[1]');
    expect(written).toMatchObject({ path: 'output/users.json', bytes: 3 });
    expect(written.file).toEqual({
      artifact_id: written.sha256,
      path: 'workspaces/audit.run.1/output/users.json',
      media_type: 'application/json',
      bytes: 3,
    });
    expect(readFileSync(join(root, written.file.path), 'utf8')).toBe('[1]');
    expect(String(await space.read('output/users.json'))).toBe('[1]');
    expect(await text((await space.stream('output/users.json')).body)).toBe('[1]');
    expect(await space.stat('output/users.json')).toMatchObject({ path: 'output/users.json', bytes: 3 });
    await space.write('a.txt', 'a');
    expect(paths(await space.list())).toEqual(['a.txt', 'output/users.json']);
    expect(paths(await space.list('output/'))).toEqual(['output/users.json']);
    expect(await space.remove('a.txt')).toBe(true);
    expect(await space.remove('a.txt')).toBe(false);
    expect(await space.stat('a.txt')).toBeUndefined();
  });

  it('is seen by another process, and not by another run', async () => {
    const { root, space, spaces } = await open();
    await space.write('a.txt', 'a');
    const elsewhere = createWorkspaces(await openFilesystemStore({ root }), roomy);
    expect(String(await elsewhere.of('audit.run.1').read('a.txt'))).toBe('a');
    expect(await spaces.of('audit.run.10').list()).toEqual([]);
    expect(await spaces.of('audit.run').list()).toEqual([]);
  });

  it('is replaced, and what had been written stays under its hash', async () => {
    const { space, store } = await open();
    const first = await space.write('a.txt', 'first');
    await space.write('a.txt', 'second');
    expect(String(await space.read('a.txt'))).toBe('second');
    expect(String(await store.read(`artifacts/${first.sha256.slice(0, 2)}/${first.sha256}`))).toBe('first');
  });

  it('is not replaced where that is not wanted; the same bytes are as good as written', async () => {
    const { space } = await open();
    await space.write('a.txt', 'first', { replace: false });
    await space.write('a.txt', 'first', { replace: false });
    await expect(space.write('a.txt', 'second', { replace: false })).rejects.toMatchObject({ code: 'exists' });
    expect(String(await space.read('a.txt'))).toBe('first');
  });

  it('is the whole of one of its writers, at every moment', async () => {
    const { root, space } = await open();
    const other = createWorkspaces(await openFilesystemStore({ root }), roomy).of('audit.run.1');
    const bodies = Array.from({ length: 20 }, (_, i) => String(i % 10).repeat(20_000));
    await space.write('a.txt', bodies[0]!);
    let writing = true;
    const reading = (async () => {
      const seen: string[] = [];
      while (writing) seen.push(String(await space.read('a.txt')));
      return seen;
    })();
    await Promise.all(bodies.map((body, i) => (i % 2 ? space : other).write('a.txt', body)));
    writing = false;
    for (const seen of await reading) expect(bodies.includes(seen)).toBe(true);
    expect(bodies).toContain(String(await space.read('a.txt')));
  });

  it('comes in pieces, of which a broken one leaves nothing', async () => {
    const { space } = await open();
    async function* pieces(broken: boolean) {
      yield Buffer.from('one ');
      if (broken) throw new Error('the line broke');
      yield Buffer.from('two');
    }
    await expect(space.write('a.txt', pieces(true))).rejects.toThrow('the line broke');
    expect(await space.list()).toEqual([]);
    expect(await space.write('a.txt', pieces(false))).toMatchObject({ bytes: 7 });
    await expect(space.write('b.txt', pieces(false), { maxBytes: 5 })).rejects.toMatchObject({ code: 'too_large' });
    await expect(space.read('a.txt', { maxBytes: 6 })).rejects.toMatchObject({ code: 'too_large' });
  });

  it('that is missing says which are there', async () => {
    const { space } = await open();
    await expect(space.read('report.md')).rejects.toThrow('it has no files yet');
    await space.write('output/report.md', '#');
    await space.write('output/unlike.bin', '0');
    await expect(space.read('report.md')).rejects.toMatchObject({
      code: 'not_found',
      message: 'the workspace has no file report.md; there are: output/report.md, output/unlike.bin',
    });
    await expect(space.stream('output')).rejects.toMatchObject({ code: 'is_folder' });
  });

  it('is no folder, and a folder no file; a folder whose files are gone is none', async () => {
    const { space } = await open();
    await space.write('a/b/c.txt', 'c');
    await expect(space.write('a/b', 'b')).rejects.toMatchObject({ code: 'is_folder' });
    await expect(space.write('a/b/c.txt/d', 'd')).rejects.toMatchObject({ code: 'is_folder' });
    await space.remove('a/b/c.txt');
    await space.write('a', 'a');
    expect(paths(await space.list())).toEqual(['a']);
  });
});

describe('a path of a workspace', () => {
  const attacks: Record<string, string> = {
    'to the folder above': '../secrets.txt',
    'to another run': '../audit.run.2/a.txt',
    'to values': '../../values/ab/x.json',
    'upwards inside': 'a/../../x',
    'upwards at the end': 'a/..',
    absolute: '/etc/passwd',
    'absolute on Windows': 'C:\\Windows\\win.ini',
    'a drive': 'C:x',
    'of a share': '\\\\host\\share\\x',
    'with a backslash': 'a\\..\\..\\x',
    here: '.',
    'with a dot': './a',
    'with an empty part': 'a//b',
    'with a slash at its end': 'a/',
    'with NUL': 'a.txt\0.png',
    'with a line end': 'a\nb',
    'with an escape sequence': 'a\u001b[2Jb',
    'with a C1 control': 'a\u0085b',
    'that reads backwards': 'a\u202egnp.exe',
    'of half a character': 'a\ud800',
    'a device': 'nul',
    'a device with an ending': 'out/COM1.txt',
    'a stream of NTFS': 'a.txt:hidden',
    'with a wildcard': 'a*.txt',
    'with a quote': 'a"b',
    'ending in a dot': 'a.txt.',
    'ending in a space': 'a ',
    'with three dots': 'a/.../b',
    'beginning in a space': ' /a',
    'too long': 'a/'.repeat(200) + 'x',
    'with a long part': 'é'.repeat(128),
    empty: '',
  };

  it.each(Object.entries(attacks))('%s is refused, whatever is asked', async (_, path) => {
    const { space } = await open();
    const refused = { code: 'bad_path' };
    await expect(space.write(path, 'x')).rejects.toMatchObject(refused);
    await expect(space.read(path)).rejects.toMatchObject(refused);
    await expect(space.stream(path)).rejects.toMatchObject(refused);
    await expect(space.stat(path)).rejects.toMatchObject(refused);
    await expect(space.remove(path)).rejects.toMatchObject(refused);
    expect(await space.list()).toEqual([]);
  });

  it.each(['%2e%2e/x', '..%2fx', 'a/‥/b', '．．/x', '~/x', '$HOME/x', '.tmp/x', '__proto__/x', '-rf'])(
    '%s is a name like any other, in the workspace',
    async (path) => {
      const { space, store } = await open();
      await space.write(path, 'x');
      expect(paths(await space.list())).toEqual([path]);
      expect((await store.list('workspaces/')).paths).toEqual([`workspaces/audit.run.1/${path}`]);
    },
  );

  it('is the same however its accents are written', async () => {
    const { space } = await open();
    await space.write('Éte\u0301/re\u0301sume\u0301.txt', 'x');
    expect(paths(await space.list('E\u0301té'))).toEqual(['Été/résumé.txt']);
    expect(String(await space.read('Été/résumé.txt'))).toBe('x');
  });

  it('that leads through a symbolic link is not followed', async () => {
    const { root, space } = await open();
    await space.write('a.txt', 'a');
    const folder = join(root, 'workspaces/audit.run.1');
    mkdirSync(join(root, 'outside'));
    writeFileSync(join(root, 'outside/secret'), 's');
    symlinkSync(join(root, 'outside'), join(folder, 'link'));
    symlinkSync(join(root, 'outside/secret'), join(folder, 'file'));
    await expect(space.read('link/secret')).rejects.toMatchObject({ code: 'bad_path' });
    await expect(space.write('link/x', 'x')).rejects.toMatchObject({ code: 'bad_path' });
    await expect(space.read('file')).rejects.toMatchObject({ code: 'bad_path' });
    expect(paths(await space.list())).toEqual(['a.txt']);
    await expect(space.write('file', 'mine')).rejects.toMatchObject({ code: 'bad_path' });
    expect(readFileSync(join(root, 'outside/secret'), 'utf8')).toBe('s');
  });
});

describe('the room of a workspace', () => {
  it('ends at so many bytes, however they come', async () => {
    const { space } = await open({ bytes: 10 });
    await space.write('a', '12345678');
    await expect(space.write('b', '123')).rejects.toMatchObject({ code: 'quota' });
    await expect(
      space.write(
        'b',
        (async function* () {
          yield Buffer.from('12');
          yield Buffer.from('3');
        })(),
      ),
    ).rejects.toMatchObject({ code: 'quota' });
    await space.write('a', '1234567890');
    await space.remove('a');
    await space.write('b', '1234567890');
  });

  it('ends at so many files, and sees what other processes removed', async () => {
    const { root, space } = await open({ files: 2 });
    await space.write('a', '1');
    await space.write('b', '1');
    await space.write('b', '2');
    await expect(space.write('c', '1')).rejects.toMatchObject({ code: 'quota' });
    await createWorkspaces(await openFilesystemStore({ root }), roomy)
      .of('audit.run.1')
      .remove('a');
    await space.write('c', '1');
  });
});

describe('appending to a file', () => {
  it('makes it, and adds to its end, once for a key', async () => {
    const { space } = await open();
    await space.append('log.txt', 'a\n', 'k1');
    await space.append('log.txt', 'b\n', 'k2');
    await space.append('log.txt', 'a\n', 'k1');
    const last = await space.append('log.txt', 'c\n', 'k3');
    expect(String(await space.read('log.txt'))).toBe('a\nb\nc\n');
    expect(last).toMatchObject({ path: 'log.txt', bytes: 6 });
  });

  it('goes on from what was written as a whole, also if that had been there before', async () => {
    const { space } = await open();
    await space.write('log.txt', 'head\n');
    await space.append('log.txt', 'a\n', 'k1');
    await space.append('log.txt', 'b\n', 'k2');
    await space.write('log.txt', 'head\n');
    await space.append('log.txt', 'c\n', 'k3');
    await space.append('log.txt', 'b\n', 'k2');
    expect(String(await space.read('log.txt'))).toBe('head\nc\n');
    await space.remove('log.txt');
    await space.append('log.txt', 'd\n', 'k4');
    expect(String(await space.read('log.txt'))).toBe('d\n');
  });

  it('loses no piece of many writers in two processes', async () => {
    const { root, space } = await open();
    const other = createWorkspaces(await openFilesystemStore({ root }), roomy).of('audit.run.1');
    await space.write('log.txt', 'head\n');
    const pieces = Array.from({ length: 24 }, (_, i) => `line ${i}\n`);
    await Promise.all(pieces.map((piece, i) => (i % 2 ? space : other).append('log.txt', piece, `k${i}`)));
    const lines = String(await space.read('log.txt')).split(/(?<=\n)/);
    expect(lines[0]).toBe('head\n');
    expect(lines.slice(1).sort()).toEqual([...pieces].sort());
  });
});

describe('a file of a workspace as an artifact', () => {
  it('is kept under its hash, also if somebody put it there by hand', async () => {
    const { root, store, space } = await open();
    const written = await space.write('a.txt', 'a');
    expect(await space.file('a.txt')).toEqual(written);
    writeFileSync(join(root, 'workspaces/audit.run.1/b.txt'), 'by hand');
    const { file } = await space.file('b.txt');
    expect(file).toMatchObject({ path: 'workspaces/audit.run.1/b.txt', bytes: 7, media_type: 'text/plain' });
    expect(String(await store.read(`artifacts/${file.artifact_id.slice(0, 2)}/${file.artifact_id}`))).toBe('by hand');
  });

  it('is known before it is written', async () => {
    const { space } = await open();
    const preview = await space.preview('a.txt', {
      bytes: 1,
      sha256: 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
    });
    expect(await space.list()).toEqual([]);
    expect(await space.write('a.txt', 'a')).toEqual(preview);
  });
});
