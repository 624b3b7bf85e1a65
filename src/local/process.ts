/**
 * Background processes of the local stack. Each has a record, `<runDir>/<name>.json`, with its pid and its start time:
 * a pid alone may belong to another process by now, and that one must never be touched.
 */
import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fchmodSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../config';
import { capture, lastLines, sleep } from './commands';

const MAX_LOG_BYTES = 20 * 1_048_576;

export interface ProcessRecord {
  name: string;
  pid: number;
  /** The start of the process in the system's own form; only compared, never read as a time. */
  startTime: string;
  /** ISO 8601, for people and for the order of stopping. */
  startedAt: string;
  command: string[];
  log: string;
  /** The size of the log at the start; everything after it belongs to this process. */
  logStart?: number;
  /** A digest of what it was started from; if it differs, the process should be restarted. */
  fingerprint?: string;
  /** The address of its API, if it has one. */
  url?: string;
  /** The signal that asks it to stop; SIGTERM if absent. */
  stopSignal?: NodeJS.Signals;
}

/** The user and group of a process, where they are not those of this one. */
export interface Owner {
  uid: number;
  gid: number;
}

export interface StartOptions {
  name: string;
  runDir: string;
  log: string;
  program: string;
  args: string[];
  cwd?: string;
  /** by default that of this process */
  env?: Readonly<Record<string, string | undefined>>;
  fingerprint?: string;
  url?: string;
  stopSignal?: NodeJS.Signals;
  owner?: Owner;
}

/**
 * The start of a living process, or undefined if there is none. On Linux it is the boot's id and the ticks since then,
 * elsewhere the output of `ps`. A zombie counts as dead (its parent has yet to read its exit code) unless asked for.
 */
export function processStartTime(pid: number, dead: 'without' | 'with' = 'without'): string | undefined {
  if (process.platform !== 'linux') {
    return capture('ps', ['-o', 'lstart=', '-p', String(pid)])?.trim() || undefined;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, ticks] = [fields[0], fields[19]];
    if (dead === 'without' && (state === 'Z' || state === 'X')) return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`;
  } catch {
    return undefined;
  }
}

/** True if the recorded process still lives: same pid, same start. */
export function isOurs(record: Pick<ProcessRecord, 'pid' | 'startTime'>): boolean {
  return processStartTime(record.pid) === record.startTime;
}

/** Starts a process that outlives this one, and writes its record. */
export function startDetached(options: StartOptions): ProcessRecord {
  mkdirSync(options.runDir, { recursive: true });
  mkdirSync(dirname(options.log), { recursive: true });
  rotate(options.log);
  const log = openSync(options.log, 'a', 0o600);
  fchmodSync(log, 0o600);
  const logStart = fstatSync(log).size;
  const umask = process.umask(0o077); // what it writes is for its owner's eyes
  try {
    const child = spawn(options.program, options.args, {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: ['ignore', log, log],
      ...options.owner,
    });
    child.on('error', () => undefined); // there is no pid then; reported below
    child.unref();
    const startTime = child.pid === undefined ? undefined : processStartTime(child.pid, 'with');
    if (child.pid === undefined || startTime === undefined) {
      throw new UserError(`${options.name}: ${options.program} could not be started. See ${options.log}.`);
    }
    const record: ProcessRecord = {
      name: options.name,
      pid: child.pid,
      startTime,
      startedAt: new Date().toISOString(),
      command: [options.program, ...options.args],
      log: options.log,
      logStart,
      fingerprint: options.fingerprint,
      url: options.url,
      stopSignal: options.stopSignal,
    };
    const file = recordFile(options.runDir, options.name);
    writeFileSync(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`);
    renameSync(`${file}.new`, file);
    return record;
  } finally {
    process.umask(umask);
    closeSync(log);
  }
}

/** The record of a living process. The record of a dead one is removed. */
export function findRunning(runDir: string, name: string): ProcessRecord | undefined {
  const record = readRecord(recordFile(runDir, name));
  if (!record) return undefined;
  if (isOurs(record)) return record;
  rmSync(recordFile(runDir, name), { force: true });
  return undefined;
}

/** All living processes, the last started first. */
export function listRunning(runDir: string): ProcessRecord[] {
  return recordNames(runDir)
    .flatMap((name) => findRunning(runDir, name) ?? [])
    .sort((a, b) => b.startedAt.localeCompare(a.startedAt));
}

/**
 * Stops a process: its signal, then SIGKILL to it and its children after `graceMs`. Resolves when it is gone; does nothing
 * if the pid belongs to another process by now. True if the first was enough.
 */
export async function stopProcess(runDir: string, record: ProcessRecord, graceMs = 15_000): Promise<boolean> {
  const deadline = Date.now() + graceMs;
  let clean = true;
  if (isOurs(record)) signal(record.pid, record.stopSignal ?? 'SIGTERM');
  while (isOurs(record) && Date.now() < deadline) await sleep(25);
  if (isOurs(record)) {
    clean = false;
    signal(-record.pid, 'SIGKILL');
    while (isOurs(record)) await sleep(25);
  }
  const file = recordFile(runDir, record.name);
  if (readRecord(file)?.pid === record.pid) rmSync(file); // another of that name may have been started meanwhile
  return clean;
}

/** Waits until `isHealthy` answers true; throws the last lines of the log if the process ends or time runs out. */
export async function waitHealthy(
  record: ProcessRecord,
  isHealthy: () => Promise<boolean>,
  timeoutMs: number,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const alive = isOurs(record);
    if (alive && (await isHealthy())) return;
    if (!alive || Date.now() > deadline) {
      const why = alive ? `is not ready after ${Math.round(timeoutMs / 1_000)} s` : 'ended while it was starting';
      throw new UserError(`${record.name} ${why}. The end of ${record.log}: ${lastLines(readLog(record), 4)}`);
    }
    await sleep(50);
  }
}

/** Renames a large log to `<log>.1`, in place of the one before. */
function rotate(log: string): void {
  if (existsSync(log) && statSync(log).size > MAX_LOG_BYTES) renameSync(log, `${log}.1`);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

const recordFile = (runDir: string, name: string) => join(runDir, `${name}.json`);

function recordNames(runDir: string): string[] {
  try {
    return readdirSync(runDir).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []));
  } catch {
    return [];
  }
}

function readRecord(file: string): ProcessRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(file, 'utf8')) as ProcessRecord;
    return Number.isInteger(record.pid) && record.pid > 1 && typeof record.startTime === 'string' ? record : undefined;
  } catch {
    return undefined;
  }
}

function readLog({ log, logStart = 0 }: ProcessRecord): string {
  try {
    return readFileSync(log).subarray(logStart).toString().slice(-8_000);
  } catch {
    return '';
  }
}
