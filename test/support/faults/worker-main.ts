/** A worker as a process of its own. It stands by until told to begin, and ends when its parent is gone. */
import type { Slice } from '../../../activities/engine/segment';
import type { QueueClass } from '../../../schemas/queues';
import { loadConfig, type Env } from '../../../src/config';
import { createLogger } from '../../../src/logging';
import { startWorker } from '../../../workers/main';
import { plainReader } from '../order-reader';
import { testTools } from '../tools';
import { journaled } from './journal';
import { chance } from './random';

/** The message of the parent. */
export interface Begin {
  env: Env;
  bundlePath: string;
  /** file in which every call of a test's tool is written down */
  journal?: string;
  /** seed by which segments are cut; without it they have their usual bounds */
  cuts?: number;
  /** classes of work that it serves; by default all */
  queues?: QueueClass[];
}

async function begin({ env, bundlePath, journal, cuts, queues }: Begin): Promise<void> {
  const config = loadConfig(env);
  const tools = [...testTools, ...plainReader].map((tool) => (journal === undefined ? tool : journaled(journal, tool)));
  const slice = cuts === undefined ? undefined : cutAnywhere(cuts);
  const worker = await startWorker(config, createLogger(config, 'worker'), { bundlePath, tools, slice, queues });
  process.on('SIGTERM', () => void worker.stop().then(() => process.exit(0)));
  process.send?.('running');
  await worker.failed;
}

/** Bounds after which a segment ends anywhere: before its first step, in the middle, or with its last. */
function cutAnywhere(seed: number): () => Slice {
  const random = chance(seed);
  return () => ({ time: random.integer(1, 300), bytes: random.integer(1, 1_000) });
}

process.on('disconnect', () => process.exit(0));
process.on('message', (message: Begin) => {
  begin(message).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.send?.('standing by');
