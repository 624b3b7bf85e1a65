import type { PlatformEvent } from '../../schemas/envelope';
import type { ScriptPort } from '../redis/script';
import { eventIn, readAfter } from '../streams/read';

/** Entries per call: Redis does nothing else meanwhile. */
const COUNT = 1_000;

/** Reads a stream once, after an entry, oldest first. Calls back with the JSON of each event. */
export async function scanStream(
  redis: ScriptPort,
  stream: string,
  after: string,
  visit: (raw: string, entryId: string) => void,
): Promise<void> {
  for (let last = after; ;) {
    const entries = await readAfter(redis, stream, last, COUNT);
    for (const [id, content] of entries) {
      const raw = eventIn(content);
      if (raw !== undefined) visit(raw, id);
    }
    const end = entries.at(-1)?.[0];
    if (end === undefined) return;
    last = end;
  }
}

/** The id of an event, from its JSON; the platform writes it first, so that most need no parsing. */
export function eventIdOf(raw: string): string | undefined {
  if (raw.startsWith(START)) {
    const end = raw.indexOf('"', START.length);
    const id = raw.slice(START.length, end);
    if (/^[0-9a-f-]{36}$/.test(id)) return id;
  }
  try {
    const id = (JSON.parse(raw) as { event_id?: unknown }).event_id;
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

const START = '{"event_id":"';

/** Those of the events with the given ids that are in the stream, by id. */
export async function findEvents(
  redis: ScriptPort,
  stream: string,
  ids: ReadonlySet<string>,
  after = '0-0',
): Promise<Map<string, PlatformEvent>> {
  const found = new Map<string, PlatformEvent>();
  if (ids.size === 0) return found;
  await scanStream(redis, stream, after, (raw) => {
    const id = eventIdOf(raw);
    if (id !== undefined && ids.has(id)) found.set(id, JSON.parse(raw) as PlatformEvent);
  });
  return found;
}
