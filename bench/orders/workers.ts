/** Workers that take turns on one stack: production's, and one that starts a process for each file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBuild } from '../../src/config';
import { startDetached, stopProcess, waitHealthy } from '../../src/local/process';
import type { ChaosStack } from '../../test/chaos/stack';

export type Children = 'warm' | 'cold';

/** Has the orders worked on by a worker of its own, which is gone when it returns. */
export async function withWorker<T>(
  stack: ChaosStack,
  runDir: string,
  children: Children,
  work: () => Promise<T>,
): Promise<T> {
  if (children === 'warm') {
    await stack.up('worker');
    return await work().finally(() => stack.down('worker'));
  }
  const { config, redis } = stack;
  const settings = {
    NAMESPACE: config.namespace,
    TEMPORAL_ADDRESS: config.temporal.address ?? '',
    REDIS_URL: `redis://127.0.0.1:${redis.options.port}`,
    AWE_STATE_DIR: config.stateDir,
    ARTIFACTS_DIR: config.store.dir,
  };
  const worker = startDetached({
    name: 'cold-worker',
    runDir,
    log: join(stack.dir, 'cold-worker.log'),
    program: process.execPath,
    args: [join(findBuild(), 'bench', 'orders', 'cold-worker.js'), JSON.stringify(settings)],
  });
  const isReady = () =>
    readFileSync(worker.log)
      .subarray(worker.logStart ?? 0)
      .includes('ready\n');
  await waitHealthy(worker, async () => isReady(), 60_000);
  return await work().finally(() => stopProcess(runDir, worker, 30_000));
}
