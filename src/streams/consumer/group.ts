import type { Redis } from 'ioredis';
import { runScript, runScriptBuffer, type ScriptPort } from '../../redis/script';
import type { DeadLetter } from '../dead-letter';
import { BEGIN, BURY, ENSURE, KEEP, LEAVE, LOST } from './scripts';

/** What a group's commands need of a connection; tests put faults in between. */
export type GroupRedis = ScriptPort & Pick<Redis, 'callBuffer' | 'xack' | 'xpending' | 'xautoclaim' | 'hincrby'>;

export interface GroupNames {
  stream: string;
  dlq: string;
  /** the key of the count of lost entries */
  lost: string;
  group: string;
  consumer: string;
  /** the key of the mark that an entry was given up */
  dead: (entryId: string) => string;
}

/** Seconds that it is remembered that an entry was given up: longer than streams are kept, should the group be made anew. */
const KEEP_DEAD = 30 * 86_400;

/** Entries in one answer. */
const PAGE = 200;

/** An entry in hand, and how often Redis is to say that it was delivered. */
export interface Held {
  id: string;
  deliveries: number;
}

/** What becomes of an attempt to begin an entry. */
export type Begun = { state: 'ours'; fields: Buffer[] } | { state: 'gone' | 'deleted' };

/**
 * The commands of one consumer in one group. Each ends within `limit` milliseconds, whatever the connection does, and
 * may be repeated when it failed.
 */
export function createGroup(redis: GroupRedis, names: GroupNames, limit: number) {
  const { stream, dlq, lost, group, consumer, dead } = names;
  const inTime = <T>(promise: Promise<T>): Promise<T> => within(promise, limit);

  return {
    /** Makes the group, at the start of the stream, where it is missing. */
    async ensure(): Promise<{ created: boolean; streamWasLost: boolean }> {
      const [created, missing] = (await inTime(runScript(redis, ENSURE, [stream], [group]))) as [number, number];
      return { created: created === 1, streamWasLost: missing === 1 };
    },

    async exists(): Promise<boolean> {
      try {
        await inTime(redis.xpending(stream, group));
        return true;
      } catch (error) {
        if (isGroupMissing(error)) return false;
        throw error;
      }
    },

    /** The stream is not there, or has had no entry since it was made. */
    async streamIsLost(): Promise<boolean> {
      return (await inTime(runScript(redis, LOST, [stream], []))) === 1;
    },

    /** What this consumer has been given and has not acknowledged, in order. */
    async *pending(): AsyncGenerator<Held> {
      for (let start = '-'; ;) {
        const page = (await inTime(redis.xpending(stream, group, start, '+', PAGE, consumer))) as [
          string,
          string,
          number,
          number,
        ][];
        for (const [id, , , deliveries] of page) yield { id, deliveries };
        const last = page.at(-1)?.[0];
        if (last === undefined || page.length < PAGE) return;
        start = `(${last}`;
      }
    },

    /** Takes over what others have left idle, without counting that as a delivery. `deleted`: not in the stream any more. */
    async claimIdle(minIdle: number): Promise<{ claimed: number; deleted: string[] }> {
      let claimed = 0;
      const deleted: string[] = [];
      for (let cursor = '0-0'; ;) {
        const answer = await inTime(
          redis.xautoclaim(stream, group, consumer, minIdle, cursor, 'COUNT', PAGE, 'JUSTID'),
        );
        const [next, ids, gone = []] = answer as [string, string[], string[]?];
        claimed += ids.length;
        deleted.push(...gone);
        if (next === '0-0' || claimed >= 5 * PAGE) return { claimed, deleted };
        cursor = next;
      }
    },

    async begin(id: string, attempt: number): Promise<Begun> {
      const args = [group, consumer, id, String(attempt)];
      const [state, fields] = (await inTime(runScriptBuffer(redis, BEGIN, [stream], args))) as [number, Buffer[]?];
      if (state === 2 && fields) return { state: 'ours', fields };
      return { state: state === 1 ? 'deleted' : 'gone' };
    },

    /** Keeps entries from counting as idle; gives those that are not ours any more. */
    async keep(entries: Held[]): Promise<string[]> {
      const args = entries.flatMap(({ id, deliveries }) => [id, deliveries]);
      return (await inTime(runScript(redis, KEEP, [stream], [group, consumer, ...args]))) as string[];
    },

    async ack(ids: string[]): Promise<void> {
      await inTime(redis.xack(stream, group, ...ids));
    },

    /** Gives an entry up; false where that has been done. */
    async bury(id: string, letter: DeadLetter): Promise<boolean> {
      const args = [group, id, JSON.stringify(letter), KEEP_DEAD];
      return (await inTime(runScript(redis, BURY, [stream, dlq, dead(id)], args))) === 1;
    },

    /** Counts entries that were lost to this group, for whoever looks from elsewhere. The one command that is not repeated. */
    async countLost(entries: number): Promise<void> {
      await inTime(redis.hincrby(lost, group, entries));
    },

    /** Leaves the group; what is left in hand may be taken by others at once. */
    async leave(entries: Held[]): Promise<void> {
      const args = entries.flatMap(({ id, deliveries }) => [id, deliveries]);
      await inTime(runScript(redis, LEAVE, [stream], [group, consumer, ...args]));
    },
  };
}

export type Group = ReturnType<typeof createGroup>;

/** Whether Redis says that the group, or the stream below it, is not there. */
export const isGroupMissing = (error: unknown): boolean =>
  error instanceof Error && /NOGROUP|UNBLOCKED|no such key|requires the key to exist/i.test(error.message);

/** Whether Redis has answered, so that the connection is sound. */
export const isAnswer = (error: unknown): boolean => error instanceof Error && error.name === 'ReplyError';

/** The promise's end, or a failure after `ms`; the promise itself goes on. */
export function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer of Redis within ${ms} ms`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
