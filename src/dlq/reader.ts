import type { DlqFilter } from '../../schemas/operations/run';
import type { Json } from '../../schemas/json';
import type { Logger } from '../logging';
import { gateOf, type RedisGate } from '../redis/gate';
import type { Keys } from '../redis/keys';
import type { StoredLetter } from './letter';
import { compareLetters, entryIdOf, isLetterId, isOfTask, matches, nextEntryId, TASK } from './matches';
import { readStream, type DlqReadPort, type LetterStream, type Stretch } from './stream';

export type { DlqReadPort } from './stream';

/** A page of a list, newest first; the next one begins before the letter `before`. It may hold fewer than asked for, or none. */
export interface LetterPage {
  entries: StoredLetter[];
  before?: string;
  /** letters in all that the stage of the filter may concern */
  depth: number;
}

/** A page of the letters that an operation works on, oldest first, those of tasks last. `next` is absent after the last. */
export interface Selection {
  ids: string[];
  /** ids that were asked for and do not exist */
  missing: string[];
  next?: Position;
}

/** The place where a selection goes on: in the events' letters, in those of tasks (null: at the first), or in the given ids. */
export type Position = Stretch | { tasks: Stretch | null } | { index: number };

export interface DlqReader {
  /** Throws RedisUnavailable or RedisRefused, like everything here. */
  list(filter: DlqFilter, options: { limit: number; before?: string }): Promise<LetterPage>;
  get(id: string): Promise<StoredLetter | undefined>;
  /**
   * The next ids that match a filter, at most `most`. Letters that come after the first page are not selected, so that
   * what dies again right after its redrive does not go round for ever.
   */
  select(filter: DlqFilter, options: { most: number; position?: Json }): Promise<Selection>;
}

/** Reads the dead letters: events that nobody could handle, and tasks that have failed for good. */
export function createDlqReader(parts: { redis: DlqReadPort; keys: Keys; log: Logger; gate?: RedisGate }): DlqReader {
  const { redis, keys } = parts;
  const gate = parts.gate ?? gateOf(redis, parts.log);
  const events = readStream({ redis, keys, gate }, keys.dlq, '');
  const tasks = readStream({ redis, keys, gate }, keys.deadTasks, TASK);

  const get = async (id: string) =>
    isLetterId(id) ? await (isOfTask(id) ? tasks : events).get(entryIdOf(id)) : undefined;

  /** The streams that hold letters of a stage. */
  const streamsOf = ({ stage }: DlqFilter): LetterStream[] =>
    stage === undefined ? [events, tasks] : [stage === 'task' ? tasks : events];

  async function listByTime(filter: DlqFilter, limit: number, before?: string): Promise<Omit<LetterPage, 'depth'>> {
    const pages = await Promise.all(
      streamsOf(filter).map((stream) => stream.list(filter, limit, before && entryBefore(before, stream === tasks))),
    );
    // a page that has looked no further leaves what is older of the other to the next page
    const ends = pages.flatMap(({ before: end }, i) =>
      end === undefined ? [] : [streamsOf(filter)[i] === tasks ? `${TASK}${end}` : end],
    );
    const end = ends.reduce<string | undefined>(
      (newest, one) => (newest === undefined || compareLetters(one, newest) > 0 ? one : newest),
      undefined,
    );
    const found = pages
      .flatMap(({ entries }) => entries)
      .filter(({ id }) => end === undefined || compareLetters(id, end) >= 0)
      .sort((a, b) => compareLetters(b.id, a.id));
    if (found.length <= limit) return { entries: found, ...(end === undefined ? {} : { before: end }) };
    return { entries: found.slice(0, limit), before: found[limit - 1]?.id };
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

  async function selectByTime(
    filter: DlqFilter,
    most: number,
    position?: Exclude<Position, { index: number }>,
  ): Promise<Selection> {
    const isInTasks = filter.stage === 'task' || (position !== undefined && 'tasks' in position);
    const stretch = position && ('tasks' in position ? position.tasks : position);
    if (isInTasks) {
      const { ids, next } = await tasks.select(filter, most, stretch ?? undefined);
      return { ids, missing: [], ...(next ? { next: { tasks: next } } : {}) };
    }
    const { ids, next } = await events.select(filter, most, stretch ?? undefined);
    if (next || filter.stage !== undefined) return { ids, missing: [], ...(next ? { next } : {}) };
    if (ids.length >= most)
      return { ids, missing: [], ...((await tasks.depth()) > 0 ? { next: { tasks: null } } : {}) };
    const more = await selectByTime(filter, most - ids.length, { tasks: null });
    return { ...more, ids: [...ids, ...more.ids] };
  }

  return {
    get,
    async list(filter, { limit, before }) {
      const page = filter.ids ? await listByIds(filter.ids, filter, limit) : await listByTime(filter, limit, before);
      const depths = await Promise.all(streamsOf(filter).map((stream) => stream.depth()));
      return { ...page, depth: depths.reduce((sum, one) => sum + one, 0) };
    },
    async select(filter, { most, position }) {
      if (filter.ids)
        return await selectByIds(filter.ids, filter, (position as { index: number } | undefined)?.index ?? 0, most);
      return await selectByTime(filter, most, position as Exclude<Position, { index: number }> | undefined);
    },
  };
}

/** The entry of a stream before which all are older than a letter: of two with one time, the task's is the newer. */
function entryBefore(id: string, ofTasks: boolean): string {
  const entryId = entryIdOf(id);
  return isOfTask(id) && !ofTasks ? nextEntryId(entryId) : entryId;
}
