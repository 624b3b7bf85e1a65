import type { Redis } from 'ioredis';
import type { Keys } from '../redis/keys';

/**
 * Which events a group has handled, as far as Redis remembers. It saves asking the document store and Temporal when a
 * group is made anew and all that the stream holds comes again; where it knows nothing, those are asked.
 */
export interface Handled {
  has(eventId: string): Promise<boolean>;
  add(eventId: string): void;
}

/** Days a handled event is remembered. */
const KEEP_SECONDS = 7 * 86_400;

/** Questions that come in one turn of the event loop are asked at once, and what is to be remembered is said at once. */
export function createHandled(
  redis: Pick<Redis, 'mget' | 'pipeline'>,
  keys: Pick<Keys, 'handled'>,
  group: string,
): Handled {
  let asked: { id: string; answer: (known: boolean) => void }[] = [];
  let told: string[] = [];

  async function ask(): Promise<void> {
    const questions = asked;
    asked = [];
    const found = await redis.mget(questions.map(({ id }) => keys.handled(group, id))).catch(() => []);
    questions.forEach(({ answer }, i) => answer(typeof found[i] === 'string'));
  }

  function tell(): void {
    const pipeline = redis.pipeline();
    for (const id of told) pipeline.set(keys.handled(group, id), '1', 'EX', KEEP_SECONDS);
    told = [];
    pipeline.exec().catch(() => undefined); // it comes again, and the truth is elsewhere
  }

  return {
    has(eventId) {
      if (asked.length === 0) setImmediate(() => void ask());
      return new Promise((answer) => asked.push({ id: eventId, answer }));
    },
    add(eventId) {
      if (told.length === 0) setImmediate(tell);
      told.push(eventId);
    },
  };
}
