import type { DeadLetter } from '../../../src/streams/dead-letter';
import {
  consumerOptions,
  createConsumer,
  type Consumer,
  type ConsumerParts,
  type EntryHandler,
} from '../../../src/streams/consumer';
import type { Redis } from '../../../src/redis/connection';
import { createKeys, type Keys } from '../../../src/redis/keys';
import { silent, type OwnRedis } from '../own-redis';
import { FAST } from './settings';

let streams = 0;

/** A stream of its own in a Redis, and consumers of it. */
export class Bench {
  readonly keys: Keys;
  readonly group = 'workers';
  private readonly made: Consumer[] = [];
  private consumers = 0;

  constructor(
    readonly server: OwnRedis,
    readonly redis: Redis,
  ) {
    const prefix = `c${++streams}`;
    this.keys = createKeys({ events: `${prefix}:events`, dlq: `${prefix}:dlq`, tasks: `${prefix}:tasks.dlq`, prefix });
  }

  /** A consumer that has started; `more` replaces parts. */
  consumer(handle: EntryHandler, more: Partial<ConsumerParts> = {}): Consumer {
    const consumer = more.consumer ?? `one-${++this.consumers}`;
    const made = createConsumer({
      redis: this.redis,
      connect: () => this.server.connect(`${this.keys.events}-reader`, consumerOptions),
      ...{ keys: this.keys, group: this.group, handle, log: silent },
      ...more,
      consumer,
      settings: { ...FAST, ...more.settings },
    });
    this.made.push(made);
    made.start();
    return made;
  }

  async add(...texts: (string | Buffer)[]): Promise<string[]> {
    const pipeline = this.redis.pipeline();
    for (const text of texts) pipeline.xadd(this.keys.events, '*', 'event', text);
    return ((await pipeline.exec()) ?? []).map(([error, id]) => {
      if (error) throw error;
      return id as string;
    });
  }

  async letters(): Promise<DeadLetter[]> {
    const entries = await this.redis.xrange(this.keys.dlq, '-', '+');
    return entries.map(([, fields]) => JSON.parse(fields[1] ?? '') as DeadLetter);
  }

  /** Entries that were delivered to the group and not acknowledged. */
  async pending(): Promise<number> {
    return Number(((await this.redis.xpending(this.keys.events, this.group)) as [number])[0]);
  }

  async settled(): Promise<boolean> {
    const groups = (await this.redis.xinfo('GROUPS', this.keys.events)) as unknown[][];
    const info = groups.map((flat) => Object.fromEntries(pairs(flat))).find(({ name }) => name === this.group);
    const [last] = await this.redis.xrevrange(this.keys.events, '+', '-', 'COUNT', 1);
    return info?.['pending'] === 0 && (last === undefined || info['last-delivered-id'] === last[0]);
  }

  async stop(): Promise<void> {
    await Promise.all(this.made.map((consumer) => consumer.stop()));
  }
}

const pairs = (flat: unknown[]): [string, unknown][] =>
  Array.from({ length: flat.length / 2 }, (_, i) => [String(flat[2 * i]), flat[2 * i + 1]]);
