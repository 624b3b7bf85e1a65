import type { Envelope } from '../../schemas/envelope';
import { parseForeignEvent } from '../contracts/foreign';
import type { Broken, EventValidator } from '../contracts/validators';
import type { Keys } from '../redis/keys';
import { runScript, script, type ScriptPort } from '../redis/script';

/**
 * KEYS: stream, then the mark of each event. ARGV: seconds to keep a mark, then each event as JSON.
 * Answers for each event the id of its new entry, or '' if it was published before.
 */
const PUBLISH = script(`
redis.call('XLEN', KEYS[1])
local ids = {}
for i = 2, #KEYS do
  ids[i - 1] = ''
  if redis.call('SET', KEYS[i], '1', 'NX', 'EX', ARGV[1]) then
    ids[i - 1] = redis.call('XADD', KEYS[1], '*', 'event', ARGV[i])
  end
end
return ids
`);

/** Seconds in which a foreign event that is published again is not written again. */
const KEEP_SEEN = 7 * 86_400;

/** Events in one call of the script. */
const BATCH = 200;

/** Checks an event against its contract as if it were read from the stream, and fills in defaults. */
export function checkForeign(
  value: unknown,
  validator: Pick<EventValidator, 'validateEnvelope' | 'validateEvent'>,
): { ok: true; value: Envelope } | Broken {
  return parseForeignEvent(JSON.stringify(value), `${Date.now()}-0`, validator);
}

export interface PublishedEvent {
  event_id: string;
  /** undefined: it was published before */
  entry_id: string | undefined;
}

/** Writes foreign events into the stream, each `event_id` once in 7 days. May be repeated after a failure. */
export async function publishForeign(
  redis: ScriptPort,
  keys: Pick<Keys, 'events' | 'seen'>,
  events: readonly Envelope[],
): Promise<PublishedEvent[]> {
  const published: PublishedEvent[] = [];
  for (let from = 0; from < events.length; from += BATCH) {
    const part = events.slice(from, from + BATCH);
    const names = [keys.events, ...part.map(({ event_id }) => keys.seen(event_id))];
    const ids = (await runScript(redis, PUBLISH, names, [
      KEEP_SEEN,
      ...part.map((e) => JSON.stringify(e)),
    ])) as string[];
    part.forEach(({ event_id }, i) => published.push({ event_id, entry_id: ids[i] === '' ? undefined : ids[i] }));
  }
  return published;
}
