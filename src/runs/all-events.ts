import type { PlatformEvent } from '../../schemas/envelope';
import type { Ref } from '../../schemas/refs';

/** Reads events that a run has put into the document store. */
export type ReadEvents = (ref: Ref) => Promise<PlatformEvent[]>;

/**
 * Events of a run from its archives and its memory, in order, each once: an archive may hold events that are in memory
 * too.
 */
export async function joinEvents(
  { archives, events }: { archives: readonly Ref[]; events: readonly PlatformEvent[] },
  readEvents: ReadEvents,
): Promise<PlatformEvent[]> {
  const archived = await Promise.all(archives.map(readEvents));
  const byId = new Map([...archived.flat(), ...events].map((event) => [event.event_id, event]));
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}
