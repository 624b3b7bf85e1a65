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

/** Activities that publish the events that ride with them, as they begin. No failure of a ride stops the work. */
export function withRiding<A extends Record<string, Activity>>(
  activities: A,
  publish: EventActivities['publishBatch'],
): A {
  const ride = async ({ run, execution, events }: Riding): Promise<Arrival> => {
    try {
      const { gap } = await publish({ run, events });
      return { execution, ...(gap ? { gap } : { flushed: events.at(-1)?.seq ?? 0 }) };
    } catch (error) {
      log.debug('Redis took no events; they wait in the run and are sent again', { error: String(error) });
      return { execution, away: true };
    }
  };
  const carrying =
    (activity: Activity) =>
    async (input: never, riding?: Riding): Promise<unknown> => {
      if (!riding) return await activity(input);
      // side by side: while Redis hangs, the work does not wait for it
      const [mirror, answer] = await Promise.all([ride(riding), activity(input)]);
      return { answer, mirror } satisfies Ridden<unknown>;
    };
  return Object.fromEntries(Object.entries(activities).map(([name, activity]) => [name, carrying(activity)])) as A;
}
