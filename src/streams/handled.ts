import type { Redis } from 'ioredis';
import type { Keys } from '../redis/keys';

/**
 * Events that a group has handled, as far as Redis remembers: for one to two weeks. Saves asking the document store and
 * Temporal when a new group reads the whole stream again; for events that it does not know, those are asked. Never
 * fails.
 */
export interface Handled {
  has(eventId: string): Promise<boolean>;
  add(eventId: string): void;
}

const WEEK = 7 * 86_400_000;

/**
 * A set per week, of which the last two count: one command for many events, both ways. Questions that come in one
 * turn of the event loop are asked together.
 */
export function createHandled(
  redis: Pick<Redis, 'smismember' | 'sadd' | 'expire' | 'exists'>,
  keys: Pick<Keys, 'handled'>,
  group: string,
): Handled {
  let questions: string[] = [];
  /** whether last week's set exists, checked once a minute */
  let past = { at: 0, there: true };
  let answers: Promise<ReadonlySet<string>> | undefined;
  let additions: string[] = [];

  const week = () => Math.floor(Date.now() / WEEK);

  async function sets(): Promise<string[]> {
    const [current, last] = [keys.handled(group, week()), keys.handled(group, week() - 1)];
    if (Date.now() - past.at > 60_000) past = { at: Date.now(), there: (await redis.exists(last)) === 1 };
    return past.there ? [current, last] : [current];
  }

  async function ask(): Promise<ReadonlySet<string>> {
    await new Promise((resolve) => setImmediate(resolve));
    const ids = questions;
    questions = [];
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

  function flush(): void {
    const ids = additions;
    additions = [];
    const key = keys.handled(group, week());
    // a lost addition costs a question to the document store later
    redis.sadd(key, ...ids).catch(() => undefined);
    redis.expire(key, (2 * WEEK) / 1_000).catch(() => undefined);
  }

  return {
    has(eventId) {
      questions.push(eventId);
      answers ??= ask();
      return answers.then((known) => known.has(eventId));
    },
    add(eventId) {
      if (additions.length === 0) setImmediate(flush);
      additions.push(eventId);
    },
  };
}
