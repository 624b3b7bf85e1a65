/** Workers as processes of their own, which a test may kill. */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Config, Env } from '../../../src/config';
import { PROOF_KEY, workflowBundle } from '../../setup/servers';
import type { Begin } from './worker-main';

const HOOK = join(__dirname, '..', 'ts-hook.cjs');
const MAIN = join(__dirname, 'worker-main.ts');

/** The environment of a worker that has this configuration in common with the test. */
export const envOf = ({ namespace, temporal, redis, store }: Config): Env => ({
  AWE_ENV: 'test',
  AWE_LOG_LEVEL: 'silent',
  NAMESPACE: namespace,
  TEMPORAL_ADDRESS: temporal.address,
  REDIS_URL: redis.url,
  ARTIFACTS_DIR: store.dir,
  AWE_PROOF_KEY: PROOF_KEY.toString('base64'),
});

/** One worker at a time; the next has loaded its code already, so that a restart is quick. */
export class WorkerProcess {
  private running: ChildProcess | undefined;
  private next: Promise<ChildProcess>;
  private errors = '';

  /** `more`: what the next worker is told besides. */
  constructor(
    private readonly env: Env,
    private readonly more: () => Pick<Begin, 'journal' | 'cuts' | 'queues'> = () => ({}),
  ) {
    this.next = this.standBy();
  }

  /** Starts a worker, and resolves when it takes work. */
  async start(): Promise<void> {
    const child = await this.next;
    this.next = this.standBy();
    const begin: Begin = { ...this.more(), env: this.env, bundlePath: workflowBundle().codePath };
    child.send(begin);
    await this.says(child, 'running');
    this.running = child;
  }

  get pid(): number | undefined {
    return this.running?.pid;
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    if (running) await end(running, 'SIGKILL');
  }

  /** Freezes it, like a swapping machine or a paused container. */
  freeze(): void {
    this.running?.kill('SIGSTOP');
  }

  thaw(): void {
    this.running?.kill('SIGCONT');
  }

  /** Stops the worker as an operator does, and the one that stands by. */
  async stop(): Promise<void> {
    const standing = this.next;
    if (this.running) await end(this.running, 'SIGTERM');
    await end(await standing, 'SIGKILL');
  }

  private async standBy(): Promise<ChildProcess> {
    const child = fork(MAIN, {
      execArgv: ['--no-warnings', '-r', HOOK],
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child.stderr?.on('data', (chunk: Buffer) => (this.errors = (this.errors + chunk.toString()).slice(-4_000)));
    await this.says(child, 'standing by');
    return child;
  }

  private says(child: ChildProcess, word: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const onExit = () => reject(new Error(`the worker ended before it was ${word}: ${this.errors}`));
      child.once('exit', onExit);
      child.once('message', (message) => {
        child.off('exit', onExit);
        if (message === word) resolve();
        else reject(new Error(`the worker says ${String(message)} instead of ${word}`));
      });
    });
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}
