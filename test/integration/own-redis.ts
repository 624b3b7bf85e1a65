import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { freePorts } from '../../src/local/ports';
import { createRedis, waitForRedis, type Redis } from '../../src/redis/connection';
import { servers } from '../setup/servers';

export const silent = pino({ level: 'silent' });

/** A Redis that a test may kill, stop and start again. It writes an append-only file, as the local stack's does. */
export class OwnRedis {
  /** From the next start on: the time at which Redis writes acknowledged data to the disk. */
  fsync: 'always' | 'everysec' = 'everysec';
  private child: ChildProcess | undefined;
  private readonly clients: Redis[] = [];

  private constructor(
    readonly port: number,
    private readonly dir: string,
  ) {}

  static async start(): Promise<OwnRedis> {
    const [port = 0] = await freePorts(1);
    const redis = new OwnRedis(port, mkdtempSync(join(tmpdir(), 'awe-redis-')));
    await redis.up();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** A connection that is closed at the end. */
  connect(name = 'test', options = {}): Redis {
    const client = createRedis({ url: this.url, name, log: silent }, options);
    this.clients.push(client);
    return client;
  }

  async ready(name = 'test'): Promise<Redis> {
    const client = this.connect(name);
    if (!(await waitForRedis(client, 10_000))) throw new Error('Redis did not start.');
    return client;
  }

  async up(): Promise<void> {
    const settings = { port: this.port, dir: this.dir, appendonly: 'yes', appendfsync: this.fsync, save: '' };
    const args = Object.entries({ ...settings, bind: '127.0.0.1' }).flatMap(([name, value]) => [
      `--${name}`,
      String(value),
    ]);
    this.child = spawn(servers().redisBinary, args, { stdio: 'ignore' });
    const probe = await this.ready('probe');
    probe.disconnect();
  }

  /** Like a power failure, except that the disk keeps its data. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  /** It keeps its connections and answers nothing. */
  pause(): void {
    this.child?.kill('SIGSTOP');
  }

  resume(): void {
    this.child?.kill('SIGCONT');
  }

  async end(): Promise<void> {
    for (const client of this.clients) client.disconnect();
    await this.kill();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Waits until a condition holds; says which one did not. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, ms = 60_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await sleep(10);
  }
}

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
