/** The state of the whole stack, from every part that knows some of it. */
import { pino } from 'pino';
import type { Health } from '../../schemas/api';
import { statusesOf } from '../../schemas/catalogue';
import type { Config } from '../config';
import { createRedis, waitForRedis } from '../redis/connection';
import { createKeys } from '../redis/keys';
import { createAgentRegistry, type RegisteredAgent } from '../streams/agent-registry';
import { createStreamsState, type StreamsState } from '../streams/state';
import { createRunCounts, type RunCounts } from '../runs/count-runs';
import { createTemporal } from '../temporal/client';
import { findStuckRuns, type StuckRun } from '../temporal/stuck';
import { apiUrl } from './api-url';
import { readPieces, type PieceState } from './stack';

/** Undefined means unknown: the part that could tell does not answer. */
export interface StackStatus {
  namespace: string;
  pieces: PieceState[];
  /** the API's report on the servers that it needs */
  health?: Health;
  streams?: StreamsState;
  /** of those that Temporal still knows */
  runs?: RunCounts;
  /** those of the newest open runs that stand still */
  stuck?: StuckRun[];
  agents?: RegisteredAgent[];
}

/** Milliseconds for each part to answer. */
const LIMIT = 2_000;

/** Open runs that are looked at for stuck ones. */
const OPEN_RUNS = 1_000;

/** No run of any status. */
const NONE: RunCounts = Object.fromEntries(statusesOf().map((status) => [status, 0]));

/** Asks all parts at once; never fails. */
export async function readStackStatus(config: Config): Promise<StackStatus> {
  const [states, health, fromRedis, fromTemporal] = await Promise.all([
    readPieces(config),
    askHealth(config),
    askRedis(config),
    askTemporal(config),
  ]);
  return { namespace: config.namespace, pieces: states, health, ...fromRedis, ...fromTemporal };
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
    const [streams, agents] = await Promise.all([
      createStreamsState({ redis, keys, log }).read(),
      createAgentRegistry({ redis, keys, log })
        .read()
        .catch(() => undefined),
    ]);
    return { streams, agents };
  } finally {
    redis.disconnect();
  }
}

async function askTemporal(config: Config): Promise<Pick<StackStatus, 'runs' | 'stuck'>> {
  const temporal = createTemporal(config);
  try {
    const [runs, stuck] = await Promise.all([
      createRunCounts({ temporal, settings: config })(),
      findStuckRuns(temporal, config.namespace, OPEN_RUNS),
    ]);
    return { runs: { ...NONE, ...runs }, stuck };
  } catch {
    return {};
  } finally {
    await temporal.close();
  }
}
