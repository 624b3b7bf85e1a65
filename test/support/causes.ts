import type { PlatformEvent } from '../../schemas/envelope';

/** The causes of an event within its run, from the event itself back to one that others have caused, or nobody. */
export function chainOf(events: readonly PlatformEvent[], last: PlatformEvent): PlatformEvent[] {
  const byId = new Map(events.map((event) => [event.event_id, event]));
  const chain = [last];
  for (let at = last; at.causation_id != null;) {
    const cause = byId.get(at.causation_id);
    if (!cause) break;
    if (cause.seq >= at.seq)
      throw new Error(`#${at.seq} ${at.event_type} was caused by #${cause.seq}, which came later`);
    chain.push(cause);
    at = cause;
  }
  return chain;
}

/** Throws unless every event of a run leads back to its first, which is caused by `from`. */
export function expectCauses(events: readonly PlatformEvent[], from: string | null): void {
  const [first] = events;
  if (!first) throw new Error('a run without events');
  for (const event of events) {
    const end = chainOf(events, event).at(-1)!;
    if (end !== first)
      throw new Error(`#${event.seq} ${event.event_type} leads to #${end.seq} ${end.event_type}, and ends there`);
  }
  if ((first.causation_id ?? null) !== from)
    throw new Error(`the first event names ${first.causation_id} as its cause`);
}

/** Types of the events in a chain, the last first. */
export const typesOf = (chain: readonly PlatformEvent[]): string[] => chain.map(({ event_type }) => event_type);
