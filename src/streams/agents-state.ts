import type { Redis } from 'ioredis';
import type { AgentHealth } from '../../schemas/agent';
import type { Logger } from '../logging';
import { gateOf } from '../redis/gate';
import type { Keys } from '../redis/keys';

/** A report as it is read back. */
export interface AgentState extends AgentHealth {
  agent: string;
  worker: string;
  reported_at: string;
}

/** The health of agents, for people to look at; lives in Redis alone, and only as long as it is refreshed. */
export interface AgentStates {
  /** Says how an agent does. Returns at once and never fails; while Redis is away the report is lost. */
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
  /** Agents with a report on its way, and the newest that came meanwhile: a slow Redis gathers one, not thousands. */
  const waiting = new Map<string, AgentState | undefined>();

  const write = async (state: AgentState): Promise<void> => {
    const key = keys.agent(state.agent, workerId);
    await gate.run(async () => {
      const results = await redis
        .multi()
        .del(key)
        .hset(key, fields(state))
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
      .catch((error: unknown) => log.debug({ agent: state.agent, error: String(error) }, 'no report of an agent'))
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
            .flatMap((hash) => (hash.agent === undefined ? [] : [state(hash)]))
            .sort((a, b) => a.agent.localeCompare(b.agent) || a.worker.localeCompare(b.worker));
        });
      } catch (error) {
        log.debug({ error: String(error) }, 'the state of the agents can not be read');
        return undefined;
      }
    },
  };
}

/** What is unknown is not written: a hash holds strings only. */
function fields(state: AgentState): Record<string, string> {
  const known = Object.entries(state).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(known.map(([name, value]) => [name, String(value)]));
}

function state(hash: Record<string, string>): AgentState {
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
