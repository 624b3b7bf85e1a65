import type { Redis } from 'ioredis';
import type { Logger } from '../logging';
import type { Keys } from '../redis/keys';
import { createGroup, isAnswer, isGroupMissing, within, type GroupRedis } from './consumer/group';
import { createHands, type HandParts } from './consumer/hands';
import type { EntryHandler } from './consumer/entry';
import type { Counts, HandSettings } from './consumer/settings';
import { readGroup, weighed } from './read';
import { readerOptions } from './reader';

export { NotNow, Refused, type Entry, type EntryHandler } from './consumer/entry';

/** Options of the connection that a consumer reads on. */
export const consumerOptions = readerOptions;

/**
 * Options of the connection for everything else. ioredis may take twice this time to replace a dead socket, if
 * another was reset just before, and reading goes on only when both connections are sound.
 */
export const commandOptions = { socketTimeout: 1_500 } as const;

/** Times are milliseconds. */
export interface ConsumerSettings extends HandSettings {
  /** time that a read waits for new entries */
  block: number;
  /** time beyond `block` after which a read counts as hanging; also the limit of any other command */
  grace: number;
  /** time without a heartbeat after which the entries of another consumer are taken over */
  minIdle: number;
  /** time that whoever destroyed a group gets to create it again */
  groupGrace: number;
  /** entries in one read */
  batch: number;
  /** entries in hand, including those that wait for their next attempt */
  inHand: number;
  /** bytes in hand; a read may exceed them by its own */
  inHandBytes: number;
  /** time that running handlers get when the consumer stops */
  stopGrace: number;
}

export const consumerDefaults: ConsumerSettings = {
  block: 2_000,
  grace: 1_000,
  minIdle: 30_000,
  groupGrace: 5_000,
  batch: 200,
  inHand: 1_000,
  inHandBytes: 32 * 1024 * 1024,
  stopGrace: 20_000,
  parallel: 16,
  attempts: 5,
  handlerLimit: 60_000,
  retryDelay: 200,
  retryDelayMax: 30_000,
};

/** A group that was missing and has been created at the start of the stream. */
export interface GroupLost {
  group: string;
  /** the stream was missing too: Redis was flushed, or has lost its data */
  streamLost: boolean;
  /** the consumer had just started, so the group may never have existed */
  atStart: boolean;
}

export interface ConsumerParts {
  /** for everything except reading; may be shared by all consumers of a process */
  redis: GroupRedis;
  /** makes a connection to read on, with `consumerOptions` */
  connect: () => Pick<Redis, 'connect' | 'disconnect' | 'callBuffer' | 'xreadgroupBuffer'>;
  keys: Pick<Keys, 'events' | 'dlq' | 'dead' | 'lost'>;
  group: string;
  /** one name per process; a process that comes back under its name finds what it had in hand */
  consumer: string;
  handle: EntryHandler;
  redrives?: HandParts['redrives'];
  onLost?: (lost: GroupLost) => void;
  log: Logger;
  settings?: Partial<ConsumerSettings>;
}

export interface ConsumerStats extends Counts {
  group: string;
  state: 'up' | 'down';
  /** entries in hand */
  in_hand: number;
  /** times that the connection for reading was replaced */
  reconnects: number;
  /** times that the group was created again while the consumer ran */
  groups_lost: number;
}

export interface Consumer {
  start(): void;
  /** Stops reading, lets running handlers end, acknowledges, and leaves the group. */
  stop(): Promise<void>;
  state(): 'up' | 'down';
  stats(): ConsumerStats;
}

/**
 * A consumer of a stream, in a group: every entry is handled at least once, whatever happens to Redis, to connections
 * and to other consumers, or goes to the dead letters.
 *
 * - It reads with finite blocks on a connection of its own and makes a new one when a read fails or hangs. After that,
 *   entries that Redis has delivered and it has never seen come first, then those that others have left idle. It finds
 *   its own by XPENDING and not by `XREADGROUP … 0`, which would count each look as one more delivery.
 * - A missing group is created at the start of the stream; handled entries come again, so handlers must tolerate
 *   repeats. A group that was destroyed is left to its destroyer for some seconds.
 */
export function createConsumer(parts: ConsumerParts): Consumer {
  const { redis, connect, keys, consumer, log, onLost } = parts;
  const settings = { ...consumerDefaults, ...parts.settings };
  const names = { stream: keys.events, dlq: keys.dlq, lost: keys.lost, group: parts.group, consumer };
  const group = createGroup(redis, { ...names, dead: keys.dead(parts.group) }, settings.grace);
  const hands = createHands({
    ...{ stream: keys.events, group, groupName: parts.group, handle: parts.handle, settings, log },
    redrives: parts.redrives,
    onChange: () => wake(),
    onGroupMissing: () => (groupMissing = true),
  });
  let client: ReturnType<ConsumerParts['connect']> | undefined;
  let state: 'up' | 'down' = 'down';
  let running: Promise<void> | undefined;
  let stopping = false;
  let groupMissing = true;
  let reconnects = 0;
  let groupsLost = 0;
  let atStart = true;
  let wake = () => {};

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(() => wake(), ms);
      wake = () => {
        clearTimeout(timer);
        wake = () => {};
        resolve();
      };
    });

  /** Creates the group if it is missing. */
  async function ensureGroup(): Promise<void> {
    if (!atStart && !(await group.streamIsLost())) await awaitRecreation();
    const { created, streamWasLost } = await group.ensure();
    const wasAtStart = atStart;
    groupMissing = false;
    atStart = false;
    if (!wasAtStart) groupsLost += 1;
    if (!created && wasAtStart) return;
    const lost = { group: parts.group, streamLost: streamWasLost, atStart: wasAtStart };
    log[wasAtStart ? 'info' : 'warn'](
      lost,
      'consumer group was missing: created it at the start of the stream; handled entries come again',
    );
    onLost?.(lost);
  }

  /** Whoever destroyed the group may be about to create it, which would fail if we were first. */
  async function awaitRecreation(): Promise<void> {
    const end = Date.now() + settings.groupGrace;
    while (!stopping && Date.now() < end) {
      if (await group.exists()) return;
      await pause(Math.min(100, settings.groupGrace));
    }
  }

  /** Takes entries that were delivered to this consumer before and are not acknowledged. */
  async function takeOwn(): Promise<void> {
    for await (const { id, deliveries } of group.pending()) {
      if (hands.size >= 2 * settings.inHand) break; // the rest at the next round
      hands.addDelivered(id, deliveries);
    }
    hands.fill();
  }

  async function takeIdle(): Promise<void> {
    const { claimed, deleted } = await group.claimIdle(settings.minIdle);
    hands.counts.claimed += claimed;
    if (deleted.length > 0) hands.lose(deleted);
    if (claimed > 0)
      log.info({ group: parts.group, claimed }, 'took over entries of a consumer that gave no sign of life');
    await takeOwn();
  }

  type Client = NonNullable<typeof client>;

  const readThere = (redis: Client, most: number) =>
    within(readGroup(redis, keys.events, { group: parts.group, consumer, most }), settings.grace);

  /** Entries that are there; without any, waits for one: a reply of several would have no bound. */
  const readNext = async (redis: Client, most: number): ReturnType<typeof readThere> => {
    const there = await readThere(redis, most);
    if (there.length > 0) return there;
    const reply = await within(
      redis.xreadgroupBuffer(
        ...(['GROUP', parts.group, consumer, 'COUNT', 1, 'BLOCK', settings.block] as const),
        ...(['STREAMS', keys.events, '>'] as const),
      ),
      settings.block + settings.grace,
    );
    return (reply?.[0]?.[1] ?? []).map(([id, fields]) => [id, weighed(fields ?? [])]);
  };

  async function maintain(since: number): Promise<number> {
    if (groupMissing) await ensureGroup();
    if (Date.now() - since < settings.minIdle / 2) return since;
    if (since === 0) await takeOwn();
    await takeIdle();
    return Date.now();
  }

  async function read(redis: Client): Promise<void> {
    await within(redis.connect(), settings.grace + 1_000);
    let ahead: ReturnType<typeof readThere> | undefined;
    for (let looked = 0; !stopping;) {
      try {
        if (!ahead) {
          looked = await maintain(looked);
          if (hands.queued >= settings.batch || hands.size >= settings.inHand || hands.bytes >= settings.inHandBytes) {
            await pause(settings.block);
            continue;
          }
        }
        state = 'up';
        const count = Math.min(settings.batch, settings.inHand - hands.size);
        const entries = await (ahead ?? readNext(redis, count));
        ahead = undefined;
        // a full read promises more: Redis prepares the next while this one is worked on
        if (entries.length === settings.batch && hands.size + 2 * settings.batch <= settings.inHand) {
          ahead = readThere(redis, settings.batch);
          ahead.catch(() => undefined);
        }
        hands.addFresh(entries);
      } catch (error) {
        ahead = undefined;
        if (!isAnswer(error)) throw error;
        if (isGroupMissing(error)) groupMissing = true;
        else {
          state = 'down';
          log.warn(
            { group: parts.group, error: String(error) },
            'Redis refuses the read of a consumer group; trying again',
          );
        }
        await pause(isGroupMissing(error) ? 10 : 500);
      }
    }
  }

  async function run(): Promise<void> {
    for (let failures = 0; !stopping;) {
      client = connect();
      const connected = Date.now();
      try {
        await read(client);
      } catch (error) {
        if (!stopping)
          log.warn(
            { group: parts.group, error: String(error) },
            'consumer lost its connection to Redis; connecting again',
          );
      }
      state = 'down';
      client.disconnect();
      if (stopping) return;
      reconnects += 1;
      failures = Date.now() - connected > 10_000 ? 0 : failures + 1;
      await pause(Math.min(50 * 2 ** Math.min(failures, 5), 1_000));
    }
  }

  let beating: NodeJS.Timeout | undefined;
  const beat = () => {
    hands.heartbeat().catch((error: unknown) => {
      if (isGroupMissing(error)) groupMissing = true;
      else log.debug({ group: parts.group, error: String(error) }, 'heartbeat of the entries in hand failed');
    });
  };

  return {
    start() {
      beating ??= setInterval(beat, settings.minIdle / 3);
      running ??= run();
    },
    async stop() {
      if (stopping) return await running;
      stopping = true;
      wake();
      client?.disconnect();
      await running;
      const left = await hands.stop(settings.stopGrace);
      clearInterval(beating);
      try {
        // the last read may have been on its way: Redis then knows of entries that were never seen here
        const inHand = new Set(left.map(({ id }) => id));
        for await (const held of group.pending()) if (!inHand.has(held.id)) left.push(held);
        await group.leave(left);
      } catch (error) {
        if (!isGroupMissing(error))
          log.debug(
            { group: parts.group, error: String(error) },
            'consumer stopped without leaving its group: others take its entries over once they are idle',
          );
      }
    },
    state: () => state,
    stats: () => ({
      ...hands.counts,
      ...{ group: parts.group, state, in_hand: hands.size, reconnects, groups_lost: groupsLost },
    }),
  };
}
