import type { Redis } from 'ioredis';
import type { Logger } from '../logging';
import { gateOf, type GatePort, type RedisGate } from '../redis/gate';
import type { Keys } from '../redis/keys';

/** The progress of a consumer group. Ages are seconds since an entry came into the stream. */
export interface GroupState {
  group: string;
  /** entries not yet delivered; null if Redis cannot tell (somebody has deleted entries) */
  lag: number | null;
  /** entries delivered and not acknowledged */
  pending: number;
  oldest_pending_seconds: number | null;
  /** the highest delivery count among the oldest pending entries */
  deliveries: number;
  consumers: number;
  /** entries trimmed before the group had handled them, since Redis was last empty */
  lost: number;
}

/** The contents of the streams, and their readers. */
export interface StreamsState {
  events: number;
  groups: GroupState[];
  dlq: { entries: number; oldest_seconds: number | null };
}

export interface StreamsStateReader {
  /** Answers within 1.5 s; undefined while Redis is away or refuses. Never fails. */
  read(): Promise<StreamsState | undefined>;
}

/** The part of a connection that reading uses. */
export type StreamsStatePort = Pick<Redis, 'xinfo' | 'xlen' | 'xpending' | 'xrange' | 'time' | 'hgetall'> & GatePort;

/** Groups reported. Anybody who can write to Redis can create some, and a metric's label must stay bounded. */
const MOST_GROUPS = 50;

/** Pending entries examined per group. */
const LOOK_AT = 100;

/** Reads the state of the streams, for metrics, health and people. Simultaneous callers share one read. */
export function createStreamsState(parts: {
  redis: StreamsStatePort;
  keys: Pick<Keys, 'events' | 'dlq' | 'lost'>;
  log: Logger;
  gate?: RedisGate;
}): StreamsStateReader {
  const { redis, keys, log } = parts;
  const gate = parts.gate ?? gateOf(redis, log);

  async function readGroup(
    fields: Map<string, unknown>,
    lost: Record<string, string>,
    now: number,
  ): Promise<GroupState> {
    const name = String(fields.get('name'));
    const pending = Number(fields.get('pending'));
    const oldest =
      pending === 0 ? [] : ((await redis.xpending(keys.events, name, '-', '+', LOOK_AT)) as PendingEntry[]);
    const lag = fields.get('lag');
    return {
      group: name,
      lag: lag === null || lag === undefined ? null : Number(lag),
      pending,
      oldest_pending_seconds: oldest[0] ? age(oldest[0][0], now) : null,
      deliveries: Math.max(0, ...oldest.map(([, , , deliveries]) => Number(deliveries))),
      consumers: Number(fields.get('consumers')),
      lost: Number(lost[name] ?? 0),
    };
  }

  async function readStreams(): Promise<StreamsState> {
    const [[seconds, micros], events, dlq, [first], lost, groups] = await Promise.all([
      redis.time(),
      redis.xlen(keys.events),
      redis.xlen(keys.dlq),
      redis.xrange(keys.dlq, '-', '+', 'COUNT', 1),
      redis.hgetall(keys.lost),
      redis.xinfo('GROUPS', keys.events).catch(noStream) as Promise<unknown[][]>,
    ]);
    const now = Number(seconds) * 1_000 + Number(micros) / 1_000;
    const known = groups.slice(0, MOST_GROUPS).map(fieldsOf);
    return {
      events,
      groups: await Promise.all(known.map((fields) => readGroup(fields, lost, now))),
      dlq: { entries: dlq, oldest_seconds: first ? age(first[0], now) : null },
    };
  }

  let running: Promise<StreamsState | undefined> | undefined;
  return {
    read() {
      running ??= gate
        .run(readStreams)
        .catch((error: unknown) => {
          log.debug({ error: String(error) }, 'the state of the streams cannot be read');
          return undefined;
        })
        .finally(() => (running = undefined));
      return running;
    },
  };
}

/** id, consumer, milliseconds idle, deliveries */
type PendingEntry = [string, string, number, number];

/** A stream that does not exist yet has no groups. */
function noStream(error: unknown): unknown[][] {
  if (error instanceof Error && error.message.includes('no such key')) return [];
  throw error;
}

function fieldsOf(flat: unknown[]): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (let i = 0; i + 1 < flat.length; i += 2) fields.set(String(flat[i]), flat[i + 1]);
  return fields;
}

/** The age of an entry by its id. Users may choose ids, even of tomorrow. */
const age = (id: string, now: number): number => Math.max(0, (now - Number(id.split('-')[0])) / 1_000);
