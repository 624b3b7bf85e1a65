import type { Threads } from '../../activities/threads';

/** The work of threads in this process, for tests that need no build. */
export const inProcess = <W extends Record<string, (input: never) => unknown>>(module: W): Threads<W> => ({
  run: async (name, input) => (await module[name]?.(input)) as never,
  close: () => Promise.resolve(),
});
