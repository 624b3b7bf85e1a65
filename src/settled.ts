import { setTimeout as sleep } from 'node:timers/promises';
import { openStatuses } from '../schemas/run';

/** Looks at a run that is ending, and milliseconds between two. */
const SETTLING = { tries: 50, pause: 100 };

const OPEN: ReadonlySet<string> = new Set(openStatuses);

/**
 * A run that has told its end is asked again for a moment, until it is called by it: its record is written, and its last
 * events are in the stream.
 */
export async function settled<T extends { status: string }>(ask: () => Promise<T>): Promise<T> {
  let now = await ask();
  for (let tries = 0; OPEN.has(now.status) && tries < SETTLING.tries; tries++) {
    await sleep(SETTLING.pause);
    now = await ask();
  }
  return now;
}
