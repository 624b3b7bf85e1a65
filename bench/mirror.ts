/** The mirror, with validation, against bare pipelined XADD of the same entries. */
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import type { PlatformEvent } from '../schemas/envelope';
import { createEventValidator } from '../src/contracts/validators';
import { createRedis, waitForRedis, type Redis } from '../src/redis/connection';
import { createKeys, type Keys } from '../src/redis/keys';
import { createMirror } from '../src/streams/mirror';
import { median, spread } from './numbers';

export interface MirrorMeasurement {
  entries: number;
  /** events of one run that are published at once, and entries of one pipeline */
  batch: number;
  /** entries per second, the median of the rounds */
  bare: number;
  mirror: number;
  /** the median of the rounds' ratios; the bar is 0.5 */
  ratio: number;
  /** the smallest and the largest ratio of a round */
  spread: [number, number];
}

/** Batches under way at a time, for both. */
const AT_ONCE = 4;

/** Measures rounds of both in turn on the Redis at `url`; the streams are removed after each. */
export async function measureMirror(
  url: string,
  { entries = 50_000, batch = 50, rounds = 5 } = {},
): Promise<MirrorMeasurement> {
  const log = pino({ level: 'silent' });
  const redis = createRedis({ url, name: 'bench', log });
  if (!(await waitForRedis(redis, 5_000))) throw new Error(`no Redis at ${url}`);
  const results: { bare: number; mirror: number }[] = [];
  try {
    for (let round = 0; round <= rounds; round++) {
      const batches = batchesOf(entries, batch);
      // the order alternates, so that neither always finds a tidier Redis
      const bareFirst = round % 2 === 0;
      const first = await onStream(redis, (keys) => (bareFirst ? bare : mirrored)(redis, keys, batches));
      const second = await onStream(redis, (keys) => (bareFirst ? mirrored : bare)(redis, keys, batches));
      const [bareMs, mirrorMs] = bareFirst ? [first, second] : [second, first];
      if (round > 0) results.push({ bare: entries / (bareMs / 1_000), mirror: entries / (mirrorMs / 1_000) });
    }
  } finally {
    redis.disconnect();
  }
  const ratios = results.map((result) => result.mirror / result.bare);
  return {
    entries,
    batch,
    bare: median(results.map((result) => result.bare)),
    mirror: median(results.map((result) => result.mirror)),
    ratio: median(ratios),
    spread: spread(ratios),
  };
}

interface Batch {
  run: string;
  events: PlatformEvent[];
  raws: string[];
}

/** Makes batches: 20 per run, the runs interleaved, as when many work at once. */
function batchesOf(entries: number, size: number): Batch[] {
  const runs = Math.max(1, Math.round(entries / size / 20));
  return Array.from({ length: Math.ceil(entries / size) }, (_, i) => {
    const run = `bench.run.${i % runs}`;
    const from = Math.floor(i / runs) * size;
    const length = Math.min(size, entries - i * size);
    const events = Array.from({ length }, (_, k) => eventOf(run, from + k + 1));
    return { run, events, raws: events.map((event) => JSON.stringify(event)) };
  });
}

const eventOf = (run: string, seq: number): PlatformEvent => ({
  event_id: randomUUID(),
  event_type: 'TASK.COMPLETED',
  schema_version: 1,
  source: 'awe',
  occurred_at: '2026-01-05T08:00:00.000Z',
  correlation_id: run,
  causation_id: null,
  subject: { kind: 'run', id: run },
  seq,
  payload: { run, step: 'fetch', round: 1, milliseconds: 412 },
});

/** Milliseconds. */
async function bare(redis: Redis, keys: Keys, batches: Batch[]): Promise<number> {
  return await timed(batches, async ({ raws }) => {
    const pipeline = redis.pipeline();
    for (const raw of raws) pipeline.xadd(keys.events, '*', 'event', raw);
    await pipeline.exec();
  });
}

/** Milliseconds. */
async function mirrored(redis: Redis, keys: Keys, batches: Batch[]): Promise<number> {
  const log = pino({ level: 'silent' });
  const mirror = createMirror({ redis, keys, validate: createEventValidator().validateOwn, log });
  let added = 0;
  const took = await timed(batches, async ({ run, events }) => {
    const published = await mirror.publish({ run, events });
    added += published.added;
  });
  const entries = batches.reduce((sum, { events }) => sum + events.length, 0);
  if (added !== entries || (await redis.xlen(keys.events)) !== entries)
    throw new Error(`${added} of ${entries} are in`);
  return took;
}

/** Times the work. The batches of a run stay in order, because one lane takes them all. */
async function timed(batches: Batch[], work: (batch: Batch) => Promise<void>): Promise<number> {
  const lanes = Array.from({ length: AT_ONCE }, (): Batch[] => []);
  const laneOf = new Map<string, number>();
  for (const batch of batches) {
    const lane = laneOf.get(batch.run) ?? laneOf.size % AT_ONCE;
    laneOf.set(batch.run, lane);
    lanes[lane]?.push(batch);
  }
  const started = performance.now();
  await Promise.all(
    lanes.map(async (lane) => {
      for (const batch of lane) await work(batch);
    }),
  );
  return performance.now() - started;
}

async function onStream(redis: Redis, run: (keys: Keys) => Promise<number>): Promise<number> {
  const prefix = `bench-${randomUUID()}`;
  const keys = createKeys({ events: `${prefix}:events`, dlq: `${prefix}:dlq`, tasks: `${prefix}:tasks.dlq`, prefix });
  try {
    return await run(keys);
  } finally {
    await redis.unlink(keys.events, keys.dlq, keys.mirror, keys.mirrorEnded, keys.epoch);
  }
}
