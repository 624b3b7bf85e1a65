import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import * as fsPromises from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openFilesystemStore } from '../../../src/documents/filesystem';
import { PAGE_LIMIT } from '../../../src/documents/port';
import { temporaryFolder, temporaryStore } from './support';

const bytes = (content: string): Buffer => Buffer.from(content);
const unfinished = (root: string): string[] => readdirSync(join(root, '.tmp'));

describe('a document in the filesystem store', () => {
  it('can be read, streamed and measured once it is created', async () => {
    const { root, store } = await temporaryStore();
    expect(await store.create('a/b/c.txt', bytes('hello'))).toBe('created');
    expect((await store.read('a/b/c.txt'))?.toString()).toBe('hello');
    const stream = await store.stream('a/b/c.txt');
    expect(stream?.bytes).toBe(5);
    expect(await text(stream!.body)).toBe('hello');
    expect((await store.stat('a/b/c.txt'))?.bytes).toBe(5);
    expect(Math.abs((await store.stat('a/b/c.txt'))!.modified_at - Date.now())).toBeLessThan(60_000);
    expect(unfinished(root)).toEqual([]);
  });

  it('is written with mode 0640, less what the umask takes away', async () => {
    const { root, store } = await temporaryStore();
    const umask = process.umask();
    await store.create('f', bytes('x'));
    expect(statSync(join(root, 'f')).mode & 0o777).toBe(0o640 & ~umask);
  });

  it('is created by exactly one of 50 concurrent creators, whose bytes are the ones that stay', async () => {
    const { root, store } = await temporaryStore();
    const other = await openFilesystemStore({ root });
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, i) => (i % 2 ? store : other).create('deep/new/folder/x', bytes(`writer ${i}`))),
    );
    const winners = outcomes.flatMap((outcome, i) => (outcome === 'created' ? [i] : []));
    expect(winners).toHaveLength(1);
    expect((await store.read('deep/new/folder/x'))?.toString()).toBe(`writer ${winners[0]}`);
    expect(unfinished(root)).toEqual([]);
  });

  it('is not changed by a second creation, but is by a replacement', async () => {
    const { store } = await temporaryStore();
    await store.create('x', bytes('first'));
    expect(await store.create('x', bytes('second'))).toBe('exists');
    expect((await store.read('x'))?.toString()).toBe('first');
    await store.replace('x', bytes('third'));
    expect((await store.read('x'))?.toString()).toBe('third');
    await store.replace('new/y', bytes('fourth'));
    expect((await store.read('new/y'))?.toString()).toBe('fourth');
  });

  it('can be removed, and removing what is not there is fine', async () => {
    const { store } = await temporaryStore();
    await store.create('a/x', bytes('1'));
    await store.remove('a/x');
    await store.remove('a/x');
    await store.remove('nowhere/x');
    expect(await store.read('a/x')).toBeUndefined();
    expect(await store.create('a/x', bytes('2'))).toBe('created');
  });

  it('can be copied to a second path once; a missing source says so', async () => {
    const { store } = await temporaryStore();
    await store.create('a', bytes('1'));
    expect(await store.copy('a', 'people/see/it.txt')).toBe('created');
    expect(await store.copy('a', 'people/see/it.txt')).toBe('exists');
    expect((await store.read('people/see/it.txt'))?.toString()).toBe('1');
    await store.remove('a');
    expect((await store.read('people/see/it.txt'))?.toString()).toBe('1');
    await expect(store.copy('a', 'b')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('can be placed over another, which readers have until then, and is as young as that', async () => {
    const { root, store } = await temporaryStore();
    await store.create('a', bytes('new'));
    utimesSync(join(root, 'a'), 1, 1);
    expect(await store.place('a', 'work/x.txt', { replace: false })).toBe('created');
    await store.replace('b', bytes('newer'));
    expect(await store.place('b', 'work/x.txt', { replace: false })).toBe('exists');
    expect((await store.read('work/x.txt'))?.toString()).toBe('new');
    expect((await store.stat('work/x.txt'))!.modified_at).toBeGreaterThan(1_000_000);
    const before = await store.stream('work/x.txt');
    expect(await store.place('b', 'work/x.txt', { replace: true })).toBe('created');
    expect(await text(before!.body)).toBe('new');
    expect((await store.read('work/x.txt'))?.toString()).toBe('newer');
    await store.replace('work/x.txt', bytes('by hand'));
    expect((await store.read('b'))?.toString()).toBe('newer');
    await expect(store.place('none', 'work/x.txt', { replace: true })).rejects.toMatchObject({ code: 'not_found' });
    expect(unfinished(root)).toEqual([]);
  });

  it('is placed by exactly one of many who do not replace', async () => {
    const { store } = await temporaryStore();
    await store.create('a', bytes('x'));
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, () => store.place('a', 'deep/new/x', { replace: false })),
    );
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
  });

  it('takes the place of empty folders, as in a store that knows none, and of no others', async () => {
    const { store } = await temporaryStore();
    await store.create('a', bytes('x'));
    await store.create('work/b/c/d', bytes('x'));
    await expect(store.place('a', 'work/b', { replace: true })).rejects.toMatchObject({ code: 'bad_path' });
    await expect(store.place('a', 'work/b', { replace: false })).rejects.toMatchObject({ code: 'bad_path' });
    await store.remove('work/b/c/d');
    expect(await store.place('a', 'work/b', { replace: true })).toBe('created');
    await expect(store.place('a', 'work/b/c', { replace: true })).rejects.toMatchObject({ code: 'bad_path' });
  });

  it('that is replaced keeps its copies as they were', async () => {
    const { store } = await temporaryStore();
    await store.create('a', bytes('old'));
    await store.copy('a', 'b');
    await store.replace('a', bytes('new'));
    expect((await store.read('b'))?.toString()).toBe('old');
  });

  it('that is larger than the reader allows is not read', async () => {
    const { store } = await temporaryStore();
    await store.create('x', Buffer.alloc(1000));
    await expect(store.read('x', { maxBytes: 999 })).rejects.toMatchObject({ code: 'too_large' });
    expect(await store.read('x', { maxBytes: 1000 })).toHaveLength(1000);
  });

  it('that is not there is undefined, also where a file stands in the place of its folder', async () => {
    const { store } = await temporaryStore();
    await store.create('file', bytes('x'));
    for (const path of ['nothing', 'no/folder/x', 'file/x']) {
      expect(await store.read(path)).toBeUndefined();
      expect(await store.stream(path)).toBeUndefined();
      expect(await store.stat(path)).toBeUndefined();
    }
  });

  it('cannot lie where a folder is, nor below a file', async () => {
    const { store } = await temporaryStore();
    await store.create('folder/x', bytes('x'));
    await expect(store.create('folder', bytes('x'))).rejects.toMatchObject({ code: 'bad_path' });
    await expect(store.replace('folder', bytes('x'))).rejects.toMatchObject({ code: 'bad_path' });
    await expect(store.create('folder/x/y', bytes('x'))).rejects.toMatchObject({ code: 'bad_path' });
    expect(await store.read('folder')).toBeUndefined();
    expect(await store.stat('folder')).toBeUndefined();
  });

  it('has a name in which case counts, and may be written in any script', async () => {
    const { store } = await temporaryStore();
    await store.create('Report.md', bytes('1'));
    expect(await store.create('report.md', bytes('2'))).toBe('created');
    await store.create('projets/Été/日本語 😀.md', bytes('3'));
    expect((await store.list('projets/')).paths).toEqual(['projets/Été/日本語 😀.md']);
    expect((await store.read('projets/Été/日本語 😀.md'))?.toString()).toBe('3');
  });
});

describe('a path', () => {
  const bad = {
    empty: '',
    absolute: '/etc/passwd',
    upwards: '../x',
    'upwards inside': 'a/../../x',
    'with a dot': './x',
    'with an empty segment': 'a//b',
    'ending in a slash': 'a/',
    'with NUL': 'a\0b',
    'with a line end': 'a\nb',
    'with a backslash': 'a\\..\\b',
    'of half a character': 'a\ud800',
    'too long': 'a/'.repeat(600) + 'x',
    'with a long segment': 'a'.repeat(256),
    'among the unfinished writes': '.tmp/x',
  };

  it.each(Object.entries(bad))('%s is refused by every method', async (_, path) => {
    const { store } = await temporaryStore();
    const refused = { code: 'bad_path' };
    await store.create('ok', bytes('x'));
    await expect(store.create(path, bytes('x'))).rejects.toMatchObject(refused);
    await expect(store.replace(path, bytes('x'))).rejects.toMatchObject(refused);
    await expect(store.read(path)).rejects.toMatchObject(refused);
    await expect(store.stream(path)).rejects.toMatchObject(refused);
    await expect(store.stat(path)).rejects.toMatchObject(refused);
    await expect(store.remove(path)).rejects.toMatchObject(refused);
    await expect(store.copy('ok', path)).rejects.toMatchObject(refused);
    await expect(store.copy(path, 'b')).rejects.toMatchObject(refused);
    await expect(store.place('ok', path, { replace: true })).rejects.toMatchObject(refused);
    await expect(store.place(path, 'b', { replace: true })).rejects.toMatchObject(refused);
    if (path !== '' && path !== 'a/') await expect(store.list(path)).rejects.toMatchObject(refused);
  });

  it('of the greatest length is fine', async () => {
    const { store } = await temporaryStore();
    const path = `${'é'.repeat(127)}/${'b'.repeat(255)}/${'c'.repeat(255)}/${'d'.repeat(255)}`;
    expect(await store.create(path, bytes('x'))).toBe('created');
    expect((await store.list('')).paths).toEqual([path]);
  });

  it('that leads out of the store through a symbolic link is refused, and nothing outside is touched', async () => {
    const { root, store } = await temporaryStore();
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'secret'), 'secret');
    symlinkSync(outside, join(root, 'way-out'));
    mkdirSync(join(root, 'folder'));
    symlinkSync(join(outside, 'secret'), join(root, 'folder', 'link'));
    for (const path of ['way-out/secret', 'way-out/new', 'way-out/new/deeper/x', 'folder/link']) {
      await expect(store.create(path, bytes('x'))).rejects.toMatchObject({ code: 'bad_path' });
    }
    await store.create('ok', bytes('x'));
    await expect(store.place('ok', 'way-out/new', { replace: true })).rejects.toMatchObject({ code: 'bad_path' });
    await expect(store.place('folder/link', 'b', { replace: true })).rejects.toMatchObject({ code: 'bad_path' });
    await store.remove('ok');
    await expect(store.read('way-out/secret')).rejects.toMatchObject({ code: 'bad_path' });
    await expect(store.stream('folder/link')).rejects.toMatchObject({ code: 'bad_path' });
    await expect(store.remove('way-out/secret')).rejects.toMatchObject({ code: 'bad_path' });
    await expect(store.list('way-out/')).rejects.toMatchObject({ code: 'bad_path' });
    await expect(store.copy('folder/link', 'b')).rejects.toMatchObject({ code: 'not_found' });
    expect(await store.stat('folder/link')).toBeUndefined();
    expect((await store.list('')).paths).toEqual([]);
    await store.replace('folder/link', bytes('mine'));
    expect(readFileSync(join(outside, 'secret'), 'utf8')).toBe('secret');
    expect(readdirSync(outside)).toEqual(['secret']);
  });

  it('that is a named pipe does not make a reader wait', async () => {
    const { root, store } = await temporaryStore();
    execFileSync('mkfifo', [join(root, 'pipe')]);
    expect(await store.read('pipe')).toBeUndefined();
    expect((await store.list('')).paths).toEqual([]);
  });
});

describe('a listing', () => {
  it('is in the order of whole paths, in pages, and begins where it is told', async () => {
    const { store } = await temporaryStore();
    const paths = ['a', 'a-b', 'a/b', 'a/b-c', 'a.d', 'ab/c/d', 'B', 'a0', 'é', 'z/\u{1F600}', 'z/\uFFFD'].filter(
      (path) => path !== 'a',
    );
    for (const path of paths) await store.create(path, bytes('x'));
    const ordered = [...paths].sort((x, y) => Buffer.compare(Buffer.from(x), Buffer.from(y)));
    expect((await store.list('')).paths).toEqual(ordered);
    const pages: string[] = [];
    for (let after: string | undefined = ''; after !== undefined;) {
      const page: { paths: string[]; next?: string } = await store.list('', { after, limit: 3 });
      expect(page.paths.length).toBeLessThanOrEqual(3);
      pages.push(...page.paths);
      after = page.next;
    }
    expect(pages).toEqual(ordered);
    expect((await store.list('a')).paths).toEqual(ordered.filter((path) => path.startsWith('a')));
    expect((await store.list('a/b')).paths).toEqual(['a/b', 'a/b-c']);
    expect((await store.list('a/b', { after: 'a/b' })).paths).toEqual(['a/b-c']);
    expect((await store.list('nowhere/x')).paths).toEqual([]);
  });

  it('has no next page when it ends exactly at its limit', async () => {
    const { store } = await temporaryStore();
    await store.create('a', bytes('x'));
    await store.create('b', bytes('x'));
    expect(await store.list('', { limit: 2 })).toEqual({ paths: ['a', 'b'] });
    expect((await store.list('', { limit: PAGE_LIMIT + 1 })).paths).toHaveLength(2);
  });
});

describe('the folder of a store', () => {
  it('is swept of what killed writers left, once that is old', async () => {
    const { root, store } = await temporaryStore();
    await store.create('kept', bytes('x'));
    const [old, young] = [join(root, '.tmp', 'old'), join(root, '.tmp', 'young')];
    writeFileSync(old, 'half');
    writeFileSync(young, 'half');
    utimesSync(old, new Date(), new Date(Date.now() - 2 * 3_600_000));
    await openFilesystemStore({ root });
    expect(unfinished(root)).toEqual(['young']);
    await openFilesystemStore({ root, leftoverAge: -1000 });
    expect(unfinished(root)).toEqual([]);
    expect((await store.read('kept'))?.toString()).toBe('x');
  });

  it('may itself be reached through a symbolic link', async () => {
    const real = temporaryFolder();
    const link = join(temporaryFolder(), 'storage');
    symlinkSync(real, link);
    const { store } = await temporaryStore({ root: link });
    expect(await store.create('a/b', bytes('x'))).toBe('created');
    expect(readFileSync(join(real, 'a/b'), 'utf8')).toBe('x');
  });

  it('that went away is an error of class unavailable, with words', async () => {
    const { root, store } = await temporaryStore();
    await fsPromises.rm(root, { recursive: true });
    await expect(store.create('x', bytes('x'))).rejects.toMatchObject({ code: 'unavailable', passing: true });
  });

  it('that is a file cannot be opened', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(openFilesystemStore({ root: join(file, 'store') })).rejects.toMatchObject({ name: 'DocumentError' });
  });

  it('on a full disk says that there is no room, and leaves no half document', async () => {
    const root = temporaryFolder();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', root], { stdio: 'ignore' });
    } catch {
      return; // only root may mount
    }
    try {
      const { store } = await temporaryStore({ root });
      await expect(store.create('big', Buffer.alloc(1024 * 1024, 1))).rejects.toMatchObject({
        ...{ code: 'full', passing: true },
        message: expect.stringContaining('disk is full') as string,
      });
      expect(await store.free()).toBeLessThanOrEqual(256 * 1024);
      expect(await store.read('big')).toBeUndefined();
      expect(unfinished(root)).toEqual([]);
      expect(await store.create('small', bytes('x'))).toBe('created');
      mkdirSync(join(root, 'other'));
      execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', join(root, 'other')]);
      await expect(store.create('other/x', bytes('x'))).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('another file system') as string,
      });
      execFileSync('umount', [join(root, 'other')]);
    } finally {
      execFileSync('umount', ['-l', root]);
    }
  });

  it('takes a thousand writes at once with few descriptors', async () => {
    const { store } = await temporaryStore();
    const outcomes = await Promise.all(
      Array.from({ length: 1000 }, (_, i) => store.create(`many/${i}`, bytes(`${i}`))),
    );
    expect(new Set(outcomes)).toEqual(new Set(['created']));
    expect((await store.list('many/')).paths).toHaveLength(1000);
  });
});
