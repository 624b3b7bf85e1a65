import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeExamples } from '../../../cli/examples';
import { warmth, type ChildLimits } from '../../../src/reading/child/limits';
import { createChildren, type Children } from '../../../src/reading/child/runner';
import { orderReaderLimits } from '../../../src/reading/orders';
import { workbookLimits } from '../../../src/spreadsheets/read';
import { findBuild } from '../../../src/config';
import { files, xlsx } from '../spreadsheets/make';
import { buildWithChild } from './fake-child';

const put = files();
const limits: ChildLimits = { ...orderReaderLimits, time: 20_000, answer: 64 * 1024 * 1024, parallel: 1, ...warmth };
const small = () => put(xlsx({ sheets: ['<row r="1"><c r="A1"><v>1</v></c></row>'] }));
const rows = xlsx({ sheets: ['<row><c t="inlineStr"><is><t>a text</t></is></c></row>'.repeat(120_000)] });
const large = () => put(rows);
const read = (children: Children, path: string, signal?: AbortSignal) =>
  children.run('workbook', { path, limits: { ...workbookLimits, zip: { ...workbookLimits.zip, ratio: 1e6 } } }, signal);

const open: Children[] = [];
const builds: string[] = [];
function childrenWith(changed: Partial<ChildLimits> = {}): Children {
  const children = createChildren({ ...limits, ...changed });
  open.push(children);
  return children;
}
function fakeChildren(body: string, changed: Partial<ChildLimits> = {}): Children {
  const build = buildWithChild(body);
  builds.push(build);
  const children = createChildren({ ...limits, ...changed }, build);
  open.push(children);
  return children;
}
/** the children of a process that read, running ones */
function readersOf(pid: number = process.pid): number[] {
  const threads = readdirSync(`/proc/${pid}/task`);
  const all = threads.flatMap((id) => readFileSync(`/proc/${pid}/task/${id}/children`, 'utf8').trim().split(' '));
  return all.map(Number).filter((child) => child > 0 && isReader(child));
}
function isReader(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('reading/child/main.js');
  } catch {
    return false;
  }
}
async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 15_000; !condition(); await sleep(20))
    if (Date.now() > end) throw new Error('it never came true');
}

afterEach(async () => {
  for (const children of open.splice(0)) children.close();
  for (const build of builds.splice(0)) rmSync(build, { recursive: true });
  await until(() => readersOf().length === 0);
});

describe('a child that has read a file well', () => {
  test('reads the next ones, behind the work of others', async () => {
    const children = childrenWith();
    await read(children, small());
    const [first = 0, ...others] = readersOf();
    expect(others).toEqual([]);
    expect(getPriority(first)).toBeGreaterThan(getPriority());
    for (let i = 0; i < 5; i++) await read(children, small());
    expect(readersOf()).toEqual([first]);
  });

  test('answers as one does that has read nothing before', async () => {
    const dir = builds[builds.push(buildWithChild('')) - 1] ?? '';
    await writeExamples(dir);
    const names = readdirSync(dir).filter((name) => name.endsWith('.xlsx'));
    const input = (file: string) => ({ path: join(dir, file), folder: dir, limits: workbookLimits, options: { file } });
    const [alone, warm] = [childrenWith({ filesPerChild: 1 }), childrenWith()];
    expect(names.length).toBeGreaterThan(1);
    for (const file of [...names, ...names.reverse()])
      expect(await warm.run('order', input(file))).toEqual(await alone.run('order', input(file)));
  });

  test('tells the peak of each file, not that of the largest before', async () => {
    const children = childrenWith({ restMb: 1_000 });
    const input = (path: string) => ({
      path,
      limits: { ...workbookLimits, zip: { ...workbookLimits.zip, ratio: 1e6 } },
    });
    const { peakMb: first } = await children.measure('workbook', input(large()));
    for (let i = 0; i < 3; i++) await read(children, small());
    const { peakMb: next } = await children.measure('workbook', input(small()));
    // what the allocator keeps of the large one may be in it, a second large one may not
    expect(next).toBeLessThan(first + 30);
  });

  test('gives way to another after so many files, when it has grown, and when it is not needed for a while', async () => {
    const three = childrenWith({ filesPerChild: 3 });
    const seen = new Set<number>();
    for (let i = 0; i < 6; i++) {
      await read(three, small());
      for (const pid of readersOf()) seen.add(pid);
    }
    expect(seen.size).toBeLessThanOrEqual(4); // two that were kept, and each may be seen once more as it goes
    await until(() => readersOf().length === 0);
    await read(childrenWith({ restMb: 10 }), small());
    await until(() => readersOf().length === 0);
    const idle = childrenWith({ idle: 200 });
    await read(idle, small());
    expect(readersOf()).toHaveLength(1);
    await until(() => readersOf().length === 0);
    await read(idle, small());
  });
});

describe('a child is replaced', () => {
  const hardly = put('%PDF-1');
  test.each<[string, Partial<ChildLimits>, () => string, RegExp]>([
    ['that has refused a file', {}, () => hardly, /PDF/],
    ['that has failed', {}, () => '/there/is/no/such.xlsx', /ENOENT/],
    ['that took too much memory', { heapMb: 25 }, large, /more memory/],
    ['that answered too much', { answer: 100_000 }, large, /more memory/],
  ])('%s', async (_, changed, bad, fault) => {
    const children = childrenWith(changed);
    await read(children, small());
    const before = readersOf();
    await expect(read(children, bad())).rejects.toThrow(fault);
    await until(() => readersOf().every((pid) => !before.includes(pid)));
    expect((await read(children, small())).sheets).toHaveLength(1);
    expect(readersOf()).toHaveLength(1);
  });

  test('that took too long', async () => {
    const children = fakeChildren("if (path === 'bad') for (;;); send(request, good());", { time: 3_000 });
    await read(children, 'good');
    await expect(read(children, 'bad')).rejects.toMatchObject({ code: 'too_slow' });
    expect(await read(children, 'good')).toMatchObject({ served: 1 });
  });

  test('that had to load exceljs for a file', async () => {
    const children = childrenWith();
    const strange = put(xlsx({ sheets: ['<row r="1"><c r="A1"><v>1</v></c></row><z:nothing/>'] }));
    await read(children, small());
    const before = readersOf();
    expect((await read(children, strange)).reader).toBe('exceljs');
    await until(() => readersOf().every((pid) => !before.includes(pid)));
  });

  test('that was stopped in the middle; the file that waited is read', async () => {
    const children = childrenWith();
    const controller = new AbortController();
    const reason = new Error('enough');
    const stopped = read(children, large(), controller.signal);
    const next = read(children, small());
    setTimeout(() => controller.abort(reason), 300);
    await expect(stopped).rejects.toBe(reason);
    expect((await next).sheets).toHaveLength(1);
  });
});

describe('files that come at once', () => {
  test('are read in the order in which they came', async () => {
    const children = fakeChildren('setTimeout(() => send(request, good()), 20);');
    const order: number[] = [];
    await Promise.all(Array.from({ length: 8 }, (_, i) => read(children, String(i)).then(() => order.push(i))));
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('have as many children as are allowed, and no more', async () => {
    const children = fakeChildren('setTimeout(() => send(request, good()), 20);', { parallel: 2 });
    const seen = new Set<unknown>();
    const one = async () => seen.add(((await read(children, 'any')) as unknown as { pid: number }).pid);
    await Promise.all(Array.from({ length: 8 }, one));
    expect(seen.size).toBe(2);
  });

  test('are not harmed by a bomb among them', async () => {
    const children = childrenWith({ parallel: 2, heapMb: 25 });
    const bomb = large();
    const answers = await Promise.allSettled(
      Array.from({ length: 12 }, (_, i) => read(children, i % 4 === 1 ? bomb : small())),
    );
    for (const [i, answer] of answers.entries())
      expect([i, answer.status]).toEqual([i, i % 4 === 1 ? 'rejected' : 'fulfilled']);
  });
});

describe('a child that is broken', () => {
  test.each([
    ['answers another request', 'send(request + 1, good());'],
    ['answers twice', 'process.stdout.write(Buffer.concat([frame(request, good()), frame(request, good())]));'],
    ['says no JSON', 'process.stdout.write(Buffer.from([request, 0, 0, 0, 2, 0, 0, 0, 65, 65]));'],
    ['ends instead', 'process.exit(0);'],
    ['throws instead', "throw new Error('oh');"],
  ])('%s: its file fails, the next is read by another', async (_, body) => {
    const children = fakeChildren(`if (path === 'bad') { ${body} } else send(request, good());`);
    await read(children, 'good');
    await expect(read(children, 'bad')).rejects.toThrow();
    expect(await read(children, 'good')).toMatchObject({ served: 1 });
  });

  test('that speaks without being asked is not listened to any more', async () => {
    const children = fakeChildren('send(request, good()); setTimeout(() => send(request + 1, good()), 20);');
    await read(children, 'good');
    await until(() => readersOf().length === 0);
    expect(await read(children, 'good')).toMatchObject({ served: 1 });
  });

  test('is killed as soon as it announces more than it may answer', async () => {
    const children = fakeChildren('send(request, good(), 1_000_000_000);');
    await expect(read(children, 'any')).rejects.toMatchObject({ code: 'too_large' });
  });

  test('that dies of what earlier files have left does not decide on this one: a new one does', async () => {
    const children = fakeChildren('if (served > 1) process.abort(); send(request, good());');
    await read(children, 'good');
    expect(await read(children, 'good')).toMatchObject({ served: 1 });
    const always = fakeChildren('process.abort();');
    await expect(read(always, 'bad')).rejects.toMatchObject({ code: 'too_large' });
  });

  test('that was spent on a file reads no other', async () => {
    const children = fakeChildren('send(request, { ...good(), spent: true });');
    await read(children, 'good');
    expect(await read(children, 'good')).toMatchObject({ served: 1 });
  });
});

describe('a parent', () => {
  const parent = (body: string) => {
    const runner = join(findBuild(), 'src', 'reading', 'child', 'runner.js');
    const input = JSON.stringify({ path: small(), limits: workbookLimits });
    const code = `const children = require(${JSON.stringify(runner)}).createChildren(${JSON.stringify(limits)});
      children.run('workbook', ${input}).then(() => { ${body} });`;
    return spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  };

  test('is not kept by children that have nothing to do', async () => {
    const began = Date.now();
    expect((await once(parent(''), 'exit'))[0]).toBe(0);
    expect(Date.now() - began).toBeLessThan(warmth.idle);
  });

  test('takes its children along, however it dies', async () => {
    const process = parent(`console.log('read'); setInterval(() => undefined, 1_000);`);
    await once(process.stdout, 'data');
    const readers = readersOf(process.pid);
    expect(readers).toHaveLength(1);
    process.kill('SIGKILL');
    await until(() => !readers.some(isReader));
  });

  test('that has closed its children reads nothing more, and a file under way fails as a fault of ours', async () => {
    const children = childrenWith();
    const reading = read(children, large());
    const waiting = read(children, small());
    await sleep(300);
    children.close();
    for (const each of [reading, waiting]) await expect(each).rejects.toThrow('not read any more');
  });
});
