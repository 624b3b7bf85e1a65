import type { MessagePort } from 'node:worker_threads';
import { DocumentError, type DocumentErrorCode } from '../documents/errors';
import type { ValueFiles } from '../documents/values';

/**
 * The document store of a process, for its threads: they ask the process for each file, so that its metrics, its
 * patience and its faults are those of everybody, while reading and writing JSON is theirs.
 */

/** A fault of the document store: an error's class does not survive the way between threads. */
export interface StoreFault {
  code: DocumentErrorCode;
  message: string;
}

export type Outcome<T> = { done: T } | { fault: StoreFault };

interface Question {
  id: number;
  operation: keyof ValueFiles;
  given: unknown[];
}

type Answer = { id: number } & (Outcome<unknown> | { failed: string });

/** The outcome of work, with faults of the document store as values. */
export async function outcomeOf<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { done: await work() };
  } catch (error) {
    if (error instanceof DocumentError) return { fault: { code: error.code, message: error.message } };
    throw error;
  }
}

/** Its result, or the fault as the error that it was. */
export function resultOf<T>(outcome: Outcome<T>): T {
  if ('fault' in outcome) throw new DocumentError(outcome.fault.code, outcome.fault.message);
  return outcome.done;
}

/** Answers a thread, until the port is closed. */
export function serveStore(files: ValueFiles, port: MessagePort): void {
  port.on('message', ({ id, operation, given }: Question) => {
    const act = files[operation] as (...given: unknown[]) => Promise<unknown>;
    outcomeOf(() => act.call(files, ...given))
      .catch((error: unknown) => ({ failed: String(error) }))
      .then((outcome) => port.postMessage({ id, ...outcome }))
      .catch(() => undefined); // the thread was ended meanwhile
  });
}

/** The store behind a port. */
export function storeBehind(port: MessagePort): ValueFiles {
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  port.on('message', (answer: Answer) => waiting.get(answer.id)?.(answer));
  const ask =
    <Name extends keyof ValueFiles>(operation: Name) =>
    async (...given: Parameters<ValueFiles[Name]>): Promise<Awaited<ReturnType<ValueFiles[Name]>>> => {
      const id = ++last;
      const answer = await new Promise<Answer>((resolve) => {
        waiting.set(id, resolve);
        port.postMessage({ id, operation, given } satisfies Question);
      });
      waiting.delete(id);
      if ('failed' in answer) throw new Error(answer.failed);
      return resultOf(answer as Outcome<Awaited<ReturnType<ValueFiles[Name]>>>);
    };
  const read = ask('read');
  return {
    create: ask('create'),
    stat: ask('stat'),
    replace: ask('replace'),
    // bytes arrive without the methods of a Buffer
    read: async (...given) => {
      const bytes = await read(...given);
      return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
  };
}
