import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import { findBuild, UserError } from '../src/config';

/** Milliseconds after which an idle thread ends. */
const IDLE = 30_000;

/** Megabytes of JavaScript that a piece of work may take: an audit of 50,000 rows needs a third of it. */
const MEMORY = 1024;

/** Functions of a module, each of one value that can be copied to a thread. */
type Work = Record<string, (input: never) => unknown>;

/**
 * Computing in threads of its own: what takes longer than some 50 ms would keep a process from answering requests, and
 * from heartbeats. Aborting the signal ends the thread at once.
 */
export interface Threads<W extends Work> {
  run<Name extends keyof W & string>(
    name: Name,
    input: Parameters<W[Name]>[0],
    signal: AbortSignal,
  ): Promise<Awaited<ReturnType<W[Name]>>>;
  close(): Promise<void>;
}

/**
 * @param module the path of a module below `activities/`, such as `audit/thread`
 * @param build the folder of compiled code, which threads run even when the worker runs from TypeScript
 */
export function createThreads<W extends Work>(module: string, build = findBuild()): Threads<W> {
  const filename = join(build, 'activities', `${module}.js`);
  if (!existsSync(filename)) throw new UserError('The compiled code is missing: run "make build".');
  const threads = new Piscina({
    filename,
    minThreads: 0,
    maxThreads: Math.max(1, availableParallelism() - 1),
    idleTimeout: IDLE,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY },
  });
  return {
    run: (name, input, signal) => threads.run(input, { name, signal }) as ReturnType<Threads<W>['run']>,
    close: () => threads.destroy(),
  };
}
