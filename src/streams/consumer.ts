import type { Redis } from 'ioredis';
import type { Logger } from '../logging';
import type { Keys } from '../redis/keys';
import { createGroup, isAnswer, isGroupMissing, within, type GroupRedis } from './consumer/group';
import { createHands, type HandParts } from './consumer/hands';
import type { EntryHandler } from './consumer/entry';
import type { Counts, HandSettings } from './consumer/settings';
import { readerOptions } from './reader';

export { NotNow, Refused, type Entry, type EntryHandler } from './consumer/entry';

/** Options of the connection that a consumer reads on. */
export const consumerOptions = readerOptions;

/**
 * Options of the connection for everything else. ioredis may take twice this time to replace a socket that is dead, if
 * another was reset just before, and reading goes on only when both connections are sound.
 */
export const commandOptions = { socketTimeout: 1_500 } as const;

/** Times are milliseconds. */
export interface ConsumerSettings extends HandSettings {
  /** that a read waits for new entries */
  block: number;
  /** beyond the block after which a read counts as hanging, and that any other command may take */
  grace: number;
  /** after which what another consumer has in hand, without a sign of life, is taken over */
  minIdle: number;
  /** that a group which somebody has destroyed is left to that somebody to create again */
  groupGrace: number;
  /** entries in one read */
  batch: number;
  /** entries in hand, those included that wait for their next attempt */
  inHand: number;
  /** that running handlers get when the consumer stops */
  stopGrace: number;
}

export const consumerDefaults: ConsumerSettings = {
  block: 2_000,
  grace: 1_000,
  minIdle: 30_000,
  groupGrace: 5_000,
  batch: 200,
  inHand: 1_000,
  stopGrace: 20_000,
  parallel: 16,
  attempts: 5,
  handlerLimit: 60_000,
  retryDelay: 200,
  retryDelayMax: 30_000,
};

/** A group that was not there, and is there again, at the start of what the stream holds. */
export interface GroupLost {
  group: string;
  /** the stream was not there either: Redis was flushed, or has lost what it had */
  streamLost: boolean;
  /** the consumer had just started, so the group may never have been */
  atStart: boolean;
}

export interface ConsumerParts {
  /** for everything but reading; may be shared by all consumers of a process */
  redis: GroupRedis;
  /** makes a connection to read on, with `consumerOptions` */
  connect: () => Pick<Redis, 'connect' | 'disconnect' | 'xreadgroupBuffer'>;
  keys: Pick<Keys, 'events' | 'dlq' | 'dead' | 'lost'>;
  group: string;
  /** one name for a process; a name that comes again finds what it had in hand */
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
  /** times that a connection to read on had to be made anew */
  reconnects: number;
  /** times that the group had to be made anew while it ran */
  groups_lost: number;
}

export interface Consumer {
  start(): void;
  /** Reads no more, lets running handlers end, acknowledges, and leaves the group. */
  stop(): Promise<void>;
  state(): 'up' | 'down';
  stats(): ConsumerStats;
}

/**
 * A consumer of a stream, in a group: every entry is handled at least once, whatever happens to Redis, to connections
 * and to other consumers, or goes to the dead letters.
 *
 * - It reads with finite blocks on a connection of its own and makes a new one when a read fails or hangs. After that,
 *   what Redis has given to it and it has never seen comes first, then what others have left idle. What is its own is
 *   found by XPENDING and not by `XREADGROUP … 0`, which would count each look as one more delivery.
 * - A missing group is made at the start of the stream; what was handled before comes again, so handlers must not
 *   mind. A group that was destroyed is left to its destroyer for some seconds.
 */
export function createConsumer(parts: ConsumerParts): Consumer {
  const { redis, connect, keys, consumer, log, onLost } = parts;
  const settings = { ...consumerDefaults, ...parts.settings };
  const names = { stream: keys.events, dlq: keys.dlq, lost: keys.lost, group: parts.group, consumer };
  const group = createGroup(redis, { ...names, dead: (id) => keys.dead(parts.group, id) }, settings.grace);
  const hands = createHands({
    ...{ stream: keys.events, group, groupName: parts.group, handle: parts.handle, settings, log },
    redrives: parts.redrives,
    changed: () => wake(),
    missing: () => (groupMissing = true),
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

  /** Sees to it that the group is there. */
  async function ensureGroup(): Promise<void> {
    if (!atStart && !(await group.streamIsLost())) await leaveToOthers();
    const { created, streamWasLost } = await group.ensure();
    const wasAtStart = atStart;
    groupMissing = false;
    atStart = false;
    if (!wasAtStart) groupsLost += 1;
    if (!created && wasAtStart) return;
    const lost = { group: parts.group, streamLost: streamWasLost, atStart: wasAtStart };
    log[wasAtStart ? 'info' : 'warn'](lost, 'the group begins at the start of what the stream holds');
    onLost?.(lost);
  }

  /** Whoever destroys a group may be about to create it; theirs would fail if ours were there first. */
  async function leaveToOthers(): Promise<void> {
    const end = Date.now() + settings.groupGrace;
    while (!stopping && Date.now() < end) {
      if (await group.exists()) return;
      await pause(Math.min(100, settings.groupGrace));
    }
  }

  /** What was delivered to this consumer before, and has no end yet. */
  async function takeOwn(): Promise<void> {
    for await (const { id, deliveries } of group.pending()) {
      if (hands.size >= 2 * settings.inHand) break; // the rest at the next look
      hands.delivered(id, deliveries);
    }
    hands.fill();
  }

  async function takeIdle(): Promise<void> {
    const { claimed, deleted } = await group.claimIdle(settings.minIdle);
    hands.counts.claimed += claimed;
    if (deleted.length > 0) hands.lose(deleted);
    if (claimed > 0) log.info({ group: parts.group, claimed }, 'entries of a consumer that is gone are taken over');
    await takeOwn();
  }

  type Client = NonNullable<typeof client>;

  const next = async (redis: Client, count: number) => {
    const reply = await within(
      redis.xreadgroupBuffer(
        ...(['GROUP', parts.group, consumer, 'COUNT', count, 'BLOCK', settings.block] as const),
        ...(['STREAMS', keys.events, '>'] as const),
      ),
      settings.block + settings.grace,
    );
    return reply?.[0]?.[1] ?? [];
  };

  async function lookAfter(since: number): Promise<number> {
    if (groupMissing) await ensureGroup();
    if (Date.now() - since < settings.minIdle / 2) return since;
    if (since === 0) await takeOwn();
    await takeIdle();
    return Date.now();
  }

  async function read(redis: Client): Promise<void> {
    await within(redis.connect(), settings.grace + 1_000);
    let ahead: ReturnType<typeof next> | undefined;
    for (let looked = 0; !stopping;) {
      try {
        if (!ahead) {
          looked = await lookAfter(looked);
          if (hands.queued >= settings.batch || hands.size >= settings.inHand) {
            await pause(settings.block);
            continue;
          }
        }
        state = 'up';
        const count = Math.min(settings.batch, settings.inHand - hands.size);
        const entries = await (ahead ?? next(redis, count));
        ahead = undefined;
        // while there is more than one read gives, Redis makes the next ready while this one is worked on
        if (entries.length === settings.batch && hands.size + 2 * settings.batch <= settings.inHand) {
          ahead = next(redis, settings.batch);
          ahead.catch(() => undefined);
        }
        hands.fresh(entries);
      } catch (error) {
        ahead = undefined;
        if (!isAnswer(error)) throw error;
        if (isGroupMissing(error)) groupMissing = true;
        else {
          state = 'down';
          log.warn({ group: parts.group, error: String(error) }, 'Redis does not let the consumer read');
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
        if (!stopping) log.warn({ group: parts.group, error: String(error) }, 'the consumer lost Redis');
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
      else log.debug({ group: parts.group, error: String(error) }, 'no heartbeat of the entries in hand');
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
        // the last read may have been on its way, so Redis knows of entries that were never seen here
        const inHand = new Set(left.map(({ id }) => id));
        for await (const held of group.pending()) if (!inHand.has(held.id)) left.push(held);
        await group.leave(left);
      } catch (error) {
        if (!isGroupMissing(error)) log.debug({ group: parts.group, error: String(error) }, 'the group was not told');
      }
    },
    state: () => state,
    stats: () => ({
      ...hands.counts,
      ...{ group: parts.group, state, in_hand: hands.size, reconnects, groups_lost: groupsLost },
    }),
  };
}
