import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { findBuild, UserError } from '../config';
import type { ValueStore } from '../documents/values';
import { resultOf, serveStore, type Outcome } from './store';
import type { ThreadWork } from './work';

/** Milliseconds after which an idle thread ends, and gives its memory back. */
const IDLE = 5_000;

/** Megabytes of JavaScript that a piece of work may take; docs/operating.md says what the largest take. */
const MEMORY = 2_048;

/** Threads of a process at most: each may take that memory. */
const MOST = 4;

/** Modules of this folder whose functions threads run. */
interface Modules {
  order: typeof import('./order');
  audit: typeof import('./audit');
}

/** Functions of a module as those see them who have threads run them. */
type Functions<M> = {
  [Name in keyof M & string]: M[Name] extends ThreadWork<infer I, infer O> ? (input: I) => O : never;
};

/** Conditions of a piece of work. Aborting the signal ends its thread at once. */
export interface Conditions {
  documents: Pick<ValueStore, 'files'>;
  signal?: AbortSignal;
}

/** Runs functions of one module in threads. */
export type Threads<Name extends keyof Modules> = ThreadsOf<Modules[Name]>;

/** Runs functions of a module in threads. */
export interface ThreadsOf<M> {
  run<F extends keyof Functions<M> & string>(
    work: F,
    input: Parameters<Functions<M>[F]>[0],
    conditions: Conditions,
  ): Promise<ReturnType<Functions<M>[F]>>;
}

/**
 * Threads of a process: what takes longer than some 50 ms would keep it from answering requests, and from heartbeats.
 * Few run at once; the rest of the work waits its turn.
 */
export interface ThreadPool {
  of<Name extends keyof Modules>(module: Name): Threads<Name>;
  /** a module elsewhere in the build, which its caller types: `activities/tools/pure/thread` */
  at<M>(file: string): ThreadsOf<M>;
  close(): Promise<void>;
}

/** @param build the folder of compiled code, which threads run even when the process runs from TypeScript */
export function createThreads(build = findBuild()): ThreadPool {
  const folder = join(build, 'src', 'threads');
  if (!existsSync(folder)) throw new UserError('The compiled code is missing: run "make build".');
  const pool = new Piscina({
    filename: join(folder, 'order.js'),
    minThreads: 0,
    maxThreads: Math.min(MOST, Math.max(1, availableParallelism() - 1)),
    idleTimeout: IDLE,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY },
  });
  const threadsOf = <M>(filename: string): ThreadsOf<M> => ({
    async run(work, input, { documents, signal }) {
      const { port1, port2 } = new MessageChannel();
      serveStore(documents.files, port1);
      try {
        const given = { input, port: port2 };
        return resultOf(
          (await pool.run(given, { filename, name: work, signal, transferList: [port2] })) as Outcome<never>,
        );
      } finally {
        port1.close();
      }
    },
  });
  return {
    of: (module) => threadsOf(join(folder, `${module}.js`)),
    at: (file) => threadsOf(join(build, `${file}.js`)),
    close: () => pool.destroy(),
  };
}
