import { UserError, type Config } from '../src/config';
import { createLogger } from '../src/logging';
import { createRedis, waitForRedis, type Redis } from '../src/redis/connection';
import { displayUrl } from '../src/local/redis';

/** Milliseconds that a command waits for Redis. */
const WAIT = 3_000;

/** Does work with a connection to Redis, and closes it. */
export async function withRedis<T>(config: Config, work: (redis: Redis) => Promise<T>): Promise<T> {
  const log = createLogger({ log: { level: 'silent' } }, 'cli');
  const redis = createRedis({ ...config.redis, name: `awe:${config.namespace}:cli`, log });
  try {
    if (!(await waitForRedis(redis, WAIT)))
      throw new UserError(`Redis does not answer at ${displayUrl(config.redis.url)}. Start it with "awe up".`);
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}
