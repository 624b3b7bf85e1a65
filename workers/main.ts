import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Slice } from '../activities/engine/segment';
import type { Tool } from '../activities/tools/tool';
import { queueClasses, type QueueClass } from '../schemas/queues';
import { UserError, type Config } from '../src/config';
import type { Logger } from '../src/logging';
import type { Metrics } from '../src/telemetry/metrics';
import type { Slots } from '../src/telemetry/temporal';
import { queueName } from '../src/temporal/ids';
import { assertSearchAttributes } from './search-attributes';
import { BUNDLE_PATH, PAYLOAD_CONVERTER } from './bundle';
import { createWorkerParts } from './parts';
import { queues } from './queues';
import { installRuntime } from './runtime';
import { ensureSweeper } from './sweeper';
import { versioningOptions } from './versioning';
import { watched } from './watch';

/** A running role, and its means to end. */
export interface RunningWorker {
  /** Takes nothing new, and lets running work end within its grace time. */
  stop(): Promise<void>;
  /** Rejects when a worker dies by itself. */
  failed: Promise<never>;
  /** Queues that Temporal does not see this worker poll, in words; none if all is well. */
  faults(): Promise<string[]>;
}

export interface WorkerChoices {
  bundlePath?: string;
  tools?: Tool[];
  metrics?: Metrics;
  sweeper?: boolean;
  /** classes of work that it serves; by default all */
  queues?: readonly QueueClass[];
  /** the bounds of each segment of a plan, unless the engine's own */
  slice?: () => Slice;
}

/** Milliseconds for Temporal to say who polls a queue. */
const ANSWER_MS = 2_000;

/** Settings of the worker that runs workflows. */
export const workflowOptions = ({ worker }: Config): Partial<WorkerOptions> => ({
  maxCachedWorkflows: worker.maxCachedWorkflows,
  stickyQueueScheduleToStartTimeout: worker.stickyTimeoutMs,
});

/**
 * Runs classes of work in this process: one worker for workflows (with segments and their ends), and one for each queue
 * of activities, so that a flood of one class leaves the others their slots.
 */
export async function startWorker(config: Config, log: Logger, options: WorkerChoices = {}): Promise<RunningWorker> {
  const served = options.queues ?? queueClasses;
  const codePath = options.bundlePath ?? BUNDLE_PATH;
  if (!existsSync(codePath)) throw new UserError(`The workflow bundle is not built (${codePath}): run "make build".`);
  const { temporalPort: port } = config.metrics;
  installRuntime(log, port === undefined ? undefined : { host: config.http.host, port });
  const connection = await NativeConnection.connect(config.temporal.connection);
  await assertSearchAttributes(connection, config.temporal.namespace);
  const parts = await createWorkerParts(config, log, { ...options, queues: served });
  if (options.sweeper ?? config.env !== 'test') await ensureSweeper(parts.temporal, config.namespace, log);
  const versioning = versioningOptions(config);
  const identity = `${process.pid}@${hostname()}`;
  const common = (queue: QueueClass): WorkerOptions => ({
    connection,
    identity,
    namespace: config.temporal.namespace,
    taskQueue: queueName(config.namespace, queue),
    activities: parts.activities,
    dataConverter: { payloadConverterPath: PAYLOAD_CONVERTER },
    maxConcurrentActivityTaskExecutions: queues[queue].slots,
    ...versioning,
    ...watched,
    shutdownGraceTime: config.worker.shutdownGraceMs,
    shutdownForceTime: config.worker.shutdownGraceMs + 5_000,
  });
  const forWorkflows: Partial<WorkerOptions> = { workflowBundle: { codePath }, ...workflowOptions(config) };
  const workers = await Promise.all(
    served.map((queue) => Worker.create({ ...common(queue), ...(queues[queue].workflows ? forWorkflows : {}) })),
  );
  options.metrics?.watchSlots(() => workers.map((worker, i) => slotsOf(worker, served[i] as QueueClass)));
  const { buildId: release } = config.worker;
  if (release !== undefined)
    log.info({ release }, 'worker takes new runs once its release is promoted: `awe versions promote`');
  const unpolled = async (queue: QueueClass) => {
    const seen = await parts.temporal.pollers(queue, ANSWER_MS, identity).catch(() => undefined);
    return seen === undefined ? 'Temporal does not answer' : seen === 0 ? `this worker does not poll ${queue}` : [];
  };
  const running = supervise(workers, async () => {
    await parts.close();
    await connection.close();
  });
  parts.beats.start();
  return {
    failed: running.failed,
    async stop() {
      await parts.beats.stop();
      await running.stop();
    },
    faults: async () => [...new Set((await Promise.all(served.map(unpolled))).flat())],
  };
}

function slotsOf(worker: Worker, queue: QueueClass): Slots {
  const status = worker.getStatus();
  return {
    queue,
    slots: queues[queue].slots,
    used: {
      activities: status.numInFlightNonLocalActivities,
      workflow_tasks: status.numInFlightWorkflowActivations,
    },
  };
}

/** One result for several workers: they end together, and the death of one is the death of all. */
function supervise(workers: Worker[], close: () => Promise<void>): Omit<RunningWorker, 'faults'> {
  const runs = workers.map((worker) => worker.run());
  const failed = new Promise<never>((_, reject) => {
    for (const run of runs) run.catch(reject);
  });
  failed.catch(() => undefined);
  return {
    failed,
    async stop() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.allSettled(runs);
      await close();
    },
  };
}
