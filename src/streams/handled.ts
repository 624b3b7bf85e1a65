import type { Redis } from 'ioredis';
import type { Keys } from '../redis/keys';

/**
 * Which events a group has handled, as far as Redis remembers: for one to two weeks. It saves asking the document store
 * and Temporal when a group is made anew and all that the stream holds comes again; where it knows nothing, those are
 * asked. Never fails.
 */
export interface Handled {
  has(eventId: string): Promise<boolean>;
  add(eventId: string): void;
}

const WEEK = 7 * 86_400_000;

/**
 * A set for a week, of which the last two count: one command for many events, both ways. Questions that come in one
 * turn of the event loop are asked together.
 */
export function createHandled(
  redis: Pick<Redis, 'smismember' | 'sadd' | 'expire' | 'exists'>,
  keys: Pick<Keys, 'handled'>,
  group: string,
): Handled {
  let asked: string[] = [];
  /** whether the last week's set is there, as it was found lately */
  let past = { at: 0, there: true };
  let answers: Promise<ReadonlySet<string>> | undefined;
  let told: string[] = [];

  const week = () => Math.floor(Date.now() / WEEK);

  async function sets(): Promise<string[]> {
    const [current, last] = [keys.handled(group, week()), keys.handled(group, week() - 1)];
    if (Date.now() - past.at > 60_000) past = { at: Date.now(), there: (await redis.exists(last)) === 1 };
    return past.there ? [current, last] : [current];
  }

  async function ask(): Promise<ReadonlySet<string>> {
    await new Promise((resolve) => setImmediate(resolve));
    const ids = asked;
    asked = [];
    answers = undefined;
    try {
      const found = await Promise.all((await sets()).map((key) => redis.smismember(key, ...ids)));
      const known = new Set<string>();
      for (const list of found) for (let i = 0; i < list.length; i++) if (list[i] === 1) known.add(ids[i] ?? '');
      return known;
    } catch {
      return new Set();
    }
  }

  function tell(): void {
    const ids = told;
    told = [];
    const key = keys.handled(group, week());
    // what is not remembered comes again, and the truth is elsewhere
    redis.sadd(key, ...ids).catch(() => undefined);
    redis.expire(key, (2 * WEEK) / 1_000).catch(() => undefined);
  }

  return {
    has(eventId) {
      asked.push(eventId);
      answers ??= ask();
      return answers.then((known) => known.has(eventId));
    },
    add(eventId) {
      if (told.length === 0) setImmediate(tell);
      told.push(eventId);
    },
  };
}
