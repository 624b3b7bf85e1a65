import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Threads } from '../../src/threads/pool';
import { resultOf, serveStore, type Outcome } from '../../src/threads/store';

type Work = (given: { input: unknown; port: MessagePort }) => Promise<Outcome<unknown>>;

/** The work of threads in this process, for tests that need no build. */
export const inProcess = <Name extends 'order' | 'audit'>(module: object): Threads<Name> => ({
  async run(name, input, { documents }) {
    const { port1, port2 } = new MessageChannel();
    serveStore(documents.files, port1);
    try {
      return resultOf(await (module as Record<string, Work>)[name]!({ input, port: port2 })) as never;
    } finally {
      port1.close();
    }
  },
});
