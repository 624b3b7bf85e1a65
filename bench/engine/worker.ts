/**
 * The worker of the measurements, as a process of its own: production's, which runs plans and the workflow by hand on
 * the same slots; and beside it one as Temporal's samples teach it. `node worker.js <settings.json>`; says `ready`.
 */
import { readFileSync } from 'node:fs';
import { NativeConnection, Worker } from '@temporalio/worker';
import { loadConfig, type Env } from '../../src/config';
import { createLogger } from '../../src/logging';
import { startWorker } from '../../workers/main';
import { benchStep, benchTool } from './step';

export interface WorkerSettings {
  env: Env;
  bundlePath: string;
  /** the task queue of the worker as the samples teach it */
  regularQueue: string;
}

async function main(file: string): Promise<void> {
  const { env, bundlePath, regularQueue } = JSON.parse(readFileSync(file, 'utf8')) as WorkerSettings;
  const config = loadConfig(env);
  const activities = { benchStep };
  const worker = await startWorker(config, createLogger(config, 'bench'), {
    bundlePath,
    tools: [benchTool],
    activities,
  });
  const connection = await NativeConnection.connect(config.temporal.connection);
  const { namespace } = config.temporal;
  const workflowBundle = { codePath: bundlePath };
  const sample = await Worker.create({ connection, namespace, taskQueue: regularQueue, workflowBundle, activities });
  const running = sample.run();
  process.once('SIGTERM', () => {
    sample.shutdown();
    void Promise.allSettled([running, worker.stop()]).then(() => process.exit(0));
  });
  process.stdout.write('ready\n');
  await Promise.race([running, worker.failed]);
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
