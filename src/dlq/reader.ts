import type { Redis } from 'ioredis';
import type { DlqFilter } from '../../schemas/operations/run';
import type { Json } from '../../schemas/json';
import type { Logger } from '../logging';
import { gateOf, type GatePort, type RedisGate } from '../redis/gate';
import type { Keys } from '../redis/keys';
import { readLetter, type StoredLetter } from './letter';
import { compareIds, isStreamId, matches, rangeOf } from './matches';

/** The part of a connection that reading uses. */
export type DlqReadPort = Pick<Redis, 'xrange' | 'xrevrange' | 'xlen'> & GatePort;

/** Entries in one read; bytes aimed at, going by the read before: an entry may hold 1 MiB. */
const READ = { most: 256, first: 32, bytes: 4 * 1024 * 1024 };

/** Entries examined for one page: a filter that matches nothing must not walk through a million of them. */
const LOOK_AT = 5_000;

/** A page of a list, newest first; the next one begins at `before`. It may hold fewer than asked for, or none. */
export interface LetterPage {
  entries: StoredLetter[];
  before?: string;
  /** entries in the stream, whatever the filter */
  depth: number;
}

/** A page of the entries that an operation works on, oldest first. `next` is absent after the last. */
export interface Selection {
  ids: string[];
  /** ids that were asked for and do not exist */
  missing: string[];
  next?: Position;
}

/** The place where a selection goes on: after an entry, up to the last one when it began; or in the given ids. */
export type Position = { after: string; through: string } | { index: number };

export interface DlqReader {
  /** Throws RedisUnavailable or RedisRefused, like everything here. */
  list(filter: DlqFilter, options: { limit: number; before?: string }): Promise<LetterPage>;
  get(id: string): Promise<StoredLetter | undefined>;
  /**
   * The next ids that match a filter, at most `most`. Letters that come after the first page are not selected, so that
   * an event that dies again right after its redrive does not go round for ever.
   */
  select(filter: DlqFilter, options: { most: number; position?: Json }): Promise<Selection>;
}

/** Reads the dead letters. */
export function createDlqReader(parts: { redis: DlqReadPort; keys: Keys; log: Logger; gate?: RedisGate }): DlqReader {
  const { redis, keys } = parts;
  const gate = parts.gate ?? gateOf(redis, parts.log);
  const read = (entries: [string, string[]][]) => entries.map(([id, fields]) => readLetter(id, fields, keys.dlq));

  const get = async (id: string) =>
    isStreamId(id) ? read(await gate.run(() => redis.xrange(keys.dlq, id, id)))[0] : undefined;

  /** Walks from one end of a range to the other, in reads of bounded bytes, as far as one page may look. */
  async function* walk(direction: 'up' | 'down', from: string, to: string): AsyncGenerator<StoredLetter> {
    let count = READ.first;
    for (let start = from, looked = 0; looked < LOOK_AT;) {
      const entries = await gate.run(() =>
        direction === 'up'
          ? redis.xrange(keys.dlq, start, to, 'COUNT', count)
          : redis.xrevrange(keys.dlq, start, to, 'COUNT', count),
      );
      yield* read(entries);
      if (entries.length < count) return;
      looked += entries.length;
      start = `(${entries.at(-1)?.[0]}`;
      const bytes = entries.reduce((sum, [, fields]) => sum + fields.join('').length, 0);
      count = Math.max(1, Math.min(READ.most, Math.floor((READ.bytes * entries.length) / Math.max(1, bytes))));
    }
  }

  async function listByTime(filter: DlqFilter, limit: number, before?: string): Promise<Omit<LetterPage, 'depth'>> {
    const { from, to } = rangeOf(filter);
    const start = before === undefined ? to : earlier(`(${before}`, to);
    const entries: StoredLetter[] = [];
    let last = '';
    let looked = 0;
    for await (const entry of walk('down', start, from)) {
      if (matches(entry, filter)) entries.push(entry);
      last = entry.id;
      looked += 1;
      if (entries.length >= limit) return { entries, before: last };
    }
    return { entries, ...(looked >= LOOK_AT ? { before: last } : {}) };
  }

  async function listByIds(ids: string[], filter: DlqFilter, limit: number): Promise<Omit<LetterPage, 'depth'>> {
    const found = await Promise.all(ids.slice(0, limit).map(get));
    return { entries: found.filter((entry) => entry !== undefined).filter((entry) => matches(entry, filter)) };
  }

  async function selectByIds(ids: string[], filter: DlqFilter, index: number, most: number): Promise<Selection> {
    const part = [...new Set(ids)].slice(index, index + most);
    const found = await Promise.all(part.map(get));
    const next = index + part.length;
    return {
      ids: found.flatMap((entry) => (entry && matches(entry, filter) ? [entry.id] : [])),
      missing: part.filter((_, i) => found[i] === undefined),
      ...(part.length === most ? { next: { index: next } } : {}),
    };
  }

  async function selectByTime(filter: DlqFilter, most: number, position?: Position): Promise<Selection> {
    const { from, to } = rangeOf(filter);
    const known = position && 'through' in position ? position : undefined;
    const through = known?.through ?? (await gate.run(() => redis.xrevrange(keys.dlq, to, from, 'COUNT', 1)))[0]?.[0];
    if (through === undefined) return { ids: [], missing: [] };
    const ids: string[] = [];
    let last = known?.after ?? '';
    let looked = 0;
    for await (const entry of walk('up', known ? `(${known.after}` : from, through)) {
      if (matches(entry, filter)) ids.push(entry.id);
      last = entry.id;
      looked += 1;
      if (ids.length >= most) break;
    }
    const more = (ids.length >= most || looked >= LOOK_AT) && compareIds(last, through) < 0;
    return { ids, missing: [], ...(more ? { next: { after: last, through } } : {}) };
  }

  return {
    get,
    async list(filter, { limit, before }) {
      const page = filter.ids ? await listByIds(filter.ids, filter, limit) : await listByTime(filter, limit, before);
      return { ...page, depth: await gate.run(() => redis.xlen(keys.dlq)) };
    },
    async select(filter, { most, position }) {
      if (!filter.ids) return await selectByTime(filter, most, position as Position | undefined);
      return await selectByIds(filter.ids, filter, (position as { index: number } | undefined)?.index ?? 0, most);
    },
  };
}

/** The earlier of two ends of a range that both exclude their id, or are `+`. */
function earlier(a: string, b: string): string {
  return b === '+' || compareIds(a.slice(1), b.slice(1)) < 0 ? a : b;
}
