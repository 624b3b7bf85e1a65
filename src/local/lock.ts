/** A lock among processes, by a file that names its holder. The lock of a holder that is gone is taken over. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { sleep, type Report } from './commands';
import { isOurs, processStartTime } from './process';

interface Holder {
  pid: number;
  startTime: string;
}

/** Runs `work` while no other process holds the lock; says once that it waits. */
export async function withLock<T>(file: string, what: string, report: Report, work: () => Promise<T>): Promise<T> {
  let told = false;
  let release = tryLock(file);
  while (!release) {
    if (!told) report(`${what}: another process is at it; waiting for it to finish…`);
    told = true;
    await sleep(100);
    release = tryLock(file);
  }
  try {
    return await work();
  } finally {
    release();
  }
}

/** Takes the lock and gives what releases it; undefined where a living process holds it. */
export function tryLock(file: string): (() => void) | undefined {
  mkdirSync(dirname(file), { recursive: true });
  const me = JSON.stringify({ pid: process.pid, startTime: processStartTime(process.pid) });
  while (!create(file, me)) {
    const seen = read(file);
    if (seen === undefined) continue; // it went away just now
    if (holderLives(seen)) return undefined;
    removeIfStill(file, seen);
  }
  return () => rmSync(file, { force: true });
}

/** All or nothing: the file appears with its content, or another's is there. */
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

/** Between reading and removing, another may have taken the lock over; then it gets it back. */
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
