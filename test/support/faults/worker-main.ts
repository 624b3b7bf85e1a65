/** A worker as a process of its own. It stands by until it is told to begin, and goes when its parent is gone. */
import { loadConfig, type Env } from '../../../src/config';
import { createLogger } from '../../../src/logging';
import { startWorker } from '../../../workers/main';
import type { Tool } from '../../../activities/tools/tool';
import { plainReader } from '../order-reader';
import { testTools } from '../tools';

/** What the parent tells it. */
export interface Begin {
  env: Env;
  bundlePath: string;
  /** the how manieth worker this is, from 1 */
  life: number;
}

/** A local tool that takes another time in each life of the worker: `{ms: [first life, second, …]}`. */
const moody = (life: number): Tool => ({
  spec: {
    name: 'test.moody',
    version: '1.0.0',
    description: 'for tests',
    input: { type: 'object' },
    output: {},
    effect: 'none',
    risk: 'low',
    approval: false,
    local: true,
    timeout: 2_000,
  },
  async run(input) {
    const { ms } = input as { ms: number[] };
    await new Promise((resolve) => setTimeout(resolve, ms[life - 1] ?? 0));
    return {};
  },
});

async function begin({ env, bundlePath, life }: Begin): Promise<void> {
  const config = loadConfig(env);
  const tools = [...testTools, ...plainReader, moody(life)];
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
