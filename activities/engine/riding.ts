import { setTimeout } from 'node:timers/promises';
import { log } from '@temporalio/activity';
import type { PlatformEvent } from '../../schemas/envelope';
import type { EventActivities, Gap } from './events';

/** Events that ride with an activity: the history holds them with its start, so they may go out at once. */
export interface Riding {
  run: string;
  /** the execution that has appended them */
  execution: string;
  events: PlatformEvent[];
}

/** Outcome of a ride: in the stream; or not, since earlier events are missing there or Redis takes nothing now. */
export type Arrival = { execution: string } & ({ flushed: number } | { gap: Gap } | { away: true });

/** The answer of an activity with which events have ridden. */
export interface Ridden<T> {
  answer: T;
  mirror: Arrival;
}

type Activity = (input: never) => Promise<unknown>;

/** Milliseconds between two tries of a ride, while its activity still works. */
const AGAIN = 1_000;

/**
 * Activities that publish the events that ride with them, as they begin, and try again for as long as they work. No
 * failure of a ride stops the work, or makes it wait.
 */
export function withRiding<A extends Record<string, Activity>>(
  activities: A,
  publish: EventActivities['publishBatch'],
): A {
  const ride = async ({ run, execution, events }: Riding, end: AbortSignal): Promise<Arrival> => {
    for (;;) {
      try {
        const { gap } = await publish({ run, events });
        return { execution, ...(gap ? { gap } : { flushed: events.at(-1)?.seq ?? 0 }) };
      } catch (error) {
        log.debug('Redis took no events; they are sent again', { error: String(error) });
        await setTimeout(AGAIN, undefined, { signal: end }).catch(() => undefined);
        if (end.aborted) return { execution, away: true };
      }
    }
  };
  const carrying =
    (activity: Activity) =>
    async (input: never, riding?: Riding): Promise<unknown> => {
      if (!riding) return await activity(input);
      const end = new AbortController();
      const mirror = ride(riding, end.signal);
      const answer = await activity(input).finally(() => end.abort());
      return { answer, mirror: await mirror } satisfies Ridden<unknown>;
    };
  return Object.fromEntries(Object.entries(activities).map(([name, activity]) => [name, carrying(activity)])) as A;
}
