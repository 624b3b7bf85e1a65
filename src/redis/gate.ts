import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import type { Redis } from 'ioredis';
import type { Logger } from '../logging';
import { COMMAND_TIMEOUT } from './connection';
import { RedisUnavailable, redisError } from './errors';

/** The part of a connection that the gate uses. */
export type GatePort = Pick<Redis, 'ping' | 'status'>;

export interface GateSettings {
  /** consecutive failures after which Redis counts as away */
  failures: number;
  /** milliseconds between two checks whether it is back */
  halfOpenAfter: number;
  /** milliseconds that a call may take */
  timeLimit: number;
}

/** Access to Redis for everything in a process that must not wait for it. */
export interface RedisGate {
  /**
   * Runs `call`; throws RedisUnavailable or RedisRefused, or the reason of `signal`. After the time limit the outcome
   * is unknown. While Redis is known to be away it fails at once, without a call.
   */
  run<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** false while Redis is known to be away */
  available(): boolean;
  state(): 'closed' | 'open' | 'half_open';
}

const DEFAULTS: GateSettings = { failures: 3, halfOpenAfter: 1_000, timeLimit: COMMAND_TIMEOUT };

const gates = new WeakMap<GatePort, RedisGate>();

/** The one gate of a connection, so that all its users share what is known about Redis. */
export function gateOf(redis: GatePort, log: Logger): RedisGate {
  const gate = gates.get(redis) ?? createGate(redis, log);
  gates.set(redis, gate);
  return gate;
}

/**
 * A circuit breaker and a time limit. Only silence opens the breaker (no connection, no answer in time): an error
 * comes fast enough to be worth another call. A PING apart from the calls finds out that Redis is back, so that no
 * call has to be the one that tries and waits.
 */
export function createGate(redis: GatePort, log: Logger, settings: Partial<GateSettings> = {}): RedisGate {
  const { failures, halfOpenAfter, timeLimit } = { ...DEFAULTS, ...settings };
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof RedisUnavailable && error.away),
    { halfOpenAfter, breaker: new ConsecutiveBreaker(failures) },
  );
  const attempt = async <T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
    try {
      return await withinTime(call(), timeLimit, signal);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw redisError(error);
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const watch = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (redis.status === 'end') return;
      const watchOn = () => (breaker.state === CircuitState.Closed ? undefined : watch());
      breaker.execute(() => attempt(() => redis.ping())).then(watchOn, watchOn);
    }, halfOpenAfter + 5).unref();
  };
  breaker.onBreak(watch);
  let away = false;
  breaker.onStateChange((state) => {
    if (state === CircuitState.Open && !away)
      log.warn('Redis is away: calls to it fail at once until a PING is answered');
    if (state === CircuitState.Closed) log.info('Redis is back');
    away = state !== CircuitState.Closed;
  });

  return {
    async run(call, signal) {
      signal?.throwIfAborted();
      if (breaker.state !== CircuitState.Closed) throw new RedisUnavailable('Redis is known to be away', true);
      return breaker.execute(() => attempt(call, signal));
    },
    available: () => breaker.state === CircuitState.Closed && redis.status === 'ready',
    state: () =>
      breaker.state === CircuitState.Closed ? 'closed' : breaker.state === CircuitState.HalfOpen ? 'half_open' : 'open',
  };
}

/** Settles as the promise does, or fails after `ms` or on abort; the promise itself goes on. */
function withinTime<T>(promise: Promise<T>, ms: number, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal?.reason as Error);
    const timer = setTimeout(() => reject(new RedisUnavailable(`no answer from Redis within ${ms} ms`, true)), ms);
    signal?.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    });
  });
}
