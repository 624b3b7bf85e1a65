import type { Redis } from 'ioredis';
import { runScript, script } from '../redis/script';

/** Milliseconds after which the lock of a dead rebuild is free. */
const TTL = 30_000;

/** KEYS: lock. ARGV: owner, milliseconds. Returns 1 if the lock is the owner's, for that time from now on. */
const TAKE = script(`
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
`);

/** KEYS: lock. ARGV: owner. */
const RELEASE = script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`);

/**
 * One rebuild at a time. The lock only saves work; preventing duplicates without it (it is lost with the stream) is the
 * job of the scripts that publish.
 */
export function createLock(redis: Redis, key: string) {
  return {
    take: async (owner: string): Promise<boolean> => (await runScript(redis, TAKE, [key], [owner, TTL])) === 1,
    release: async (owner: string): Promise<void> => void (await runScript(redis, RELEASE, [key], [owner])),
    /** Runs `work` while renewing the owner's lock. */
    async during<T>(owner: string, work: () => Promise<T>): Promise<T> {
      const renew = () => void runScript(redis, TAKE, [key], [owner, TTL]).catch(() => undefined);
      const timer = setInterval(renew, TTL / 3);
      try {
        return await work();
      } finally {
        clearInterval(timer);
      }
    },
  };
}
