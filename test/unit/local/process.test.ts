import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep } from '../../../src/local/commands';
import { withLock } from '../../../src/local/lock';
import {
  findRunning,
  isOurs,
  listRunning,
  processStartTime,
  startDetached,
  stopProcess,
  waitHealthy,
} from '../../../src/local/process';
import { until } from '../../support/until';

const newDir = () => mkdtempSync(join(tmpdir(), 'awe-process-'));

function start(dir: string, name: string, script: string) {
  return startDetached({ name, runDir: dir, log: join(dir, `${name}.log`), program: 'sh', args: ['-c', script] });
}

describe('a background process', () => {
  it('is found by its record while it lives and stopped with it', async () => {
    const dir = newDir();
    const record = start(dir, 'sleeper', 'exec sleep 60');
    expect(findRunning(dir, 'sleeper')).toEqual(record);
    expect(await stopProcess(dir, record)).toBe(true);
    expect(isOurs(record)).toBe(false);
    expect(existsSync(join(dir, 'sleeper.json'))).toBe(false);
  });

  it('is killed, with its children, where it does not listen', async () => {
    const dir = newDir();
    const record = start(dir, 'deaf', `trap '' TERM; sleep 60 & echo $! > ${dir}/child; while :; do sleep 0.05; done`);
    while (!existsSync(join(dir, 'child')) || readFileSync(join(dir, 'child'), 'utf8') === '') await sleep(20);
    const child = Number(readFileSync(join(dir, 'child'), 'utf8'));
    expect(await stopProcess(dir, record, 200)).toBe(false);
    for (let tries = 0; tries < 50 && processStartTime(child) !== undefined; tries++) await sleep(20);
    expect(processStartTime(child)).toBeUndefined();
  });

  it('is left alone when its pid has come to belong to another', async () => {
    const dir = newDir();
    const stranger = spawn('sleep', ['60']);
    const pid = stranger.pid ?? 0;
    const record = { name: 'old', pid, startTime: 'another boot/1', startedAt: '', command: [], log: '' };
    writeFileSync(join(dir, 'old.json'), JSON.stringify(record));
    expect(await stopProcess(dir, record)).toBe(true);
    expect(listRunning(dir)).toEqual([]);
    expect(processStartTime(pid)).toBeDefined();
    stranger.kill();
  });

  it('writes for its owner alone, its log from before too, and has the environment that it is given', async () => {
    const dir = newDir();
    const log = join(dir, 'writer.log');
    writeFileSync(log, 'of an older AWE\n', { mode: 0o644 });
    const umask = process.umask();
    const script = `echo "key: $SECRET$KEPT" > ${dir}/made; echo done`;
    const env = { PATH: process.env['PATH'], KEPT: 'kept' };
    const record = startDetached({ name: 'writer', runDir: dir, log, program: 'sh', args: ['-c', script], env });
    await until(async () => !isOurs(record));
    expect(readFileSync(join(dir, 'made'), 'utf8')).toBe('key: kept\n');
    expect([log, join(dir, 'made')].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
    expect(process.umask()).toBe(umask);
  });

  it('that ends while it starts is explained by the end of its log', async () => {
    const dir = newDir();
    const record = start(dir, 'broken', 'echo "no such setting"; exit 3');
    await expect(waitHealthy(record, async () => false, 10_000)).rejects.toThrow(
      /broken ended while it was starting. The end of .*broken.log: no such setting/,
    );
  });

  it('that a damaged record names is not believed in', () => {
    const dir = newDir();
    writeFileSync(join(dir, 'a.json'), '{"pid": 1');
    writeFileSync(join(dir, 'b.json'), '{"pid": -1, "startTime": "x"}');
    expect(listRunning(dir)).toEqual([]);
  });
});

describe('the lock', () => {
  it('lets one at a time through and says that the other waits', async () => {
    const file = join(newDir(), 'lock');
    const lines: string[] = [];
    let inside = 0;
    const work = async () => {
      inside += 1;
      await sleep(50);
      expect(inside).toBe(1);
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withLock(file, 'Temporal', (line) => lines.push(line), work)));
    expect(lines[0]).toBe('Temporal: another process is working on it; waiting for it to finish…');
    expect(existsSync(file)).toBe(false);
  });

  it('of a process that is gone is taken over', async () => {
    const file = join(newDir(), 'lock');
    writeFileSync(file, JSON.stringify({ pid: process.pid, startTime: 'another boot/1' }));
    expect(
      await withLock(
        file,
        'x',
        () => undefined,
        async () => 'done',
      ),
    ).toBe('done');
  });
});
