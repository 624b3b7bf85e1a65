/**
 * A worker whose children read one file each: the reference for warm children. Nothing else in it differs from
 * production's. `node cold-worker.js <settings as JSON>`; says `ready`.
 */
import { createOrderAgents } from '../../activities/order/agents';
import { loadConfig, type Env } from '../../src/config';
import { createLogger } from '../../src/logging';
import { createOrderReader, orderReaderLimits } from '../../src/reading/orders';
import { createThreads } from '../../src/threads/pool';
import { startWorker } from '../../workers/main';

async function main(settings: string): Promise<void> {
  const config = loadConfig(JSON.parse(settings) as Env);
  const reader = createOrderReader({ ...orderReaderLimits, filesPerChild: 1 });
  const tools = createOrderAgents(reader, createThreads().of('order'));
  const worker = await startWorker(config, createLogger(config, 'bench'), { tools });
  process.once('SIGTERM', () => void worker.stop().then(() => process.exit()));
  process.stdout.write('ready\n');
  await worker.failed;
}

void main(process.argv[2] ?? '{}');
