import type { Redis } from 'ioredis';
import { runScript, runScriptBuffer, type ScriptPort } from '../../redis/script';
import type { DeadLetter } from '../dead-letter';
import type { Content } from '../read';
import { BEGIN, BURY, ENSURE, KEEP, LEAVE, LOST } from './scripts';

/** The part of a connection that a group's commands use; tests put faults in between. */
export type GroupRedis = ScriptPort & Pick<Redis, 'callBuffer' | 'xack' | 'xpending' | 'xautoclaim' | 'hincrby'>;

export interface GroupNames {
  stream: string;
  dlq: string;
  /** the key of the count of lost entries */
  lost: string;
  group: string;
  consumer: string;
  /** the key of the entries that it has given up */
  dead: string;
}

/** The newest entries that were given up are remembered, for longer than the stream: a new group reads all of it. */
const DEAD = { most: 20_000, seconds: 30 * 86_400 };

/** Entries in one answer. */
const PAGE = 200;

/** An entry in hand, and the delivery count that Redis is to keep for it. */
export interface Held {
  id: string;
  deliveries: number;
}

/** The outcome of beginning an attempt. */
export type Begun = { state: 'ours'; content: Content<Buffer> } | { state: 'gone' | 'deleted' };

/**
 * The commands of one consumer in one group. Each ends within `limit` milliseconds, whatever the connection does, and
 * may be repeated after a failure.
 */
export function createGroup(redis: GroupRedis, names: GroupNames, limit: number) {
  const { stream, dlq, lost, group, consumer, dead } = names;
  const inTime = <T>(promise: Promise<T>): Promise<T> => within(promise, limit);

  return {
    /** Creates the group at the start of the stream if it is missing. */
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

    /** True if the stream is missing, or has had no entry since it was created. */
    async streamIsLost(): Promise<boolean> {
      return (await inTime(runScript(redis, LOST, [stream], []))) === 1;
    },

    /** Entries that were delivered to this consumer and are not acknowledged, in order. */
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

    /** Takes over entries that others have left idle; no delivery is counted. `deleted`: no longer in the stream. */
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
      const [state, content] = (await inTime(runScriptBuffer(redis, BEGIN, [stream], args))) as [
        number,
        Content<Buffer>?,
      ];
      if (state === 2 && content !== undefined) return { state: 'ours', content };
      return { state: state === 1 ? 'deleted' : 'gone' };
    },

    /** Keeps entries from counting as idle; answers the ids of those that are no longer ours. */
    async keep(entries: Held[]): Promise<string[]> {
      const args = entries.flatMap(({ id, deliveries }) => [id, deliveries]);
      return (await inTime(runScript(redis, KEEP, [stream], [group, consumer, ...args]))) as string[];
    },

    async ack(ids: string[]): Promise<void> {
      await inTime(redis.xack(stream, group, ...ids));
    },

    /** Gives an entry up; false if that has been done before. */
    async bury(id: string, letter: DeadLetter): Promise<boolean> {
      const args = [group, id, JSON.stringify(letter), DEAD.most, DEAD.seconds];
      return (await inTime(runScript(redis, BURY, [stream, dlq, dead], args))) === 1;
    },

    /** Counts entries that were lost to this group, for metrics. The one command that must not be repeated. */
    async countLost(entries: number): Promise<void> {
      await inTime(redis.hincrby(lost, group, entries));
    },

    /** Leaves the group; others may take the entries left in hand at once. */
    async leave(entries: Held[]): Promise<void> {
      const args = entries.flatMap(({ id, deliveries }) => [id, deliveries]);
      await inTime(runScript(redis, LEAVE, [stream], [group, consumer, ...args]));
    },
  };
}

export type Group = ReturnType<typeof createGroup>;

/** True if Redis says that the group or its stream is missing. */
export const isGroupMissing = (error: unknown): boolean =>
  error instanceof Error && /NOGROUP|UNBLOCKED|no such key|requires the key to exist/i.test(error.message);

/** True if Redis has answered, so that the connection is sound. */
export const isAnswer = (error: unknown): boolean => error instanceof Error && error.name === 'ReplyError';

/** Settles as the promise does, or fails after `ms`; the promise itself goes on. */
export function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer from Redis within ${ms} ms`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
