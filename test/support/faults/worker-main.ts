/** A worker as a process of its own. It stands by until told to begin, and ends when its parent is gone. */
import { loadConfig, type Env } from '../../../src/config';
import { createLogger } from '../../../src/logging';
import { startWorker } from '../../../workers/main';
import { plainReader } from '../order-reader';
import { testTools } from '../tools';

/** The message of the parent. */
export interface Begin {
  env: Env;
  bundlePath: string;
}

async function begin({ env, bundlePath }: Begin): Promise<void> {
  const config = loadConfig(env);
  const tools = [...testTools, ...plainReader];
  const worker = await startWorker(config, createLogger(config, 'worker'), { bundlePath, tools });
  process.on('SIGTERM', () => void worker.stop().then(() => process.exit(0)));
  process.send?.('running');
  await worker.failed;
}

process.on('disconnect', () => process.exit(0));
process.on('message', (message: Begin) => {
  begin(message).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.send?.('standing by');
