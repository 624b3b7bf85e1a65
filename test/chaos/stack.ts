/** All of AWE as processes that may be killed: Temporal, Redis, and each role by itself, in a folder of its own. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { findBuild, findProjectRoot, loadConfig, type Config } from '../../src/config';
import { openFilesystemStore } from '../../src/documents/filesystem';
import { createRecordStore, type RecordStore } from '../../src/documents/records';
import { freePorts } from '../../src/local/ports';
import { isOurs, startDetached, stopProcess, waitHealthy, type ProcessRecord } from '../../src/local/process';
import { startRedis, type RedisProgram } from '../../src/local/redis';
import { startTemporal } from '../../src/local/temporal';
import { createRedis, waitForRedis, type Redis } from '../../src/redis/connection';
import { createKeys, type Keys } from '../../src/redis/keys';
import { createTemporal, type TemporalPort } from '../../src/temporal/client';
import { sleep } from './scenario';

export interface Programs {
  temporal: string;
  redis: RedisProgram;
}

export type Role = 'api' | 'worker' | 'consumer';
type Piece = Role | 'temporal' | 'redis';

export interface StackOptions {
  programs: Programs;
  /** folder for the records of processes, shared with other stacks */
  runDir: string;
  /** parent of the stack's own folder; by default the system's folder for temporary files */
  dir?: string;
  /** a name that no other stack has */
  name: string;
  roles?: readonly Role[];
}

export class ChaosStack {
  readonly keys: Keys;
  readonly log = pino({ level: 'silent' });
  /** Variables for roles that start from now on: another Redis than the real one, shorter times. */
  readonly moreEnv: Record<string, string> = {};
  private readonly running = new Map<string, ProcessRecord>();

  private constructor(
    private readonly options: StackOptions,
    readonly dir: string,
    readonly config: Config,
    private readonly env: Record<string, string>,
    private readonly metricsPorts: Record<Role, number>,
    /** of this test, not of the platform */
    readonly redis: Redis,
    readonly temporal: TemporalPort,
    readonly records: RecordStore,
  ) {
    this.keys = createKeys(config.streams);
  }

  static async start(options: StackOptions): Promise<ChaosStack> {
    const { runDir, dir: parent = tmpdir() } = options;
    for (const folder of [runDir, parent]) mkdirSync(folder, { recursive: true });
    const dir = mkdtempSync(join(parent, 'awe-chaos-'));
    const [api = 0, temporal = 0, redis = 0, worker = 0, consumer = 0] = await freePorts(5);
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      AWE_ENV: 'test',
      AWE_LOG_LEVEL: 'info',
      AWE_RATE_REQUESTS: '0',
      AWE_RATE_CHANGES: '0',
      NAMESPACE: options.name,
      AWE_PORT: String(api),
      TEMPORAL_ADDRESS: `127.0.0.1:${temporal}`,
      REDIS_URL: `redis://127.0.0.1:${redis}`,
      AWE_STATE_DIR: join(dir, 'state'),
      ARTIFACTS_DIR: join(dir, 'storage'),
    };
    const config = loadConfig(env);
    const records = createRecordStore(await openFilesystemStore({ root: config.store.dir }));
    const client = createRedis({ url: `redis://127.0.0.1:${redis}`, name: 'chaos', log: pino({ level: 'silent' }) });
    const ports = { api: 0, worker, consumer };
    const stack = new ChaosStack(options, dir, config, env, ports, client, createTemporal(config), records);
    try {
      await Promise.all([stack.up('temporal', temporal), stack.up('redis', redis)]);
      for (const role of options.roles ?? (['api', 'worker', 'consumer'] as const)) await stack.up(role);
      if (!(await waitForRedis(client, 10_000))) throw new Error('Redis cannot be reached');
      return stack;
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.config.http.port}`;
  }

  /** Starts a piece, and resolves when it works. `as` names a second process of one role. */
  async up(piece: Piece, port = this.portOf(piece), as: string = piece): Promise<void> {
    const { programs, runDir, name } = this.options;
    const common = { runDir, name: `${name}-${as}`, log: join(this.dir, `${as}.log`) };
    if (piece === 'temporal') {
      const dbFile = join(this.dir, 'temporal.db');
      this.running.set(as, await startTemporal({ ...common, binary: programs.temporal, port, dbFile }));
    } else if (piece === 'redis') {
      const dir = join(this.dir, 'redis');
      this.running.set(as, await startRedis({ ...common, program: programs.redis, port, dir, aof: true }));
    } else {
      await this.upRole(piece, common, as);
    }
  }

  private async upRole(role: Role, common: { runDir: string; name: string; log: string }, as: string): Promise<void> {
    const main = join(findBuild(), 'cli', 'main.js');
    if (!existsSync(main)) throw new Error('AWE is not built: run `make build`.');
    const port = as === role ? this.metricsPorts[role] : 0;
    const settings = Object.entries({ ...this.env, ...this.moreEnv, AWE_METRICS_PORT: String(port) });
    const record = startDetached({
      ...common,
      program: '/usr/bin/env',
      args: ['-i', ...settings.map(([name, value]) => `${name}=${value}`), process.execPath, main, 'serve', role],
      cwd: findProjectRoot(),
    });
    this.running.set(as, record);
    await waitHealthy(record, async () => this.hasLogged(record, role), 60_000);
  }

  private hasLogged(record: ProcessRecord, role: Role): boolean {
    const own = readFileSync(record.log)
      .subarray(record.logStart ?? 0)
      .toString();
    return own.includes(role === 'api' ? '"msg":"api: http' : `"msg":"${role}: running"`);
  }

  private portOf(piece: Piece): number {
    if (piece === 'redis') return Number(new URL(`redis://127.0.0.1:${this.redis.options.port}`).port);
    return Number(this.config.temporal.address?.split(':')[1]);
  }

  isUp(as: string): boolean {
    const record = this.running.get(as);
    return record !== undefined && isOurs(record);
  }

  /** `kill -9`; resolves when it is gone. */
  async kill(as: string): Promise<void> {
    const record = this.record(as);
    this.signal(as, 'SIGKILL');
    while (isOurs(record)) await sleep(5);
  }

  signal(as: string, signal: NodeJS.Signals): void {
    const record = this.record(as);
    if (isOurs(record)) process.kill(record.pid, signal);
  }

  /** Stops a piece as a careful operator does. */
  async down(as: string): Promise<void> {
    await stopProcess(this.options.runDir, this.record(as), 30_000);
  }

  private record(as: string): ProcessRecord {
    const record = this.running.get(as);
    if (!record) throw new Error(`${as} was never started`);
    return record;
  }

  /** Reads a metric of a process, by its name and a part of its labels; the sum if several match. */
  async metric(role: Role, name: string, labels = ''): Promise<number> {
    const at = role === 'api' ? this.url : `http://127.0.0.1:${this.metricsPorts[role]}`;
    const text = await (await fetch(`${at}/metrics`, { signal: AbortSignal.timeout(5_000) })).text();
    const lines = text.split('\n').filter((line) => line.startsWith(name) && line.includes(labels));
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  }

  async stop(): Promise<void> {
    for (const as of [...this.running.keys()]) if (this.isUp(as)) this.signal(as, 'SIGCONT');
    const roles = [...this.running].filter(([as]) => as !== 'temporal' && as !== 'redis');
    await Promise.all(roles.map(([, record]) => stopProcess(this.options.runDir, record, 8_000)));
    await Promise.all([...this.running].map(([, record]) => stopProcess(this.options.runDir, record, 5_000)));
    this.redis.disconnect();
    await this.temporal.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
