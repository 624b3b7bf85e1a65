import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from '../logging';

export type { Redis };

/** The address of Redis, and the name of the connection in its client list. `rediss://` means TLS. */
export interface RedisTarget {
  url: string;
  /** used if the URL holds none */
  password?: string | undefined;
  name: string;
  log: Logger;
}

/** Milliseconds after which a command without an answer has failed; its outcome is then unknown. */
export const COMMAND_TIMEOUT = 1_500;

/**
 * A connection that fails fast and never retries: Temporal does, and only what may be repeated.
 * - RESP2, so that replies have one shape whatever the server and ioredis agree on.
 * - A command fails at once while there is no connection, and at the end of a connection if it was on its way.
 *   `maxRetriesPerRequest: 0` sees to the latter: without it and without resending, such commands stay pending.
 * - A socket that owes an answer for 5 s is replaced: a time limit on a command alone leaves a dead one in use.
 */
export function createRedis(target: RedisTarget, options: RedisOptions = {}): Redis {
  const url = new URL(target.url);
  const redis = new Redis(target.url, {
    ...(target.password !== undefined && url.password === '' ? { password: target.password } : {}),
    connectionName: target.name,
    protocol: 2,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    commandTimeout: COMMAND_TIMEOUT,
    connectTimeout: 2_000,
    // Closing a broken connection takes this long, and keeps the process alive meanwhile.
    disconnectTimeout: 250,
    socketTimeout: 5_000,
    retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 5), 1_000),
    maxLoadingRetryTime: 500,
    ...options,
  });
  let last = '';
  redis.on('ready', () => {
    last = '';
    target.log.debug({ redis: target.name }, 'connected to Redis');
  });
  redis.on('error', (error: Error) => {
    // While Redis is away every attempt to connect fails with the same error: logged once.
    if (error.message === last) return;
    last = error.message;
    target.log.warn({ redis: target.name, error: error.message }, 'connection to Redis failed; trying again');
  });
  return redis;
}

/** Waits until the connection can be used; false if it cannot within `ms`. */
export function waitForRedis(redis: Redis, ms: number): Promise<boolean> {
  if (redis.status === 'ready') return Promise.resolve(true);
  return new Promise((resolve) => {
    const done = (ready: boolean) => {
      clearTimeout(timer);
      redis.off('ready', onReady);
      resolve(ready);
    };
    const onReady = () => done(true);
    const timer = setTimeout(() => done(false), ms);
    redis.on('ready', onReady);
  });
}
