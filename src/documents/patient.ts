import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../logging';
import { around } from './around';
import { DocumentError, type DocumentStore } from './port';

/** Milliseconds between two tries; the last counts for all that follow. */
const PAUSES = [200, 500, 1_000, 2_000];

/**
 * A store whose faults are waited out for so many milliseconds while they may pass: a full disk, a mount that is away.
 * For steps of plans, whose few attempts are not meant for it, and whose own time limit still counts.
 */
export function waitOutFaults(
  store: DocumentStore,
  patience: number,
  log: Pick<Logger, 'warn' | 'info'>,
): DocumentStore {
  return around(store, async (operation, work) => {
    if (operation === 'createByHash') return await work(); // its body comes once
    const began = Date.now();
    for (let tries = 0; ; tries++) {
      try {
        const done = await work();
        if (tries > 0) log.info({ operation, ms: Date.now() - began }, 'document store serves again: the step goes on');
        return done;
      } catch (error) {
        const pause = PAUSES[Math.min(tries, PAUSES.length - 1)] ?? 0;
        const passing = error instanceof DocumentError && error.passing;
        if (!passing || Date.now() + pause > began + patience) throw error;
        if (tries === 0)
          log.warn({ operation, code: error.code, error: error.message }, 'document store fails: the step waits');
        await sleep(pause, undefined, { ref: false });
      }
    }
  });
}
