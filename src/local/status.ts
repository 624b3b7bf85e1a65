/** The state of the whole stack, from every part that knows some of it. */
import { pino } from 'pino';
import type { Health } from '../../schemas/api';
import type { Config } from '../config';
import { createRedis, waitForRedis } from '../redis/connection';
import { createKeys } from '../redis/keys';
import { createAgentState, type AgentState } from '../streams/agents-state';
import { createStreamsState, type StreamsState } from '../streams/state';
import { createTemporal } from '../temporal/client';
import { queueName } from '../temporal/ids';
import { apiUrl, readPieces, type PieceState } from './stack';

/** Undefined means unknown: the part that could tell does not answer. */
export interface StackStatus {
  namespace: string;
  pieces: PieceState[];
  /** the API's report on the servers that it needs */
  health?: Health;
  streams?: StreamsState;
  /** the number of runs by state, of those that Temporal still knows */
  runs?: Record<string, number>;
  agents?: AgentState[];
}

/** Milliseconds for each part to answer. */
const LIMIT = 2_000;

const RUN_STATES = ['running', 'waiting', 'paused', 'mirroring', 'completed', 'failed', 'cancelled'] as const;

/** Asks all parts at once; never fails. */
export async function readStackStatus(config: Config): Promise<StackStatus> {
  const [states, health, fromRedis, runs] = await Promise.all([
    readPieces(config),
    askHealth(config),
    askRedis(config),
    askTemporal(config),
  ]);
  return { namespace: config.namespace, pieces: states, health, ...fromRedis, runs };
}

async function askHealth(config: Config): Promise<Health | undefined> {
  try {
    const answer = await fetch(`${apiUrl(config)}/health`, { signal: AbortSignal.timeout(2 * LIMIT) });
    return answer.ok ? ((await answer.json()) as Health) : undefined;
  } catch {
    return undefined;
  }
}

async function askRedis(config: Config): Promise<Pick<StackStatus, 'streams' | 'agents'>> {
  const log = pino({ level: 'silent' });
  const redis = createRedis({ ...config.redis, name: `awe:${config.namespace}:status`, log });
  try {
    if (!(await waitForRedis(redis, LIMIT))) return {};
    const keys = createKeys(config.streams);
    const agents = createAgentState({ redis, keys, ttlSeconds: 1, workerId: 'status', log });
    const [streams, list] = await Promise.all([createStreamsState({ redis, keys, log }).read(), agents.list()]);
    return { streams, agents: list };
  } finally {
    redis.disconnect();
  }
}

async function askTemporal(config: Config): Promise<Record<string, number> | undefined> {
  const temporal = createTemporal(config);
  const queue = queueName(config.namespace, 'workflows');
  const scope = `TaskQueue = '${queue}' AND ExecutionStatus != 'ContinuedAsNew'`;
  const count = async (status: string): Promise<[string, number]> => {
    const query = `${scope} AND AweStatus = '${status}'`;
    const answer = await temporal.call(
      (client) => client.workflowService.countWorkflowExecutions({ namespace: temporal.namespace, query }),
      LIMIT,
    );
    return [status, Number(answer.count ?? 0)];
  };
  try {
    return Object.fromEntries(await Promise.all(RUN_STATES.map(count)));
  } catch {
    return undefined;
  } finally {
    await temporal.close();
  }
}
