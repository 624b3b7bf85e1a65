import type { Redis } from 'ioredis';
import type { AgentHealth } from '../../schemas/agent';
import type { Logger } from '../logging';
import { gateOf } from '../redis/gate';
import type { Keys } from '../redis/keys';

/** A report as read back. */
export interface AgentState extends AgentHealth {
  agent: string;
  worker: string;
  reported_at: string;
}

/** The health of agents, for people; kept in Redis alone, and only as long as it is refreshed. */
export interface AgentStates {
  /** Reports the health of an agent. Returns at once and never fails; while Redis is away the report is lost. */
  report(agent: string, report: AgentHealth): void;
  /** The agents of all workers, by name; undefined while Redis is away. */
  list(): Promise<AgentState[] | undefined>;
}

export interface AgentStateParts {
  redis: Redis;
  keys: Keys;
  ttlSeconds: number;
  workerId: string;
  log: Logger;
}

export function createAgentState({ redis, keys, ttlSeconds, workerId, log }: AgentStateParts): AgentStates {
  const gate = gateOf(redis, log);
  /** Agents with a report on its way, and the newest since: a slow Redis leaves one waiting, not thousands. */
  const waiting = new Map<string, AgentState | undefined>();

  const write = async (state: AgentState): Promise<void> => {
    const key = keys.agent(state.agent, workerId);
    await gate.run(async () => {
      const results = await redis
        .multi()
        .del(key)
        .hset(key, toFields(state))
        .expire(key, ttlSeconds)
        .zadd(keys.agents, Date.now() + ttlSeconds * 1000, key)
        .exec();
      const failed = results?.find(([error]) => error)?.[0];
      if (failed) throw failed;
    });
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
    async list() {
      try {
        return await gate.run(async () => {
          await redis.zremrangebyscore(keys.agents, '-inf', String(Date.now()));
          const names = await redis.zrange(keys.agents, '0', '-1');
          const hashes = await Promise.all(names.map((name) => redis.hgetall(name)));
          return hashes
            .flatMap((hash) => (hash.agent === undefined ? [] : [fromFields(hash)]))
            .sort((a, b) => a.agent.localeCompare(b.agent) || a.worker.localeCompare(b.worker));
        });
      } catch (error) {
        log.debug({ error: String(error) }, 'the state of the agents cannot be read');
        return undefined;
      }
    },
  };
}

/** The fields of a hash, which holds strings only: unknown values are left out. */
function toFields(state: AgentState): Record<string, string> {
  const known = Object.entries(state).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(known.map(([name, value]) => [name, String(value)]));
}

function fromFields(hash: Record<string, string>): AgentState {
  const text = hash as Record<keyof AgentState, string>;
  return {
    ...text,
    status: text.status as AgentState['status'],
    breaker: text.breaker as AgentState['breaker'],
    calls: Number(text.calls),
    failures: Number(text.failures),
    average_ms: hash['average_ms'] === undefined ? undefined : Number(hash['average_ms']),
  };
}
