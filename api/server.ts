import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { assertApiIsGuarded, UserError, type Config } from '../src/config';
import { createDlqReader } from '../src/dlq/reader';
import { createPublishedCatalogue } from '../src/catalogue/published';
import { createDefinitionStore } from '../src/documents/definitions';
import { createDocuments } from '../src/documents/content';
import { openFilesystemStore } from '../src/documents/filesystem';
import { createIdempotencyStore } from '../src/documents/idempotency';
import { createRecordStore } from '../src/documents/records';
import type { Logger } from '../src/logging';
import { createEffects } from '../src/effects/effects';
import { createLedger } from '../src/ledger/ledger';
import { createMcpStore } from '../src/mcp/pins';
import { openVectors } from '../src/meaning/open';
import { createSpendingReader } from '../src/llm/spending';
import { createKeptMemory } from '../src/memory/kept';
import { createMemories } from '../src/memory/memory';
import { createOwners } from '../src/memory/owners';
import { createPastRuns } from '../src/past-runs/past-runs';
import { createPlanJudge } from '../src/policy/judge';
import { loadPolicy } from '../src/policy/load';
import { createRedis } from '../src/redis/connection';
import { createKeys } from '../src/redis/keys';
import { openProver } from '../src/access/proof';
import { openSealer } from '../src/access/seal';
import { createSessions } from '../src/access/sessions';
import { createRuns } from '../src/runs';
import { createAsked } from '../src/runs/asked/asked';
import { createKeptRuns } from '../src/runs/asked/kept';
import { createSimulator, SIMULATION_THREAD, type SimulationThread } from '../src/runs/definition/simulation';
import { createRecordings } from '../src/recordings/recordings';
import { createReplayStarter } from '../src/runs/job/replay';
import { createExportKeeper } from '../src/runs/order/exports';
import { runSettings } from '../src/runs/settings';
import { createSchedules } from '../src/schedules';
import { createThreads } from '../src/threads/pool';
import { lookThrough } from '../src/spreadsheets/read';
import { createMailReader } from '../src/reading/mails';
import { createRowReader } from '../src/reading/rows';
import { createSheetReader } from '../src/reading/sheets';
import { createAgentRegistry } from '../src/streams/agent-registry';
import { createArtifactIndex } from '../src/streams/artifact-index';
import { createLiveReader, readerOptions } from '../src/streams/reader';
import { createReadSince } from '../src/streams/since';
import { createStreamsState } from '../src/streams/state';
import { readDeserted } from '../src/streams/worker-beats';
import { measureStore } from '../src/telemetry/measured-store';
import { createMetrics, type Metrics } from '../src/telemetry/metrics';
import { createTranscripts } from '../src/transcripts/transcripts';
import { createTemporal } from '../src/temporal/client';
import { createTemporalState } from '../src/temporal/state';
import { watchStuckRuns } from '../src/temporal/stuck';
import { parseWorkflowId, workflowIdOf } from '../src/temporal/ids';
import { createDeliveries } from '../src/webhooks/deliveries';
import { createWebhookHealth } from '../src/webhooks/health';
import { createHooks } from '../src/webhooks/hooks';
import { createDeliveryStarter } from '../src/webhooks/start';
import { createWebhooks } from '../src/webhooks/webhooks';
import { createWorkspaces } from '../src/workspaces/workspaces';
import { createApp, type AppDependencies } from './app';
import { createAuthenticator, openApiKeys } from './auth';
import { createChangeFeed } from './changes/feed';
import { createFollower } from './live/follow';
import { createRates } from './middleware/rates';
import { createHealth } from './service/health';
import { createSessionCookie } from './sessions/cookie';
import { createUploads } from './uploads';

export interface RunningApi {
  /** the address it listens at */
  url: string;
  /** Takes no more requests, lets the running ones end, and closes its connections. */
  stop(): Promise<void>;
  /** Rejects when the server cannot go on. */
  failed: Promise<never>;
}

/** Milliseconds that running requests get when the server stops. */
const DRAIN = 10_000;

/**
 * Starts the API. It needs neither Temporal nor Redis to start: while Temporal is away it answers 503, while Redis is
 * away it is `degraded`. Throws `UserError` if the configuration does not allow listening.
 */
export async function startApi(
  config: Config,
  log: Logger,
  metrics: Metrics = createMetrics(config.version),
): Promise<RunningApi> {
  assertApiIsGuarded(config);
  const parts = await createDependencies(config, log, metrics);
  const server = createServer(createApp(parts.deps));
  server.headersTimeout = 15_000;
  server.requestTimeout = 120_000; // for the whole body; answers may take as long as they like
  server.keepAliveTimeout = 65_000; // longer than the load balancers in front of it
  server.maxHeadersCount = 100;
  try {
    await listen(server, config);
  } catch (error) {
    await parts.close();
    throw error;
  }
  parts.start();
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.http.port;
  const host = config.http.host.includes(':') ? `[${config.http.host}]` : config.http.host;
  const url = `http://${host}:${port}`;
  log.info({ url, keys: config.http.apiKeysFile !== undefined }, 'API listening');

  return {
    url,
    failed: new Promise<never>((_, reject) => server.on('error', reject)),
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      parts.stop();
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), DRAIN);
      await closed;
      clearTimeout(timer);
      await parts.close();
    },
  };
}

function listen(server: Server, { http }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${http.port} on ${http.host} is taken by another program. Stop it, or set AWE_PORT.`;
      reject(error.code === 'EADDRINUSE' ? new UserError(taken) : error);
    });
    server.listen(http.port, http.host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

async function createDependencies(config: Config, log: Logger, metrics: Metrics) {
  const { namespace } = config;
  const temporal = createTemporal(config);
  const store = measureStore(await openFilesystemStore({ root: config.store.dir }), metrics.work);
  const documents = createDocuments(store);
  const keys = createKeys(config.streams);
  const redis = createRedis({ ...config.redis, name: `awe:${namespace}:api`, log });
  const reader = createLiveReader({
    connect: () => createRedis({ ...config.redis, name: `awe:${namespace}:api-reader`, log }, readerOptions),
    keys,
    log,
  });
  const streams = createStreamsState({ redis, keys, log });
  const stuck = watchStuckRuns(temporal, namespace);
  metrics.watchTemporal(createTemporalState(temporal, namespace, stuck));
  metrics.watchStreams(() => streams.read());
  const threads = createThreads();
  // of their own: an order does not wait for somebody's simulation
  const simulations = createThreads();
  const records = createRecordStore(store);
  const kept = { temporal, store: { ...documents, ...records }, settings: runSettings(config) };
  const runs = createRuns({
    ...kept,
    prover: await openProver(config),
    threads,
    log,
  });
  const keptRuns = createKeptRuns({ runs, reader, namespace });
  const ledger = createLedger(store);
  const mails = createMailReader();
  const sheets = createSheetReader(documents);
  const uploads = createUploads(
    join(config.stateDir, 'uploads'),
    { fileBytes: config.http.uploadLimitBytes, fieldBytes: config.http.bodyLimitBytes },
    log,
  );
  await uploads.prepare();

  const sealer = await openSealer(config);
  const memories = createMemories(store);
  const definitions = createDefinitionStore(store);
  const stopping = new AbortController();
  const recordings = createRecordings(store);
  const workspaces = createWorkspaces(store, config.workspaces);
  const catalogue = createPublishedCatalogue(store);
  const access = {
    apiKeys: await openApiKeys(config, log),
    sessions: createSessions({ store, limits: config.sessions }),
    sessionCookie: createSessionCookie(config.sessions.secure),
  };
  const deps: AppDependencies = {
    log,
    version: config.version,
    runs,
    schedules: createSchedules(kept),
    uploads,
    store,
    artifacts: documents,
    workspaces,
    recordingFiles: { ...{ store, documents, records, recordings, workspaces }, values: documents },
    startReplay: createReplayStarter({ ...kept, recordings, catalogue }),
    memories,
    keptMemory: createKeptMemory({
      ...{ vectors: await openVectors(config, store), memories, namespace },
      ...createOwners({ temporal, records, definitions, namespace }),
    }),
    records,
    effects: createEffects(store),
    definitions,
    simulate: createSimulator({
      threads: simulations.at<SimulationThread>(SIMULATION_THREAD),
      definitions,
      values: documents,
      settings: {
        maxParallel: config.engine.maxParallelSteps,
        expireAfter: config.clarification.expireAfterMs,
      },
      ownTools: config.ownTools,
    }),
    webhooks: createWebhooks({ store, sealer, health: createWebhookHealth(store) }),
    deliveries: createDeliveries(store),
    hooks: createHooks({ store, sealer }),
    startDelivery: createDeliveryStarter({ ...kept, retry: config.webhooks.retry }),
    catalogue,
    readSpending: createSpendingReader(config.llm),
    policy: () => loadPolicy(config.policy.file),
    judge: createPlanJudge({
      pastRuns: createPastRuns({ store, records, namespace, log }),
      maxParallel: config.engine.maxParallelSteps,
    }),
    transcripts: createTranscripts(store),
    mcp: createMcpStore(store),
    ledger,
    keptRuns,
    streams,
    asked: createAsked({ runs, kept: keptRuns, ledger }),
    agents: createAgentRegistry({ redis, keys, log }),
    index: createArtifactIndex({ redis, keys, ttlSeconds: config.store.artifactTtlSeconds, log }),
    idempotency: createIdempotencyStore(store, { ttlMs: config.store.idempotencyTtlSeconds * 1_000 }),
    rows: createRowReader(),
    sheets,
    deadLetters: createDlqReader({ redis, keys, log }),
    follower: createFollower({ runs, reader, log }),
    changes: createChangeFeed({ reader, readSince: createReadSince({ redis, keys, log }), namespace, log }),
    health: createHealth({
      temporal,
      store,
      redis: () => answers(redis),
      deserted: () => readDeserted(redis, keys),
      streams: () => streams.read(),
      stuck,
    }),
    metrics,
    values: documents,
    restoreExport: createExportKeeper({
      readOrder: runs.readOrder,
      artifacts: documents,
      values: documents,
      threads: threads.of('order'),
      log,
    }),
    scan: lookThrough,
    mails,
    workflowIdOf: (process, name) => workflowIdOf(namespace, process, name),
    isOurs: (workflowId) => parseWorkflowId(namespace, workflowId) !== undefined,
    processOfRun: (workflowId) => parseWorkflowId(namespace, workflowId)?.process,
    uiUrl: (workflowId) => temporal.uiUrl(workflowId),
    ...access,
    authenticate: createAuthenticator({ env: config.env, ...access }),
    rates: createRates(config.http.rates),
    guardHost: access.apiKeys === undefined,
    bodyLimitBytes: config.http.bodyLimitBytes,
    requireIfMatch: config.http.requireIfMatch,
    mcpDecides: config.mcpServer.decides,
    stopping: stopping.signal,
  };

  return {
    deps,
    start: () => reader.start(),
    /** Ends what would stay open. */
    stop() {
      deps.follower.stop();
      deps.changes.stop();
      stopping.abort();
    },
    async close() {
      deps.follower.stop();
      deps.changes.stop();
      keptRuns.stop();
      await reader.stop();
      deps.rows.close();
      sheets.close();
      mails.close();
      await threads.close();
      await simulations.close();
      redis.disconnect();
      await temporal.close();
    },
  };
}

async function answers(redis: { ping(): Promise<string> }): Promise<boolean> {
  return await redis.ping().then(
    (reply) => reply === 'PONG',
    () => false,
  );
}
