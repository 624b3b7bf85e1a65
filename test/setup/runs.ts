/** Folders for the servers of a run of jest, by which those of a killed run are found. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOurs, listRunning, processStartTime, stopProcess } from '../../src/local/process';

const PREFIX = 'awe-jest-';
const OWNER = 'owner.json';

/** Creates a folder that is marked as this process's. */
export function createRun(): string {
  const dir = mkdtempSync(join(tmpdir(), PREFIX));
  chmodSync(dir, 0o711); // PostgreSQL runs as another user where this one is root
  mkdirSync(join(dir, 'run'));
  writeFileSync(join(dir, OWNER), JSON.stringify({ pid: process.pid, startTime: processStartTime(process.pid) }));
  return dir;
}

/** Stops the servers of a run and removes what they wrote. */
export async function endRun(dir: string): Promise<void> {
  await Promise.all(listRunning(join(dir, 'run')).map((record) => stopProcess(join(dir, 'run'), record, 5_000)));
  rmSync(dir, { recursive: true, force: true });
}

/** Ends the runs whose jest died before it could. */
export async function endAbandonedRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const dir = join(tmpdir(), name);
    const owner = join(dir, OWNER);
    if (!existsSync(owner)) continue;
    if (!isOurs(JSON.parse(readFileSync(owner, 'utf8')) as { pid: number; startTime: string })) await endRun(dir);
  }
}
