import type { StepArguments } from '../../../schemas/step-call';
import type { ArtifactRef, Value } from '../../../schemas/refs';
import type { JsonObject } from '../../../schemas/json';
import { createEvaluator, type Evaluator } from '../../../src/expressions/evaluator';
import { createTableReader, type TableReader } from '../../../src/reading/tables';
import { createThreads, type ThreadsOf } from '../../../src/threads/pool';
import type { ThreadWork } from '../../../src/threads/work';
import type { ToolErrorOptions } from '../errors';

/** Bytes of arguments, or of a file, from which a tool computes in a thread: some 50 ms of work. */
export const LARGE = 256 * 1024;

/** Children that compute for tools: in them runs what others have written. */
export interface Children {
  evaluate: Evaluator['evaluate'];
  readTable: TableReader['read'];
  /** Ends them. */
  close(): void;
}

/** Children of this process or thread. None is started before it is asked. */
export function createToolChildren(): Children {
  const evaluator = createEvaluator();
  const tables = createTableReader();
  return {
    evaluate: evaluator.evaluate,
    readTable: tables.read,
    close() {
      evaluator.close();
      tables.close();
    },
  };
}

/** An execution of a pure tool for a thread, with arguments as the plan has them, and a file of this machine. */
export interface Order {
  tool: string;
  given: StepArguments;
  file?: string;
}

/** A file that a tool reads, in the workspace or among the artifacts. */
export type Source = { path: string } | { artifact: ArtifactRef };

/**
 * Result of an order: the output as it is kept, or with bytes that are still to be saved; the file that the tool wants
 * and was not given; or the tool's error.
 */
export type Delivered =
  | { kept: Value }
  | { output: JsonObject; save: Saving }
  | { source: Source }
  | { fault: Omit<ToolErrorOptions, 'cause'> };

/** A file that a tool has made for the workspace. */
export interface Saving {
  path: string;
  bytes: Uint8Array;
}

/** What `thread.ts` has threads do. */
export interface PureThread {
  compute: ThreadWork<Order, Delivered>;
}

/** Places besides a process' own thread where tools compute. */
export interface Apart {
  threads: ThreadsOf<PureThread>;
  children: Children;
}

/**
 * Places of this process. The threads are not those of orders and audits: a thread waits for the expressions that it has
 * evaluated, for up to a minute, and an order should not wait with it.
 */
export function createApart(): Apart & { close(): Promise<void> } {
  const threads = createThreads();
  const children = createToolChildren();
  return {
    threads: threads.at('activities/tools/pure/thread'),
    children,
    async close() {
      children.close();
      await threads.close();
    },
  };
}
