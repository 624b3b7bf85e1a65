import type { Redis } from 'ioredis';
import type { AgentHealth, AgentTotals } from '../../schemas/agent';
import type { Logger } from '../logging';
import { gateOf } from '../redis/gate';
import type { Keys } from '../redis/keys';

/** A report as read back. */
export interface AgentState extends AgentHealth {
  agent: string;
  worker: string;
  reported_at: string;
}

/** The health of agents; kept in Redis alone. Reports count as long as they are refreshed, what they add up to longer. */
export interface AgentStates {
  /** Reports the health of an agent. Returns at once and never fails; while Redis is away the report is lost. */
  report(agent: string, report: AgentHealth): void;
  /** The health that an agent had last in a process of this host; undefined if there is none, or Redis is away. */
  left(agent: string): Promise<AgentHealth | undefined>;
}

export interface AgentStateParts {
  redis: Redis;
  keys: Keys;
  ttlSeconds: number;
  workerId: string;
  /** by which a process finds what the one before it has left */
  host: string;
  log: Logger;
}

/** Seconds for which the last health of an agent, and its totals, outlive the last worker that had it. */
export const KEPT_SECONDS = 7 * 86_400;

const counters = ['calls', 'failures', 'successes', 'busy_ms'] as const satisfies (keyof AgentTotals)[];

export function createAgentState({ redis, keys, ttlSeconds, workerId, host, log }: AgentStateParts): AgentStates {
  const gate = gateOf(redis, log);
  /** Agents with a report on its way, and the newest since: a slow Redis leaves one waiting, not thousands. */
  const waiting = new Map<string, AgentState | undefined>();
  /** Counts of each agent that are in its totals already. */
  const counted = new Map<string, AgentHealth>();

  const write = async (state: AgentState): Promise<void> => {
    const { agent, worker: _, reported_at: __, ...health } = state;
    const [key, totals, now] = [keys.agent(agent, workerId), keys.agentTotals(agent), Date.now()];
    const before = counted.get(agent);
    await gate.run(async () => {
      const batch = redis
        .multi()
        .del(key)
        .hset(key, toFields(state))
        .expire(key, ttlSeconds)
        .zadd(keys.agents, now + ttlSeconds * 1000, key)
        .zremrangebyscore(keys.agents, '-inf', String(now))
        .set(keys.agentLeft(agent, host), JSON.stringify(health), 'EX', KEPT_SECONDS);
      for (const name of counters) batch.hincrby(totals, name, health[name] - (before?.[name] ?? 0));
      const results = await batch.expire(totals, KEPT_SECONDS).exec();
      const failed = results?.find(([error]) => error)?.[0];
      if (failed) throw failed;
    });
    counted.set(agent, health);
  };

  const send = (state: AgentState) => {
    waiting.set(state.agent, undefined);
    write(state)
      .catch((error: unknown) =>
        log.debug(
          { agent: state.agent, error: String(error) },
          'the report of an agent is lost; the next one replaces it',
        ),
      )
      .finally(() => {
        const next = waiting.get(state.agent);
        waiting.delete(state.agent);
        if (next) send(next);
      });
  };

  return {
    report(agent, report) {
      const state = { ...report, agent, worker: workerId, reported_at: new Date().toISOString() };
      if (waiting.has(agent)) waiting.set(agent, state);
      else send(state);
    },
    async left(agent) {
      try {
        const text = await gate.run(() => redis.get(keys.agentLeft(agent, host)));
        return text === null ? undefined : (JSON.parse(text) as AgentHealth);
      } catch (error) {
        log.warn({ agent, error: String(error) }, 'the health that an agent had before the restart cannot be read');
        return undefined;
      }
    },
  };
}

/** The reports of all workers that are not over, by agent and worker. */
export async function readAgentStates(redis: Redis, keys: Keys): Promise<AgentState[]> {
  const names = await redis.zrange(keys.agents, String(Date.now()), '+inf', 'BYSCORE');
  const hashes = await Promise.all(names.map((name) => redis.hgetall(name)));
  return hashes
    .flatMap((hash) => (hash.agent === undefined ? [] : [fromFields(hash)]))
    .sort((a, b) => a.agent.localeCompare(b.agent) || a.worker.localeCompare(b.worker));
}

/** The fields of a hash, which holds strings only: unknown values are left out. */
function toFields(state: AgentState): Record<string, string> {
  const known = Object.entries(state).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(known.map(([name, value]) => [name, String(value)]));
}

function fromFields(hash: Record<string, string>): AgentState {
  const text = hash as Record<keyof AgentState, string>;
  const { calls, failures, successes, busy_ms, average_ms } = countsOf(hash);
  return {
    ...text,
    ...{ calls, failures, successes, busy_ms, average_ms },
    status: text.status as AgentState['status'],
    breaker: text.breaker as AgentState['breaker'],
  };
}

/** Counts of a hash, and the mean time of what succeeded. */
export function countsOf(hash: Record<string, string>): AgentTotals {
  const [calls = 0, failures = 0, successes = 0, busy_ms = 0] = counters.map((name) => Number(hash[name] ?? 0));
  const average_ms = successes > 0 ? Math.round(busy_ms / successes) : undefined;
  return { calls, failures, successes, busy_ms, average_ms };
}
