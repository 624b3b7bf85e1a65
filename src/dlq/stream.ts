import type { Redis } from 'ioredis';
import type { DlqFilter } from '../../schemas/operations/run';
import type { GatePort, RedisGate } from '../redis/gate';
import type { Keys } from '../redis/keys';
import { readLetter, type StoredLetter } from './letter';
import { compareIds, matches, rangeOf } from './matches';
import { readRedrives } from './redriven';

/** The part of a connection that reading uses. */
export type DlqReadPort = Pick<Redis, 'xrange' | 'xrevrange' | 'xlen' | 'hmget'> & GatePort;

/** Entries in one read; bytes aimed at, going by the read before: an entry may hold 1 MiB. */
const READ = { most: 256, first: 32, bytes: 4 * 1024 * 1024 };

/** Entries examined for one page: a filter that matches nothing must not walk through a million of them. */
const LOOK_AT = 5_000;

/** A page of letters, newest first, by the ids of their entries; the next one begins before `before`. */
export interface EntryPage {
  entries: StoredLetter[];
  before?: string;
}

/** The place where a selection by time goes on: after an entry, up to the last one when it began. */
export type Stretch = { after: string; through: string };

/** The letters of one stream. */
export interface LetterStream {
  get(entryId: string): Promise<StoredLetter | undefined>;
  depth(): Promise<number>;
  list(filter: DlqFilter, limit: number, before?: string): Promise<EntryPage>;
  select(filter: DlqFilter, most: number, stretch?: Stretch): Promise<{ ids: string[]; next?: Stretch }>;
}

/** Reads the letters of one stream; their ids are those of its entries behind `mark`. */
export function readStream(
  parts: { redis: DlqReadPort; keys: Keys; gate: RedisGate },
  stream: string,
  mark: string,
): LetterStream {
  const { redis, keys, gate } = parts;

  /** Letters of tasks come from a run's events, so that nothing but the key in Redis knows how often they were redriven. */
  async function read(entries: [string, string[]][]): Promise<StoredLetter[]> {
    const stored = entries.map(([id, fields]) => ({ ...readLetter(id, fields, stream), id: `${mark}${id}` }));
    return await Promise.all(
      stored.map(async (one) =>
        one.letter.stage === 'task' && !one.foreign
          ? { ...one, letter: { ...one.letter, ...(await gate.run(() => readRedrives(redis, keys, one.letter))) } }
          : one,
      ),
    );
  }

  /** Walks from one end of a range to the other, in reads of bounded bytes, as far as one page may look. */
  async function* walk(
    direction: 'up' | 'down',
    from: string,
    to: string,
  ): AsyncGenerator<{ entryId: string; letter: StoredLetter }> {
    let count = READ.first;
    for (let start = from, looked = 0; looked < LOOK_AT;) {
      const entries = await gate.run(() =>
        direction === 'up'
          ? redis.xrange(stream, start, to, 'COUNT', count)
          : redis.xrevrange(stream, start, to, 'COUNT', count),
      );
      const letters = await read(entries);
      for (const [i, letter] of letters.entries()) yield { entryId: entries[i]?.[0] ?? '', letter };
      if (entries.length < count) return;
      looked += entries.length;
      start = `(${entries.at(-1)?.[0]}`;
      const bytes = entries.reduce((sum, [, fields]) => sum + fields.join('').length, 0);
      count = Math.max(1, Math.min(READ.most, Math.floor((READ.bytes * entries.length) / Math.max(1, bytes))));
    }
  }

  return {
    async get(entryId) {
      return (await read(await gate.run(() => redis.xrange(stream, entryId, entryId))))[0];
    },
    depth: () => gate.run(() => redis.xlen(stream)),

    async list(filter, limit, before) {
      const { from, to } = rangeOf(filter);
      const start = before === undefined ? to : earlier(`(${before}`, to);
      const entries: StoredLetter[] = [];
      let last = '';
      let looked = 0;
      for await (const { entryId, letter } of walk('down', start, from)) {
        if (matches(letter, filter)) entries.push(letter);
        last = entryId;
        looked += 1;
        if (entries.length >= limit) return { entries, before: last };
      }
      return { entries, ...(looked >= LOOK_AT ? { before: last } : {}) };
    },

    async select(filter, most, stretch) {
      const { from, to } = rangeOf(filter);
      const through = stretch?.through ?? (await gate.run(() => redis.xrevrange(stream, to, from, 'COUNT', 1)))[0]?.[0];
      if (through === undefined || most <= 0) return { ids: [] };
      const ids: string[] = [];
      let last = stretch?.after ?? '';
      let looked = 0;
      for await (const { entryId, letter } of walk('up', stretch ? `(${stretch.after}` : from, through)) {
        if (matches(letter, filter)) ids.push(letter.id);
        last = entryId;
        looked += 1;
        if (ids.length >= most) break;
      }
      const more = (ids.length >= most || looked >= LOOK_AT) && compareIds(last, through) < 0;
      return { ids, ...(more ? { next: { after: last, through } } : {}) };
    },
  };
}

/** The earlier of two ends of a range that both exclude their id, or are `+`. */
function earlier(a: string, b: string): string {
  return b === '+' || compareIds(a.slice(1), b.slice(1)) < 0 ? a : b;
}
