/**
 * The worker of the measurements, as a process of its own: production's for plans, and one with the same settings for
 * the work by hand. `node worker.js <settings.json>`; says `ready`.
 */
import { readFileSync } from 'node:fs';
import { NativeConnection, Worker } from '@temporalio/worker';
import { loadConfig, type Env } from '../../src/config';
import { createLogger } from '../../src/logging';
import { startWorker, workflowOptions } from '../../workers/main';
import { createWorkerParts } from '../../workers/parts';
import { benchStep, benchTools, tracedTool } from './step';

export interface WorkerSettings {
  env: Env;
  /** the bundle of the work without AWE */
  bundlePath: string;
  /** the task queue of the work without AWE */
  queue: string;
}

async function main(file: string): Promise<void> {
  const { env, bundlePath, queue } = JSON.parse(readFileSync(file, 'utf8')) as WorkerSettings;
  const config = loadConfig(env);
  const log = createLogger(config, 'bench');
  const worker = await startWorker(config, log, { tools: [...benchTools, tracedTool] });
  const { publishBatch } = (await createWorkerParts(config, log)).activities;
  const byHand = await Worker.create({
    ...workflowOptions(config),
    connection: await NativeConnection.connect(config.temporal.connection),
    namespace: config.temporal.namespace,
    workflowBundle: { codePath: bundlePath },
    taskQueue: queue,
    activities: { benchStep, publishBatch },
    maxConcurrentLocalActivityExecutions: 200,
  });
  const running = byHand.run();
  process.once('SIGTERM', () => {
    byHand.shutdown();
    void Promise.allSettled([running, worker.stop()]).then(() => process.exit(0));
  });
  process.stdout.write('ready\n');
  await Promise.race([running, worker.failed]);
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
