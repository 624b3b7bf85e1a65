import { hostname } from 'node:os';
import type { Config } from '../src/config';
import { createEventValidator } from '../src/contracts/validators';
import { keepBounded } from '../src/dlq/bound';
import { readRedrives } from '../src/dlq/redriven';
import { createDefinitionStore } from '../src/documents/definitions';
import { createDocuments } from '../src/documents/content';
import { openFilesystemStore } from '../src/documents/filesystem';
import { createIdempotencyStore } from '../src/documents/idempotency';
import { createRecordStore } from '../src/documents/records';
import type { Logger } from '../src/logging';
import { createOwners } from '../src/memory/owners';
import { createRedis } from '../src/redis/connection';
import { createKeys } from '../src/redis/keys';
import { createExecutions, insistOnRebuild } from '../src/rebuild';
import { openProver } from '../src/access/proof';
import { openSealer } from '../src/access/seal';
import { createRuns } from '../src/runs';
import { createOwnEvents } from '../src/runs/own-events';
import { runSettings } from '../src/runs/settings';
import { createOperationStarter } from '../src/runs/operations/start';
import {
  commandOptions,
  consumerOptions,
  createConsumer,
  type ConsumerStats,
  type GroupLost,
} from '../src/streams/consumer';
import { createHandled } from '../src/streams/handled';
import { createStreamsState } from '../src/streams/state';
import { keepTrimming } from '../src/streams/trim';
import { measureStore } from '../src/telemetry/measured-store';
import { createMetrics, type Metrics } from '../src/telemetry/metrics';
import { createThreads } from '../src/threads/pool';
import { createTemporal } from '../src/temporal/client';
import { workflowIdOfEvent } from '../src/temporal/ids';
import { createDeliveries } from '../src/webhooks/deliveries';
import { createWebhookHealth } from '../src/webhooks/health';
import { createDeliveryStarter } from '../src/webhooks/start';
import { createWebhooks } from '../src/webhooks/webhooks';
import { createReaders } from './subscriptions';

export interface RunningConsumers {
  /** Reads no more, lets running handlers end, acknowledges, and leaves the groups. */
  stop(): Promise<void>;
  /** Rejects when the role dies by itself; consumers never do: they wait until their dependencies are back. */
  failed: Promise<never>;
  stats(): ConsumerStats[];
}

export interface ConsumerHooks {
  /** A group, or the whole stream, was gone; the group now reads from the start of the stream. */
  onLost?: (lost: GroupLost) => void;
  metrics?: Metrics;
}

/** Milliseconds that a start waits for all consumers to read; without Redis it goes on, and they read later. */
const READY_WAIT = 5_000;

/** Runs every subscription of the platform in this process. It needs neither Temporal nor Redis to start. */
export async function startConsumers(
  config: Config,
  log: Logger,
  hooks: ConsumerHooks = {},
): Promise<RunningConsumers> {
  const { namespace } = config;
  const keys = createKeys(config.streams);
  const temporal = createTemporal(config);
  const { metrics = createMetrics() } = hooks;
  const store = measureStore(await openFilesystemStore({ root: config.store.dir }), metrics.work);
  const documents = createDocuments(store);
  const records = createRecordStore(store);
  const threads = createThreads();
  const dependencies = {
    temporal,
    store: { ...documents, ...records },
    settings: runSettings(config),
    prover: await openProver(config),
    threads,
    log,
  };
  const redis = createRedis({ ...config.redis, name: `awe:${namespace}:consumer`, log }, commandOptions);
  const consumer = config.consumer.name ?? `${hostname()}:${process.pid}`;

  const health = createWebhookHealth(store);
  const owners = createOwners({ temporal, records, definitions: createDefinitionStore(store), namespace });
  const readers = createReaders({
    ...dependencies,
    webhooks: createWebhooks({ store, sealer: await openSealer(config), health }),
    deliveries: createDeliveries(store),
    startDelivery: createDeliveryStarter({ ...dependencies, retry: config.webhooks.retry }),
    runs: createRuns(dependencies),
    idempotency: (ttlMs) => createIdempotencyStore(store, { ttlMs }),
    validator: createEventValidator(),
    isOwn: createOwnEvents(dependencies),
    async definitionOf(event) {
      const workflowId = workflowIdOfEvent(namespace, event);
      return workflowId === undefined ? undefined : await owners.definitionOf(workflowId);
    },
    handled: (group) => createHandled(redis, keys, group),
  });
  const executions = createExecutions(temporal, namespace);
  const lost = { ...{ redis, keys, records, namespace, log, executions }, start: createOperationStarter(dependencies) };
  const onLost = (group: GroupLost) => {
    hooks.onLost?.(group);
    void insistOnRebuild(lost);
  };
  const consumers = readers.map(({ group, handle }) =>
    createConsumer({
      ...{ redis, keys, group, consumer, handle, log, onLost },
      connect: () => createRedis({ ...config.redis, name: `awe:${namespace}:${group}`, log }, consumerOptions),
      redrives: (letter) => readRedrives(redis, keys, letter),
      settings: {
        attempts: config.consumer.attempts,
        parallel: config.consumer.parallel,
        minIdle: config.consumer.minIdleMs,
        stopGrace: config.worker.shutdownGraceMs,
      },
    }),
  );
  metrics.watchStreams(createStreamsState({ redis, keys, log }).read);
  metrics.watchConsumers(() => consumers.map((one) => one.stats()));
  for (const one of consumers) one.start();
  const endTrimming = keepTrimming(redis, keys, { ...config.trim, groups: readers.map(({ group }) => group) }, log);
  const endBounding = keepBounded({ redis, keys, store, namespace, log }, config.dlq);
  if (!(await allUp(consumers))) log.warn('Redis is away: consumers read the stream once it is back');

  return {
    failed: new Promise<never>(() => {}),
    stats: () => consumers.map((one) => one.stats()),
    async stop() {
      endTrimming();
      endBounding();
      await Promise.all(consumers.map((one) => one.stop()));
      redis.disconnect();
      await threads.close();
      await temporal.close();
    },
  };
}

async function allUp(consumers: { state(): 'up' | 'down' }[]): Promise<boolean> {
  for (const end = Date.now() + READY_WAIT; Date.now() < end;) {
    if (consumers.every((one) => one.state() === 'up')) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}
