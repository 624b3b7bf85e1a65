import type { Redis } from 'ioredis';
import type { Logger } from '../logging';
import { gateOf, type GatePort, type RedisGate } from '../redis/gate';
import type { Keys } from '../redis/keys';

/** How far a consumer group is. Ages are seconds since an entry came into the stream. */
export interface GroupState {
  group: string;
  /** entries that were never delivered to it; null where Redis can not tell (somebody has deleted entries) */
  lag: number | null;
  /** entries that were delivered and not acknowledged */
  pending: number;
  oldest_pending_seconds: number | null;
  /** how often the entry was delivered that was delivered most, of the oldest pending ones */
  deliveries: number;
  consumers: number;
  /** entries that were cut off the stream before it had handled them, since Redis was last empty */
  lost: number;
}

/** What the streams hold, and who reads them. */
export interface StreamsState {
  events: number;
  groups: GroupState[];
  dlq: { entries: number; oldest_seconds: number | null };
}

export interface StreamsStateReader {
  /** Answers within 1.5 s; undefined while Redis is away or does not tell. Never fails. */
  read(): Promise<StreamsState | undefined>;
}

/** What reading needs of a connection. */
export type StreamsStatePort = Pick<Redis, 'xinfo' | 'xlen' | 'xpending' | 'xrange' | 'time' | 'hgetall'> & GatePort;

/** Anybody who can write to Redis can make groups, and a label of a metric must not grow without bound. */
const MOST_GROUPS = 50;

/** Pending entries of a group that are looked at. */
const LOOK_AT = 100;

/** Reads how the streams are, for metrics, health and people. Those who ask at the same time share one look. */
export function createStreamsState(parts: {
  redis: StreamsStatePort;
  keys: Pick<Keys, 'events' | 'dlq' | 'lost'>;
  log: Logger;
  gate?: RedisGate;
}): StreamsStateReader {
  const { redis, keys, log } = parts;
  const gate = parts.gate ?? gateOf(redis, log);

  async function group(fields: Map<string, unknown>, lost: Record<string, string>, now: number): Promise<GroupState> {
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

  async function look(): Promise<StreamsState> {
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
      groups: await Promise.all(known.map((fields) => group(fields, lost, now))),
      dlq: { entries: dlq, oldest_seconds: first ? age(first[0], now) : null },
    };
  }

  let running: Promise<StreamsState | undefined> | undefined;
  return {
    read() {
      running ??= gate
        .run(look)
        .catch((error: unknown) => {
          log.debug({ error: String(error) }, 'the state of the streams can not be read');
          return undefined;
        })
        .finally(() => (running = undefined));
      return running;
    },
  };
}

/** id, consumer, milliseconds idle, deliveries */
type PendingEntry = [string, string, number, number];

/** A stream that is not there yet has no groups. */
function noStream(error: unknown): unknown[][] {
  if (error instanceof Error && error.message.includes('no such key')) return [];
  throw error;
}

function fieldsOf(flat: unknown[]): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (let i = 0; i + 1 < flat.length; i += 2) fields.set(String(flat[i]), flat[i + 1]);
  return fields;
}

/** The age of an entry by its id. Users may give ids of their own, also of tomorrow. */
const age = (id: string, now: number): number => Math.max(0, (now - Number(id.split('-')[0])) / 1_000);
