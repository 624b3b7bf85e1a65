import { setTimeout as sleep } from 'node:timers/promises';

/** Looks at a run that is ending, and milliseconds between two. */
const SETTLING = { tries: 50, pause: 100 };

/** A run whose last events are on their way is asked again for a moment, until it is called by its end. */
export async function settled<T extends { status: string }>(ask: () => Promise<T>): Promise<T> {
  let now = await ask();
  for (let tries = 0; now.status === 'mirroring' && tries < SETTLING.tries; tries++) {
    await sleep(SETTLING.pause);
    now = await ask();
  }
  return now;
}
