/**
 * The workers of the measurements, in a process of their own: production's for plans, one with the same settings for
 * the work by hand, and one as Temporal's samples teach it. `node worker.js <settings.json>` prints `ready`.
 */
import { readFileSync } from 'node:fs';
import { NativeConnection, Worker } from '@temporalio/worker';
import { loadConfig, type Env } from '../../src/config';
import { createLogger } from '../../src/logging';
import { startWorker, workflowOptions } from '../../workers/main';
import { createWorkerParts } from '../../workers/parts';
import { benchStep, benchTool } from './step';

export interface WorkerSettings {
  env: Env;
  /** the bundle of the work without AWE */
  bundlePath: string;
  /** the task queues of the work without AWE */
  queues: { hand: string; regular: string };
}

async function main(file: string): Promise<void> {
  const { env, bundlePath, queues } = JSON.parse(readFileSync(file, 'utf8')) as WorkerSettings;
  const config = loadConfig(env);
  const log = createLogger(config, 'bench');
  const worker = await startWorker(config, log, { tools: [benchTool] });
  const { publishBatch } = (await createWorkerParts(config, log)).activities;
  const common = {
    connection: await NativeConnection.connect(config.temporal.connection),
    namespace: config.temporal.namespace,
    workflowBundle: { codePath: bundlePath },
  };
  const others = await Promise.all([
    Worker.create({
      ...common,
      ...workflowOptions(config),
      taskQueue: queues.hand,
      activities: { benchStep, publishBatch },
    }),
    Worker.create({ ...common, taskQueue: queues.regular, activities: { benchStep } }),
  ]);
  const running = others.map((other) => other.run());
  process.once('SIGTERM', () => {
    for (const other of others) other.shutdown();
    void Promise.allSettled([...running, worker.stop()]).then(() => process.exit(0));
  });
  process.stdout.write('ready\n');
  await Promise.race([...running, worker.failed]);
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
