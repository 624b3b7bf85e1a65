import { hostname } from 'node:os';
import type { Agent } from '../activities/agents/base';
import { keepReporting } from '../activities/agents/reports';
import { createAuditAgents, createAuditTools } from '../activities/audit/agents';
import { createAnalysts } from '../activities/audit/analysts';
import { createAuditActivities } from '../activities/audit/activities';
import { createEndingActivities } from '../activities/engine/ending';
import { createEventActivities } from '../activities/engine/events';
import type { EngineActivities } from '../activities';
import { judges } from '../activities/llm/judges';
import { createLlmTools } from '../activities/llm/tools';
import { createOperationActivities } from '../activities/operations/activities';
import { createOrderActivities } from '../activities/order/activities';
import { createOrderAgents, orderAssemble, orderReplyQuestion } from '../activities/order/agents';
import { orderStructureQuestion } from '../activities/order/structure';
import { createPlanActivities } from '../activities/engine/plan';
import { createStepActivities } from '../activities/engine/steps';
import { builtinTools } from '../activities/tools/builtin';
import { createToolRegistry, type ToolRegistry } from '../activities/tools/registry';
import { createToolRuntime } from '../activities/tools/runtime';
import type { Tool } from '../activities/tools/tool';
import { createUpkeepActivities } from '../activities/operations/upkeep';
import { createValueActivities } from '../activities/engine/values';
import type { PlatformEvent } from '../schemas/envelope';
import type { ArtifactRef, Ref } from '../schemas/refs';
import type { Config } from '../src/config';
import { createEventValidator } from '../src/contracts/validators';
import { createDlqMover } from '../src/dlq/mover';
import { createDlqReader } from '../src/dlq/reader';
import { createDocuments } from '../src/documents/content';
import { openFilesystemStore } from '../src/documents/filesystem';
import { createRecordStore } from '../src/documents/records';
import { createLedger } from '../src/ledger/ledger';
import { createLlmClient } from '../src/llm/client';
import { loadPrompts } from '../src/llm/prompts';
import type { Logger } from '../src/logging';
import { createOrderReader } from '../src/reading/orders';
import type { Catalogue } from '../core/plan/check';
import { createRedis, waitForRedis } from '../src/redis/connection';
import { createKeys } from '../src/redis/keys';
import { createExecutions, createRebuild, createSweep, rebuildLost } from '../src/rebuild';
import { createOperationStarter } from '../src/runs/operations/start';
import { runSettings } from '../src/runs/settings';
import { createAgentState } from '../src/streams/agents-state';
import { createArtifactIndex } from '../src/streams/artifact-index';
import { createMirror } from '../src/streams/mirror';
import { createTemporal, type TemporalPort } from '../src/temporal/client';
import { createTemporalState } from '../src/temporal/state';
import { createStreamsState } from '../src/streams/state';
import { measuredMirror } from '../src/telemetry/measured-mirror';
import { measuredStore } from '../src/telemetry/measured-store';
import { createMetrics, type Metrics } from '../src/telemetry/metrics';

/** Seconds after which an agent that does not report is forgotten. */
const AGENT_TTL = 120;

/** Milliseconds that a worker waits for Redis when it starts; it does without it if it has to. */
const REDIS_WAIT = 2_000;

/** What a worker is made of, and how to let it go. */
export interface WorkerParts {
  activities: EngineActivities;
  temporal: TemporalPort;
  close(): Promise<void>;
}

/**
 * Puts the activities together from the configuration. `more` are tools and agents beside those that come with AWE;
 * one that bears the name of one of those takes its place. A worker that serves no agents does not report their health.
 */
export async function createWorkerParts(
  config: Config,
  log: Logger,
  more: Tool[] = [],
  metrics: Metrics = createMetrics(),
  reportAgents = true,
): Promise<WorkerParts> {
  const keys = createKeys(config.streams);
  const redis = createRedis({ ...config.redis, name: `awe:${config.namespace}:worker`, log });
  if (!(await waitForRedis(redis, REDIS_WAIT))) log.warn('Redis is away: events wait until it is back');
  const store = measuredStore(await openFilesystemStore({ root: config.store.dir }), metrics.work);
  const records = createRecordStore(store);
  const index = createArtifactIndex({ redis, keys, ttlSeconds: config.store.artifactTtlSeconds, log });
  const documents = createDocuments(store);
  const workerId = `${hostname()}:${process.pid}`;
  const state = createAgentState({ redis, keys, ttlSeconds: AGENT_TTL, workerId, log });
  const analysts = createAnalysts(config.root);
  const prompts = loadPrompts(config.root);
  const models = createLlmTools({ client: createLlmClient(config.llm), attempts: config.llm.attempts, judges });
  const own = [...builtinTools, ...models, ...createAuditTools(analysts, prompts), ...createAuditAgents(analysts)];
  const questions = [orderReplyQuestion(prompts), orderStructureQuestion(prompts)];
  const orders = [orderAssemble, ...questions, ...createOrderAgents(createOrderReader())];
  const tools: Tool[] = [...without(more, [...own, ...orders]), ...more];
  const registry = createToolRegistry(tools);
  const validate = createEventValidator().validateOwn;
  const unmeasured = createMirror({ redis, keys, validate, log });
  const mirror = measuredMirror(unmeasured, metrics.mirror);
  metrics.watchStreams(createStreamsState({ redis, keys, log }).read);
  const onArtifact = (artifact: ArtifactRef, run: string) => void index.add({ ...artifact, run });
  const runtime = createToolRuntime({
    registry,
    documents,
    log,
    state,
    onArtifact,
    meter: metrics.work,
  });
  const readEvents = async (ref: Ref) => (await documents.getValue(ref)) as unknown as PlatformEvent[];
  const temporal = createTemporal(config);
  metrics.watchTemporal(createTemporalState(temporal, config.namespace));
  const upkeep = { namespace: config.namespace, temporal, redis, keys, mirror, validate, records, readEvents, log };
  const settings = runSettings(config);
  const executions = createExecutions(temporal, config.namespace);
  const start = createOperationStarter({ temporal, store: { ...documents, ...records }, settings, log });
  const agents = reportAgents ? tools.filter((tool): tool is Agent => 'health' in tool) : [];
  const reports = keepReporting(agents, state, (AGENT_TTL * 1000) / 3);
  return {
    temporal,
    activities: {
      ...createValueActivities({ documents }),
      ...createEventActivities({
        mirror,
        onStart: metrics.work.runStarted,
        readEvents,
        records,
      }),
      ...createEndingActivities({
        ...{ documents, records, mirror, readEvents },
        onStart: metrics.work.runStarted,
        onEnd: metrics.work.runEnded,
      }),
      ...createPlanActivities({
        documents,
        catalogue: catalogueOf(registry),
        maxParallel: config.engine.maxParallelSteps,
      }),
      ...createStepActivities({ runtime }),
      ...createAuditActivities({ documents, words: config.llm.words }),
      ...createOrderActivities({ documents, ledger: createLedger(store), words: config.llm.words, onArtifact }),
      ...createUpkeepActivities({
        rebuild: createRebuild(upkeep),
        sweep: createSweep(upkeep),
        rebuildLost: () => rebuildLost({ ...upkeep, executions, start }),
      }),
      ...createOperationActivities({
        reader: createDlqReader({ redis, keys, log }),
        mover: createDlqMover({ redis, keys, log }),
      }),
    },
    async close() {
      reports.stop();
      await temporal.close();
      await analysts.close();
      await redis.quit().catch(() => redis.disconnect());
    },
  };
}

/** The registry as plans are held against it. */
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
