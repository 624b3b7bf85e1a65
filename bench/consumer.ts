/** The consumer with validation and deduplication, against bare XREADGROUP and XACK of the same entries. */
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { createEventValidator } from '../src/contracts/validators';
import { parseForeignEvent } from '../src/contracts/foreign';
import { createRedis, waitForRedis, type Redis } from '../src/redis/connection';
import { createKeys, type Keys } from '../src/redis/keys';
import { consumerOptions, createConsumer, Refused } from '../src/streams/consumer';
import { createHandled } from '../src/streams/handled';
import { median, spread } from './numbers';

export interface ConsumerMeasurement {
  entries: number;
  /** entries per second, the median of the rounds */
  bare: number;
  consumer: number;
  /** the median of the rounds' ratios; the bar is 0.4 */
  ratio: number;
  /** the smallest and the largest ratio of a round */
  spread: [number, number];
}

/** Entries that one read may give, to both. */
const BATCH = 500;

/** Measures rounds of both in turn on the Redis at `url`; the streams are removed after each. */
export async function measureConsumer(
  url: string,
  { entries = 50_000, rounds = 5 } = {},
): Promise<ConsumerMeasurement> {
  const log = pino({ level: 'silent' });
  const redis = createRedis({ url, name: 'bench', log }, { commandTimeout: 60_000, socketTimeout: undefined });
  if (!(await waitForRedis(redis, 5_000))) throw new Error(`no Redis at ${url}`);
  const results: { bare: number; consumer: number }[] = [];
  try {
    for (let round = 0; round <= rounds; round++) {
      const run = {
        bare: () => onStream(redis, entries, (keys) => bare(redis, keys, entries)),
        consumer: () => onStream(redis, entries, (keys) => withConsumer(url, redis, keys, entries)),
      };
      const result = { bare: 0, consumer: 0 };
      // the order alternates, so that neither always finds a tidier Redis
      for (const who of round % 2 === 0 ? (['bare', 'consumer'] as const) : (['consumer', 'bare'] as const))
        result[who] = await run[who]();
      if (round > 0) results.push(result); // the first warms up
    }
  } finally {
    redis.disconnect();
  }
  const ratios = results.map((result) => result.consumer / result.bare);
  return {
    entries,
    bare: median(results.map((result) => result.bare)),
    consumer: median(results.map((result) => result.consumer)),
    ratio: median(ratios),
    spread: spread(ratios),
  };
}

async function onStream(redis: Redis, entries: number, run: (keys: Keys) => Promise<number>): Promise<number> {
  const prefix = `bench-${randomUUID()}`;
  const keys = createKeys({ events: `${prefix}:events`, dlq: `${prefix}:dlq`, tasks: `${prefix}:tasks.dlq`, prefix });
  await redis.xgroup('CREATE', keys.events, 'bench', '0', 'MKSTREAM');
  for (let i = 0; i < entries; i += 1_000) {
    const pipeline = redis.pipeline();
    for (let k = i; k < Math.min(entries, i + 1_000); k++) pipeline.xadd(keys.events, '*', 'event', event(k));
    await pipeline.exec();
  }
  try {
    return entries / ((await run(keys)) / 1_000);
  } finally {
    let cursor = '0';
    do {
      const [next, found] = await redis.scan(cursor, 'MATCH', `${prefix}:*`, 'COUNT', 5_000);
      if (found.length > 0) await redis.unlink(...found);
      cursor = next;
    } while (cursor !== '0');
  }
}

const event = (i: number) =>
  JSON.stringify({
    event_id: `bench-${i}`,
    event_type: 'WORK.ITEM_DISPATCHED',
    schema_version: 1,
    source: 'bench',
    occurred_at: '2026-01-05T08:00:00.000Z',
    correlation_id: 'bench',
    payload: { project_id: 'P-1', backlog_item_id: 'cost', item_type: 'AGENT_TASK', agent_target: 'cost_worker' },
  });

/** Milliseconds. */
async function bare(redis: Redis, keys: Keys, entries: number): Promise<number> {
  const started = performance.now();
  for (let done = 0; done < entries;) {
    const reply = (await redis.xreadgroup(
      ...(['GROUP', 'bench', 'one', 'COUNT', BATCH, 'STREAMS', keys.events, '>'] as const),
    )) as [string, [string, string[]][]][] | null;
    const ids = (reply?.[0]?.[1] ?? []).map(([id]) => id);
    done += await redis.xack(keys.events, 'bench', ...ids);
  }
  return performance.now() - started;
}

/** Milliseconds until all entries are handled and acknowledged. */
async function withConsumer(url: string, redis: Redis, keys: Keys, entries: number): Promise<number> {
  const log = pino({ level: 'silent' });
  const validator = createEventValidator();
  const handled = createHandled(redis, keys, 'bench');
  const seen = { count: 0 };
  const consumer = createConsumer({
    ...{ redis, keys, log, group: 'bench', consumer: 'one' },
    connect: () => createRedis({ url, name: 'bench-reader', log }, consumerOptions),
    async handle({ raw, id }) {
      const checked = parseForeignEvent(raw ?? '', id, validator);
      if (!checked.ok) throw new Refused(checked.stage, 'contract.breach', 'broken', checked.errors);
      if (await handled.has(checked.value.event_id)) return;
      seen.count += 1;
      handled.add(checked.value.event_id);
    },
    // twice as many handlers as entries in a read: one read is parsed while the last one's wait for Redis
    settings: { batch: BATCH, parallel: 2 * BATCH, inHand: 4 * BATCH },
  });
  const started = performance.now();
  consumer.start();
  while (consumer.stats().handled < entries || consumer.stats().in_hand > 0)
    await new Promise((resolve) => setTimeout(resolve, 2));
  const took = performance.now() - started;
  await consumer.stop();
  if (seen.count !== entries) throw new Error(`${seen.count} of ${entries} entries were handled`);
  return took;
}
