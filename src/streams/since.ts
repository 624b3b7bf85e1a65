import type { Envelope } from '../../schemas/envelope';
import { Slots } from '../documents/slots';
import { createInFlight } from '../in-flight';
import type { Logger } from '../logging';
import { gateOf, type GatePort } from '../redis/gate';
import type { Keys } from '../redis/keys';
import type { ScriptPort } from '../redis/script';
import { isAfter, readEnd } from './position';
import { envelopeIn, readAfter } from './read';

/** Events that came into the stream after an entry, with the ids of theirs. */
export interface Since {
  events: [id: string, event: Envelope][];
  /** the place up to which the stream was read */
  id: string;
  /** the stream no longer holds all that came after the entry, or it is too much to tell */
  missed: boolean;
}

export type ReadSince = (id: string | undefined) => Promise<Since>;

/** Entries that are told afterwards; whoever has missed more looks at everything anew. */
const MOST = 2_000;

/** Entries in one read, and reads at once. */
const COUNT = 500;
const AT_ONCE = 4;

/** Reads what came into the events' stream after an entry; without one, where it ends. Throws RedisUnavailable or RedisRefused. */
export function createReadSince({
  redis,
  keys,
  log,
}: {
  redis: ScriptPort & GatePort;
  keys: Pick<Keys, 'events' | 'epoch'>;
  log: Logger;
}): ReadSince {
  const gate = gateOf(redis, log);
  const slots = new Slots(AT_ONCE);
  const share = createInFlight<Since>();

  async function read(after: string | undefined): Promise<Since> {
    const { id: end, first } = await gate.run(() => readEnd(redis, keys));
    if (after === undefined || after === end) return { events: [], id: end, missed: false };
    const isHeld = first !== undefined && !isAfter(first, after) && !isAfter(after, end);
    if (!isHeld) return { events: [], id: end, missed: true };
    const events: Since['events'] = [];
    let at = after;
    for (let looked = 0; looked < MOST;) {
      const page = await gate.run(() => readAfter(redis, keys.events, at, COUNT));
      if (page.length === 0) return { events, id: at, missed: false };
      for (const [id, content] of page) {
        const event = envelopeIn(content);
        if (event) events.push([id, event]);
        at = id;
      }
      looked += page.length;
    }
    return { events: [], id: end, missed: true };
  }

  return (id) => share(id ?? '', () => slots.run(() => read(id)));
}
