import type { Redis } from 'ioredis';
import type { AgentTotals } from '../../schemas/agent';
import type { AgentStatement } from '../../schemas/agents/api';
import type { Logger } from '../logging';
import { gateOf } from '../redis/gate';
import type { Keys } from '../redis/keys';
import { countsOf, KEPT_SECONDS, readAgentStates, type AgentState } from './agents-state';

/** An agent as its workers announce and report it. */
export interface RegisteredAgent {
  /** its versions, the one announced last first */
  statements: [AgentStatement, ...AgentStatement[]];
  /** reports that are not over, by worker */
  reports: AgentState[];
  totals: AgentTotals;
}

/** All agents of all workers, in Redis. */
export interface AgentRegistry {
  /** Announces the agents of this process. Returns at once; while Redis is away, the next announcement has to do. */
  announce(statements: readonly AgentStatement[]): void;
  /** In the order of their names. @throws RedisUnavailable, RedisRefused */
  read(): Promise<RegisteredAgent[]>;
}

export function createAgentRegistry({ redis, keys, log }: { redis: Redis; keys: Keys; log: Logger }): AgentRegistry {
  const gate = gateOf(redis, log);

  async function write(statements: readonly AgentStatement[]): Promise<void> {
    const now = Date.now();
    const batch = redis.multi().zremrangebyscore(keys.agentTypes, '-inf', String(now));
    for (const statement of statements) {
      const { name, version } = statement;
      batch
        .set(keys.agentType(name, version), JSON.stringify(statement), 'EX', KEPT_SECONDS)
        .zadd(keys.agentTypes, now + KEPT_SECONDS * 1_000, keys.agentType(name, version));
    }
    const failed = (await batch.exec())?.find(([error]) => error)?.[0];
    if (failed) throw failed;
  }

  return {
    announce(statements) {
      if (statements.length === 0) return;
      gate
        .run(() => write(statements))
        .catch((error: unknown) =>
          log.debug({ error: String(error) }, 'the announcement of the agents is lost; another follows'),
        );
    },
    read: () =>
      gate.run(async () => {
        const [names, states] = await Promise.all([
          redis.zrange(keys.agentTypes, '+inf', String(Date.now()), 'BYSCORE', 'REV'),
          readAgentStates(redis, keys),
        ]);
        const texts = names.length === 0 ? [] : await redis.mget(names);
        const byName = new Map<string, RegisteredAgent['statements']>();
        for (const text of texts) {
          if (text === null) continue;
          const statement = JSON.parse(text) as AgentStatement;
          const versions = byName.get(statement.name);
          if (versions) versions.push(statement);
          else byName.set(statement.name, [statement]);
        }
        const agents = [...byName].map(async ([name, statements]): Promise<RegisteredAgent> => {
          const totals = countsOf(await redis.hgetall(keys.agentTotals(name)));
          return { statements, reports: states.filter(({ agent }) => agent === name), totals };
        });
        return (await Promise.all(agents)).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
      }),
  };
}

const nameOf = ({ statements: [{ name }] }: RegisteredAgent): string => name;
