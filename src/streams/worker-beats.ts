import type { Redis } from 'ioredis';
import { queueClasses, type QueueClass } from '../../schemas/queues';
import type { Logger } from '../logging';
import { gateOf } from '../redis/gate';
import type { Keys } from '../redis/keys';
import { runScript, script } from '../redis/script';

/** Milliseconds between two beats of a worker. */
const EVERY = 2_000;

/** Milliseconds without a beat after which a worker counts as dead. */
const DEAD_AFTER = 7_000;

/** Milliseconds that the dead are remembered: by then Temporal has forgotten them too. */
const REMEMBERED = 75_000;

/**
 * Beats of workers. Temporal takes over a minute to forget a worker that was killed; who is asked whether requests are
 * processed must know sooner. Kept in Redis alone: while it is away, only Temporal tells.
 */
export interface WorkerBeats {
  start(): void;
  /** Says that this worker polls no more. Never fails. */
  stop(): Promise<void>;
}

/** Sets, by the clock of Redis, until when the given members count as alive, and drops those long dead. */
const BEAT = script(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for i = 3, #ARGV do redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[i]) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[1] + ARGV[2])
return now`);

interface BeatParts {
  redis: Redis;
  keys: Pick<Keys, 'workers'>;
  workerId: string;
  queues: readonly QueueClass[];
  log: Logger;
}

export function createWorkerBeats({ redis, keys, workerId, queues, log }: BeatParts): WorkerBeats {
  const gate = gateOf(redis, log);
  const members = queues.map((queue) => `${queue}|${workerId}`);
  const beat = async (aliveFor: number) => {
    await gate
      .run(() => runScript(redis, BEAT, [keys.workers], [aliveFor, REMEMBERED, ...members]))
      .catch((error: unknown) => log.debug({ error: String(error) }, 'a beat of this worker is lost'));
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    start() {
      void beat(DEAD_AFTER);
      timer = setInterval(() => void beat(DEAD_AFTER), EVERY).unref();
    },
    async stop() {
      clearInterval(timer);
      await beat(0);
    },
  };
}

/** The queues whose workers have all died lately; none while Redis is away. */
export async function readDeserted(redis: Redis, keys: Pick<Keys, 'workers'>): Promise<ReadonlySet<QueueClass>> {
  try {
    const [[seconds = 0, micros = 0], members] = await Promise.all([
      redis.time() as Promise<[number, number]>,
      redis.zrange(keys.workers, '0', '-1', 'WITHSCORES'),
    ]);
    const now = Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
    const beats = members.flatMap((member, i) =>
      i % 2 === 0 ? [{ queue: member.split('|', 1)[0], alive: Number(members[i + 1]) > now }] : [],
    );
    const deserted = (queue: QueueClass) => {
      const own = beats.filter((one) => one.queue === queue);
      return own.length > 0 && !own.some(({ alive }) => alive);
    };
    return new Set(queueClasses.filter(deserted));
  } catch {
    return new Set();
  }
}
