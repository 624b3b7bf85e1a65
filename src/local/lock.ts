/** A lock among processes: a file that names its holder. The lock of a dead holder is taken over. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { sleep, type Report } from './commands';
import { isOurs, processStartTime } from './process';

interface Holder {
  pid: number;
  startTime: string;
}

/** Runs `work` under the lock; reports once if it has to wait. */
export async function withLock<T>(file: string, what: string, report: Report, work: () => Promise<T>): Promise<T> {
  let reported = false;
  let release = tryLock(file);
  while (!release) {
    if (!reported) report(`${what}: another process is working on it; waiting for it to finish…`);
    reported = true;
    await sleep(100);
    release = tryLock(file);
  }
  try {
    return await work();
  } finally {
    release();
  }
}

/** Takes the lock and returns the function that releases it; undefined if a living process holds it. */
export function tryLock(file: string): (() => void) | undefined {
  mkdirSync(dirname(file), { recursive: true });
  const me = JSON.stringify({ pid: process.pid, startTime: processStartTime(process.pid) });
  while (!create(file, me)) {
    const seen = read(file);
    if (seen === undefined) continue; // it was released just now
    if (holderLives(seen)) return undefined;
    removeIfStill(file, seen);
  }
  return () => rmSync(file, { force: true });
}

/** Creates the file with its content in one step; false if another's exists. */
function create(file: string, content: string): boolean {
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(draft, content);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes a stale lock; if another process has taken it over since it was read, that one gets it back. */
function removeIfStill(file: string, seen: string): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
    if (readFileSync(aside, 'utf8') !== seen) linkSync(aside, file);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function holderLives(content: string): boolean {
  try {
    return isOurs(JSON.parse(content) as Holder);
  } catch {
    return false;
  }
}
