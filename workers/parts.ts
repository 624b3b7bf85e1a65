import { hostname } from 'node:os';
import type { EngineActivities } from '../activities';
import type { Agent } from '../activities/agents/base';
import { createPermit } from '../activities/agents/loop/permit';
import { createSolver } from '../activities/agents/loop/solver';
import { keepReporting } from '../activities/agents/reports';
import type { Judges } from '../activities/llm/tools';
import { withRiding } from '../activities/engine/riding';
import type { Slice } from '../activities/engine/segment';
import type { ActivityParts, Process, ToolParts } from '../activities/process';
import * as rows from '../activities/processes';
import { createApart } from '../activities/tools/pure/apart';
import { createLiveCatalogue, withMcpTools } from '../activities/mcp/registry';
import { createToolRegistry } from '../activities/tools/registry';
import { createToolRuntime } from '../activities/tools/runtime';
import type { Tool } from '../activities/tools/tool';
import type { PlatformEvent } from '../schemas/envelope';
import { queueClasses, type QueueClass } from '../schemas/queues';
import type { Ref } from '../schemas/refs';
import type { Config } from '../src/config';
import { openProver } from '../src/access/proof';
import { openSealer } from '../src/access/seal';
import { createPublishedCatalogue } from '../src/catalogue/published';
import { createEventValidator } from '../src/contracts/validators';
import { createDatabases } from '../src/databases/databases';
import { createDocuments } from '../src/documents/content';
import { openFilesystemStore } from '../src/documents/filesystem';
import { waitOutFaults } from '../src/documents/patient';
import { createRecordStore } from '../src/documents/records';
import { createConnector } from '../src/egress/connector';
import { createLlmClient } from '../src/llm/client';
import { createEmbedder } from '../src/llm/embedder';
import { loadPrompts } from '../src/llm/prompts';
import type { Logger } from '../src/logging';
import { createEffects } from '../src/effects/effects';
import { createMemories } from '../src/memory/memory';
import { createPastRuns } from '../src/past-runs/past-runs';
import { loadPolicy } from '../src/policy/load';
import { createRedis, waitForRedis } from '../src/redis/connection';
import { createKeys } from '../src/redis/keys';
import { createRecordings } from '../src/recordings/recordings';
import { createSecrets } from '../src/secrets/secrets';
import { createMeanings } from '../src/meaning/meaning';
import { openVectors } from '../src/meaning/open';
import { createStates } from '../src/state/state';
import { openMcp } from './mcp';
import { createAgentRegistry } from '../src/streams/agent-registry';
import { createAgentState, type AgentStates } from '../src/streams/agents-state';
import { createArtifactIndex } from '../src/streams/artifact-index';
import { createMirror } from '../src/streams/mirror';
import { createStreamsState } from '../src/streams/state';
import { createWorkerBeats, type WorkerBeats } from '../src/streams/worker-beats';
import { measureMirror } from '../src/telemetry/measured-mirror';
import { measureStore } from '../src/telemetry/measured-store';
import { createMetrics, type Metrics } from '../src/telemetry/metrics';
import { createThreads } from '../src/threads/pool';
import { createTranscripts } from '../src/transcripts/transcripts';
import { createTemporal, type TemporalPort } from '../src/temporal/client';
import { createTemporalState } from '../src/temporal/state';
import { watchStuckRuns } from '../src/temporal/stuck';
import { createWorkspaces } from '../src/workspaces/workspaces';

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

/** Choices of a worker besides the configuration. */
export interface PartsChoices {
  /** besides those of the processes; one with the name of one of those replaces it */
  tools?: Tool[];
  metrics?: Metrics;
  /** a worker that does not serve agents does not report their health */
  queues?: readonly QueueClass[];
  slice?: () => Slice;
}

/** Puts the activities together from the configuration. */
export async function createWorkerParts(
  config: Config,
  log: Logger,
  { tools: more = [], metrics = createMetrics(), queues = queueClasses, slice }: PartsChoices = {},
): Promise<WorkerParts> {
  const keys = createKeys(config.streams);
  const redis = createRedis({ ...config.redis, name: `awe:${config.namespace}:worker`, log });
  if (!(await waitForRedis(redis, REDIS_WAIT)))
    log.warn('Redis is away: the worker starts, and events wait until it is back');
  const store = measureStore(await openFilesystemStore({ root: config.store.dir }), metrics.work);
  const documents = createDocuments(store);
  const patient = waitOutFaults(store, PATIENCE, log);
  const index = createArtifactIndex({ redis, keys, ttlSeconds: config.store.artifactTtlSeconds, log });
  const onArtifact: ActivityParts['onArtifact'] = (artifact, run) => void index.add({ ...artifact, run });
  const workerId = `${hostname()}:${process.pid}`;
  const state = createAgentState({ redis, keys, ttlSeconds: AGENT_TTL, workerId, host: hostname(), log });
  const temporal = createTemporal(config);
  const validate = createEventValidator().validateOwn;
  const mirror = measureMirror(createMirror({ redis, keys, validate, log }), metrics.mirror);
  metrics.watchStreams(createStreamsState({ redis, keys, log }).read);
  metrics.watchTemporal(createTemporalState(temporal, config.namespace, watchStuckRuns(temporal, config.namespace)));

  const vectors = await openVectors(config, patient);
  const threads = createThreads();
  const apart = createApart();
  const databases = createDatabases(config.databases);
  const records = createRecordStore(store);
  const pastRuns = createPastRuns({ store, records, namespace: config.namespace, log });
  const secrets = createSecrets(config.secrets);
  const mcp = openMcp(config, log, { store, secrets });
  const closing = [
    () => mcp.pool.close(),
    () => pastRuns.close(),
    () => threads.close(),
    () => apart.close(),
    () => databases.close(),
  ];
  const names = processes.flatMap((one) => one.prompts);
  const prompts = loadPrompts(config.root, names);
  const tools = [
    ...without(more, toolsOf({ config, prompts, threads, mcp: mcp.tools, onClose: (close) => closing.push(close) })),
    ...more,
  ];
  const registry = withMcpTools(createToolRegistry(tools), mcp.tools);
  const agents = queues.includes('agents') ? tools.filter((tool): tool is Agent => 'health' in tool) : [];
  const catalogue = createLiveCatalogue(registry, mcp.tools);
  const published = createPublishedCatalogue(store);
  // those that carry tools out say which there are: others need not know the servers and the modules of the operator
  const publish = async (): Promise<void> => {
    if (!queues.includes('tools')) return;
    await published
      .publish({ tools: registry.catalogue('tool'), agents: registry.catalogue('agent') })
      .catch((error: unknown) =>
        log.warn({ err: error }, 'cannot tell the API which tools there are; it knows those of before'),
      );
  };
  await mcp
    .start(publish, queues.includes('tools'))
    .catch((error: unknown) => log.warn({ err: error }, 'cannot read which tools of MCP servers are accepted'));
  await publish();
  await takeOverHealth(agents, state);
  const announced = createAgentRegistry({ redis, keys, log });
  const reports = keepReporting(agents, { state, registry: announced }, (AGENT_TTL * 1000) / 3);
  return {
    temporal,
    beats: createWorkerBeats({ redis, keys, workerId, queues, log }),
    activities: activitiesOf({
      config,
      log,
      store,
      documents,
      records,
      vectors,
      pastRuns,
      effects: createEffects(store),
      recordings: createRecordings(store),
      readEvents: (ref) => documents.getValue(ref as Ref<PlatformEvent[]>),
      redis,
      keys,
      temporal,
      prover: await openProver(config),
      sealer: await openSealer(config),
      mirror,
      validate,
      meter: metrics.work,
      runtime: createToolRuntime({
        registry,
        documents: createDocuments(patient),
        workspaces: createWorkspaces(patient, config.workspaces),
        memories: createMemories(patient),
        states: createStates(patient),
        meanings: createMeanings({ vectors, embedder: createEmbedder(config.llm) }),
        effects: createEffects(patient),
        recordings: createRecordings(patient),
        log,
        apart,
        state,
        egress: createConnector(config.egress),
        databases,
        secrets,
        onArtifact,
        meter: metrics.work,
        retries: config.tasks.retries,
        solver: config.llm.words
          ? createSolver({
              ...{ prompts, client: createLlmClient(config.llm), bounds: config.agents },
              transcripts: createTranscripts(patient),
              permit: createPermit({ catalogue, policy: () => loadPolicy(config.policy.file) }),
            })
          : undefined,
      }),
      threads,
      catalogue,
      mcp: mcp.tools,
      slice,
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

/** Agents go on from the health that they had in the process before this one. */
async function takeOverHealth(agents: readonly Agent[], state: AgentStates): Promise<void> {
  const take = async (agent: Agent) => {
    const left = await state.left(agent.spec.name);
    if (left) agent.takeOver(left);
  };
  await Promise.all(agents.map(take));
}

/** The tools and agents of all processes. */
function toolsOf(parts: Omit<ToolParts, 'judges'>): Tool[] {
  const judges = together(
    'judges',
    processes.map((one) => one.judges),
  ) as Judges;
  return processes.flatMap((one) => one.tools({ ...parts, judges }));
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

function without(others: Tool[], tools: Tool[]): Tool[] {
  const names = new Set(others.map(({ spec }) => spec.name));
  return tools.filter(({ spec }) => !names.has(spec.name));
}
