import { createHash } from 'node:crypto';
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
  redis: Pick<Redis, 'smismember' | 'sadd' | 'expire' | 'exists' | 'scard'>,
  keys: Pick<Keys, 'handled'>,
  group: string,
): Handled {
  let questions: string[] = [];
  /** whether last week's set exists, and this week's is full; checked once a minute */
  let past = { at: 0, there: true };
  let full = false;
  let answers: Promise<ReadonlySet<string>> | undefined;
  let additions: string[] = [];

  const week = () => Math.floor(Date.now() / WEEK);

  async function sets(): Promise<string[]> {
    const [current, last] = [keys.handled(group, week()), keys.handled(group, week() - 1)];
    if (Date.now() - past.at > 60_000) {
      past = { at: Date.now(), there: (await redis.exists(last)) === 1 };
      full = (await redis.scard(current)) >= MOST;
    }
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
    if (full) return;
    redis.sadd(key, ...ids).catch(() => undefined);
    redis.expire(key, (2 * WEEK) / 1_000).catch(() => undefined);
  }

  return {
    has(eventId) {
      const name = short(eventId);
      questions.push(name);
      answers ??= ask();
      return answers.then((known) => known.has(name));
    },
    add(eventId) {
      if (additions.length === 0) setImmediate(flush);
      additions.push(short(eventId));
    },
  };
}

/** Events remembered in a week; those beyond are asked for elsewhere. A UUID takes about 80 bytes. */
const MOST = 500_000;

/** Whoever writes an event chooses its id; a long one is remembered by its hash. */
const short = (eventId: string): string =>
  eventId.length <= 40 ? eventId : createHash('sha256').update(eventId).digest('base64url').slice(0, 32);
