import type { Redis } from 'ioredis';
import type { Envelope, Subject } from '../../schemas/envelope';
import type { Logger } from '../logging';
import type { Keys } from '../redis/keys';
import { isAfter, readEnd } from './position';
import { envelopeIn, readAfter, weighed, type Content } from './read';

/** Receives an event and the id of its entry. An error that it throws is logged and disturbs nobody. */
export type EventListener = (event: Envelope, entryId: string) => void;

export interface LiveReaderParts {
  /** makes a connection for the reader alone; see `readerOptions` */
  connect: () => Redis;
  keys: Pick<Keys, 'events' | 'epoch'>;
  log: Logger;
  /** milliseconds that a read waits for new entries */
  block?: number;
}

/** The one reader of the events' stream in a process; passes new events to its listeners. */
export interface LiveReader {
  /**
   * Calls `listener` with every event of a subject from now on; returns the function that ends it. An entry may come
   * twice, and whoever can write to the stream can write events of any subject: `seq` and the run's history decide.
   */
  subscribe(subject: Subject, listener: EventListener): () => void;
  /** `subscribe` for the events of all subjects. */
  subscribeAll(listener: EventListener): () => void;
  /** Calls back when events may have been missed (stream lost or trimmed); the run's history has them. */
  onGap(listener: () => void): () => void;
  onState(listener: (state: 'up' | 'down') => void): () => void;
  state(): 'up' | 'down';
  start(): void;
  /** Ends reading; resolves when the connection is closed. */
  stop(): Promise<void>;
}

/** Options of the reader's connection: no reconnecting, as the reader makes a new one; a read may take its time. */
export const readerOptions = {
  lazyConnect: true,
  retryStrategy: null,
  commandTimeout: undefined,
  socketTimeout: undefined,
} as const;

/** The place where reading goes on: the last id, the number of entries ever written up to it, the stream's epoch. */
interface Position {
  id: string;
  count: number;
  epoch: string | undefined;
}

/** Entries in one read. */
const COUNT = 500;

/** Milliseconds beyond `block` after which a read counts as hanging; also the limit of any other command. */
const GRACE = 2_000;

/**
 * Reads with finite blocks on a connection of its own, and makes a new connection whenever one fails or a read hangs:
 * ioredis resolves a blocking command that got no answer as if it had found nothing, and would queue the next read
 * behind it on the same dead socket. The last id is kept across connections, so nothing is missed; a stream that was
 * lost or replaced meanwhile is read from its start.
 */
export function createLiveReader({ connect, keys, log, block = 5_000 }: LiveReaderParts): LiveReader {
  const bySubject = new Map<string, Set<EventListener>>();
  const all = new Set<EventListener>();
  const gapListeners = new Set<() => void>();
  const stateListeners = new Set<(state: 'up' | 'down') => void>();
  let state: 'up' | 'down' = 'down';
  let stopping = false;
  let client: Redis | undefined;
  let running: Promise<void> | undefined;
  let wake = () => {};

  let position: Position | undefined;

  const call = <A extends unknown[]>(listeners: Iterable<(...args: A) => void>, ...args: A) => {
    for (const listener of [...listeners]) {
      try {
        listener(...args);
      } catch (error) {
        log.error({ err: error }, 'a listener of the live reader failed; the others go on');
      }
    }
  };
  const setState = (next: 'up' | 'down') => {
    if (next === state) return;
    state = next;
    call(stateListeners, next);
  };

  const dispatch = (entryId: string, content: Content<string>) => {
    if (all.size === 0 && bySubject.size === 0) return;
    const event = envelopeIn(content);
    if (!event) return;
    call(all, event, entryId);
    const listeners = event.subject && bySubject.get(subjectKey(event.subject));
    if (listeners) call(listeners, event, entryId);
  };

  /** Compares our position with the stream, and reports a gap. */
  const check = async (redis: Redis) => {
    const end = await within(readEnd(redis, keys), GRACE);
    position ??= { id: end.id, count: end.added, epoch: end.epoch };
    const replaced = isAfter(position.id, end.id) || (position.epoch !== undefined && position.epoch !== end.epoch);
    const trimmed = end.added - position.count > end.length;
    if (replaced) position = { id: '0-0', count: end.added - end.length, epoch: end.epoch };
    if (trimmed) position.count = end.added - end.length;
    position.epoch = end.epoch;
    if (!replaced && !trimmed) return;
    log.warn(
      { stream: keys.events, replaced, trimmed },
      'the live reader may have missed events: its listeners read them from the histories',
    );
    call(gapListeners);
  };

  const read = async (redis: Redis) => {
    await within(redis.connect(), GRACE + 2_000);
    await check(redis);
    setState('up');
    let checked = Date.now();
    while (!stopping) {
      const entries = await readNext(redis, position?.id ?? '0-0');
      for (const [id, content] of entries) {
        position = { id, count: (position?.count ?? 0) + 1, epoch: position?.epoch };
        dispatch(id, content);
      }
      if (entries.length > 0 && Date.now() - checked < block) continue;
      await check(redis);
      checked = Date.now();
    }
  };

  /** Entries that are there; without any, waits for one: a reply of several would have no bound. */
  const readNext = async (redis: Redis, from: string): ReturnType<typeof readAfter> => {
    const there = await within(readAfter(redis, keys.events, from, COUNT), GRACE);
    if (there.length > 0) return there;
    const reply = await within(redis.xread('COUNT', 1, 'BLOCK', block, 'STREAMS', keys.events, from), block + GRACE);
    return (reply?.[0]?.[1] ?? []).map(([id, fields]) => [id, weighed(fields)]);
  };

  const run = async () => {
    for (let failures = 0; !stopping;) {
      client = connect();
      const connected = Date.now();
      try {
        await read(client);
      } catch (error) {
        if (!stopping)
          log.warn({ error: String(error) }, 'the live reader lost its connection to Redis; connecting again');
      }
      setState('down');
      client.disconnect();
      failures = Date.now() - connected > 10_000 ? 0 : failures + 1;
      if (!stopping) await pause(Math.min(50 * 2 ** failures, 1_000));
    }
  };

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  return {
    subscribe(subject, listener) {
      const key = subjectKey(subject);
      const listeners = bySubject.get(key) ?? new Set();
      bySubject.set(key, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && bySubject.get(key) === listeners) bySubject.delete(key);
      };
    },
    subscribeAll: (listener) => join(all, listener),
    onGap: (listener) => join(gapListeners, listener),
    onState: (listener) => join(stateListeners, listener),
    state: () => state,
    start() {
      running ??= run();
    },
    async stop() {
      stopping = true;
      client?.disconnect();
      wake();
      await running;
    },
  };
}

const subjectKey = ({ kind, id }: Subject): string => `${kind}:${id}`;

function join<T>(set: Set<T>, member: T): () => void {
  set.add(member);
  return () => set.delete(member);
}

function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer from Redis within ${ms} ms`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
