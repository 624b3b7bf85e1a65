import { hostname } from 'node:os';
import type { EngineActivities } from '../activities';
import type { Agent } from '../activities/agents/base';
import { keepReporting } from '../activities/agents/reports';
import type { Judges } from '../activities/llm/tools';
import { withRiding } from '../activities/engine/riding';
import type { ActivityParts, Process } from '../activities/process';
import * as rows from '../activities/processes';
import { createToolRegistry, type ToolRegistry } from '../activities/tools/registry';
import { createToolRuntime } from '../activities/tools/runtime';
import type { Tool } from '../activities/tools/tool';
import type { Catalogue } from '../core/plan/check';
import type { PlatformEvent } from '../schemas/envelope';
import { queueClasses, type QueueClass } from '../schemas/queues';
import type { Ref } from '../schemas/refs';
import type { Config } from '../src/config';
import { openProver } from '../src/access/proof';
import { createEventValidator } from '../src/contracts/validators';
import { createDocuments } from '../src/documents/content';
import { openFilesystemStore } from '../src/documents/filesystem';
import { waitOutFaults } from '../src/documents/patient';
import { createRecordStore } from '../src/documents/records';
import { loadPrompts } from '../src/llm/prompts';
import type { Logger } from '../src/logging';
import { createRedis, waitForRedis } from '../src/redis/connection';
import { createKeys } from '../src/redis/keys';
import { createAgentState } from '../src/streams/agents-state';
import { createArtifactIndex } from '../src/streams/artifact-index';
import { createMirror } from '../src/streams/mirror';
import { createStreamsState } from '../src/streams/state';
import { createWorkerBeats, type WorkerBeats } from '../src/streams/worker-beats';
import { measureMirror } from '../src/telemetry/measured-mirror';
import { measureStore } from '../src/telemetry/measured-store';
import { createMetrics, type Metrics } from '../src/telemetry/metrics';
import { createTemporal, type TemporalPort } from '../src/temporal/client';
import { createTemporalState } from '../src/temporal/state';

/** Milliseconds for which a step waits out a fault of the document store; an audit's attempt has two minutes. */
const PATIENCE = 90_000;

/** Seconds after which an agent that does not report is forgotten. */
const AGENT_TTL = 120;

/** Milliseconds that a worker waits for Redis at its start; after that it starts without. */
const REDIS_WAIT = 2_000;

const processes: readonly Process[] = Object.values(rows);

/** Parts of a worker, and their release. */
export interface WorkerParts {
  activities: EngineActivities;
  temporal: TemporalPort;
  beats: WorkerBeats;
  close(): Promise<void>;
}

/**
 * Puts the activities together from the configuration. `more` are tools and agents besides those of the processes;
 * one with the name of one of those replaces it. A worker that does not serve agents does not report their health.
 */
export async function createWorkerParts(
  config: Config,
  log: Logger,
  more: Tool[] = [],
  metrics: Metrics = createMetrics(),
  queues: readonly QueueClass[] = queueClasses,
): Promise<WorkerParts> {
  const keys = createKeys(config.streams);
  const redis = createRedis({ ...config.redis, name: `awe:${config.namespace}:worker`, log });
  if (!(await waitForRedis(redis, REDIS_WAIT)))
    log.warn('Redis is away: the worker starts, and events wait until it is back');
  const store = measureStore(await openFilesystemStore({ root: config.store.dir }), metrics.work);
  const documents = createDocuments(store);
  const index = createArtifactIndex({ redis, keys, ttlSeconds: config.store.artifactTtlSeconds, log });
  const onArtifact: ActivityParts['onArtifact'] = (artifact, run) => void index.add({ ...artifact, run });
  const workerId = `${hostname()}:${process.pid}`;
  const state = createAgentState({ redis, keys, ttlSeconds: AGENT_TTL, workerId, log });
  const temporal = createTemporal(config);
  const validate = createEventValidator().validateOwn;
  const mirror = measureMirror(createMirror({ redis, keys, validate, log }), metrics.mirror);
  metrics.watchStreams(createStreamsState({ redis, keys, log }).read);
  metrics.watchTemporal(createTemporalState(temporal, config.namespace));

  const closing: (() => Promise<void>)[] = [];
  const tools = [
    ...without(
      more,
      toolsOf(config, (close) => closing.push(close)),
    ),
    ...more,
  ];
  const registry = createToolRegistry(tools);
  const agents = queues.includes('agents') ? tools.filter((tool): tool is Agent => 'health' in tool) : [];
  const reports = keepReporting(agents, state, (AGENT_TTL * 1000) / 3);
  return {
    temporal,
    beats: createWorkerBeats({ redis, keys, workerId, queues, log }),
    activities: activitiesOf({
      config,
      log,
      store,
      documents,
      records: createRecordStore(store),
      readEvents: (ref) => documents.getValue(ref as Ref<PlatformEvent[]>),
      redis,
      keys,
      temporal,
      prover: await openProver(config),
      mirror,
      validate,
      meter: metrics.work,
      runtime: createToolRuntime({
        registry,
        documents: createDocuments(waitOutFaults(store, PATIENCE, log)),
        log,
        state,
        onArtifact,
        meter: metrics.work,
      }),
      catalogue: catalogueOf(registry),
      onClose: (close) => closing.push(close),
      onArtifact,
    }),
    async close() {
      reports.stop();
      await temporal.close();
      await Promise.all(closing.map((close) => close()));
      await redis.quit().catch(() => redis.disconnect());
    },
  };
}

/** The tools and agents of all processes. */
function toolsOf(config: Config, onClose: (close: () => Promise<void>) => void): Tool[] {
  const names = processes.flatMap(({ prompts }) => prompts);
  const prompts = loadPrompts(config.root, names);
  const judges = together(
    'judges',
    processes.map((one) => one.judges),
  ) as Judges;
  return processes.flatMap((one) => one.tools({ config, prompts, judges, onClose }));
}

/** The activities of all processes; events of their runs ride with them. */
function activitiesOf(parts: ActivityParts): EngineActivities {
  const all = together(
    'activities',
    processes.map((one) => one.activities(parts)),
  ) as EngineActivities;
  return withRiding(all, all.publishBatch);
}

/** Members of all rows in one object. @throws Error where two have the same name: one would silently be the other */
function together(what: string, rows: readonly object[]): object {
  const members = rows.flatMap((row) => Object.entries(row));
  const names = members.map(([name]) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`two processes have ${what} called ${twice}`);
  return Object.fromEntries(members);
}

/** The registry that plans are checked against. */
function catalogueOf(registry: ToolRegistry): Catalogue {
  const find = (kind: 'tool' | 'agent') => (name: string) => {
    const found = registry.get(name);
    return found?.kind === kind ? found.spec : undefined;
  };
  return { tool: find('tool'), agent: find('agent') };
}

function without(others: Tool[], tools: Tool[]): Tool[] {
  const names = new Set(others.map(({ spec }) => spec.name));
  return tools.filter(({ spec }) => !names.has(spec.name));
}
