/** Several processes of each role, from dist/ as in production, side by side on one Temporal and one Redis. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { findBuild, findProjectRoot, loadConfig, type Config } from '../../../src/config';
import { openFilesystemStore } from '../../../src/documents/filesystem';
import { createRecordStore, type RecordStore } from '../../../src/documents/records';
import { freePorts } from '../../../src/local/ports';
import { isOurs, startDetached, stopProcess, waitHealthy, type ProcessRecord } from '../../../src/local/process';
import { createKeys, type Keys } from '../../../src/redis/keys';
import { NOBODY, servers, uniqueNamespace } from '../../setup/servers';

export type Role = 'api' | 'worker' | 'consumer';

export interface UpOptions {
  /** the folder that it is started from; the project's own unless given */
  release?: string;
  env?: Record<string, string>;
  args?: string[];
}

export class Fleet {
  readonly keys: Keys;
  private readonly running = new Map<string, ProcessRecord>();
  private readonly urls = new Map<string, string>();

  private constructor(
    readonly dir: string,
    readonly config: Config,
    private readonly env: Record<string, string>,
    readonly records: RecordStore,
  ) {
    this.keys = createKeys(config.streams);
  }

  static async start(name: string, more: Record<string, string> = {}): Promise<Fleet> {
    const dir = mkdtempSync(join(tmpdir(), 'awe-fleet-'));
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      ...NOBODY,
      AWE_ENV: 'test',
      NAMESPACE: uniqueNamespace(name),
      TEMPORAL_ADDRESS: servers().temporalAddress,
      REDIS_URL: servers().redisUrl,
      AWE_STATE_DIR: join(dir, 'state'),
      ARTIFACTS_DIR: join(dir, 'storage'),
      AWE_METRICS_PORT: '0',
      ...more,
    };
    const config = loadConfig(env);
    return new Fleet(dir, config, env, createRecordStore(await openFilesystemStore({ root: config.store.dir })));
  }

  /** Starts a process of a role under a name of its own, and resolves when it works. */
  async up(role: Role, as: string, { release = findProjectRoot(), env = {}, args = [] }: UpOptions = {}) {
    const main = join(release, 'dist', 'cli', 'main.js');
    if (!existsSync(main)) throw new Error('AWE is not built: run `make build`.');
    const [port = 0] = await freePorts(1);
    const settings = Object.entries({ ...this.env, AWE_PORT: String(port), ...env }).map(([k, v]) => `${k}=${v}`);
    const record = startDetached({
      runDir: servers().runDir,
      name: `${this.config.namespace}-${as}`,
      log: this.logOf(as),
      program: '/usr/bin/env',
      args: ['-i', ...settings, process.execPath, main, 'serve', role, ...args],
      cwd: release,
    });
    this.running.set(as, record);
    this.urls.set(as, `http://127.0.0.1:${port}`);
    const word = role === 'api' ? '"msg":"api: http' : `"msg":"${role}: running"`;
    await waitHealthy(record, async () => this.log(as).includes(word), 60_000);
  }

  /** Address of an API. */
  url(as: string): string {
    return this.urls.get(as) ?? '';
  }

  log(as: string): string {
    const { log, logStart } = this.record(as);
    return readFileSync(log).subarray(logStart).toString();
  }

  /** The most memory that a process has had resident, in MB. */
  peakMemory(as: string): number {
    const status = readFileSync(`/proc/${this.record(as).pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? NaN) / 1_000;
  }

  /** `kill -9`; resolves when it is gone. */
  async kill(as: string): Promise<void> {
    const record = this.record(as);
    process.kill(record.pid, 'SIGKILL');
    while (isOurs(record)) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** Ends a process as a careful operator does; returns true if it ended by itself. */
  async down(as: string): Promise<boolean> {
    return await stopProcess(servers().runDir, this.record(as), 30_000);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.running.values()].map((record) => stopProcess(servers().runDir, record, 10_000)));
    rmSync(this.dir, { recursive: true, force: true });
  }

  private logOf(as: string): string {
    return join(this.dir, `${as}.log`);
  }

  private record(as: string): ProcessRecord {
    const record = this.running.get(as);
    if (!record) throw new Error(`${as} was never started`);
    return record;
  }
}

/**
 * Another release of AWE in a folder: what is built here, with a change of a compiled file, and its workflows bundled
 * anew. Throws if there is nothing to change.
 */
export function makeRelease(dir: string, change: { file: string; find: string; put: string }): string {
  const root = findProjectRoot();
  mkdirSync(dir, { recursive: true });
  cpSync(findBuild(), join(dir, 'dist'), { recursive: true });
  cpSync(join(root, 'package.json'), join(dir, 'package.json'));
  cpSync(join(root, 'src', 'llm', 'prompts'), join(dir, 'src', 'llm', 'prompts'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'));
  const file = join(dir, 'dist', change.file);
  const code = readFileSync(file, 'utf8');
  if (code.split(change.find).length !== 2) throw new Error(`${change.file} does not hold "${change.find}" once`);
  writeFileSync(file, code.replace(change.find, change.put));
  const built = spawnSync(process.execPath, [join(dir, 'dist', 'workers', 'bundle.js')], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the changed workflows cannot be bundled: ${built.stderr}`);
  return dir;
}
