/** Temporal as `awe up` starts it, Redis, one worker process, and a client. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { pino } from 'pino';
import type { PlatformEvent } from '../../schemas/envelope';
import type { ExecutionInput } from '../../schemas/definition/run';
import type { JobInput, JobMode } from '../../schemas/job/run';
import type { Json } from '../../schemas/json';
import type { Plan } from '../../schemas/plan';
import type { Ref } from '../../schemas/refs';
import type { PlanRunInput } from '../../schemas/run';
import { findBuild, loadConfig } from '../../src/config';
import { createDocuments } from '../../src/documents/content';
import { openFilesystemStore } from '../../src/documents/filesystem';
import { createRecordStore } from '../../src/documents/records';
import { freePorts } from '../../src/local/ports';
import { startDetached, stopProcess, waitHealthy } from '../../src/local/process';
import { ensureTemporalBinary, startTemporal } from '../../src/local/temporal';
import { createRedis, waitForRedis } from '../../src/redis/connection';
import { queueName } from '../../src/temporal/ids';
import { bundleWorkflows } from '../../workers/bundle';
import type { StoryInput } from '../workflows/stories';
import type { WorkerSettings } from './worker';

/** The ways of doing the same work. */
export type Way = 'awe' | 'hand';

export interface BenchStack {
  /** Stores a plan, to which a run refers. */
  keep(plan: Plan): Promise<Ref<Plan>>;
  /** Starts a run of a plan. */
  startPlan(plan: Ref, steps: number): Promise<WorkflowHandle>;
  /** Starts an execution of a workflow definition, of which this is the plan. */
  startDefinition(plan: Ref<Plan>, steps: number, input: Json): Promise<WorkflowHandle>;
  /** Starts a job of a goal. */
  startJob(goal: string, mode: JobMode): Promise<WorkflowHandle>;
  /** Events of a run, once it has ended. */
  eventsOf(handle: WorkflowHandle): Promise<PlatformEvent[]>;
  /** Starts the same work by hand. */
  startStory(story: StoryInput): Promise<WorkflowHandle>;
  /** Kills the worker and starts another; gives the moment (milliseconds since 1970) at which that one works. */
  replaceWorker(): Promise<number>;
  workerPid(): number;
  /** Number of entries in the stream of events. */
  events(): Promise<number>;
  stop(): Promise<void>;
}

export interface StackOptions {
  dir: string;
  runDir: string;
  redisUrl: string;
  /** a folder for CPU profiles of the worker */
  profile?: string;
  report: (line: string) => void;
}

const QUEUE = 'bench-hand';

const DAY = 86_400_000;

export async function startBenchStack({ dir, runDir, redisUrl, profile, report }: StackOptions): Promise<BenchStack> {
  const build = findBuild();
  const binary = await ensureTemporalBinary(report);
  const [port = 0] = await freePorts(1);
  const log = join(dir, 'temporal.log');
  const temporal = await startTemporal({ binary, port, dbFile: join(dir, 'temporal.db'), runDir, log });
  const env = {
    NAMESPACE: 'bench',
    TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
    REDIS_URL: redisUrl,
    AWE_STATE_DIR: join(dir, 'state'),
    ARTIFACTS_DIR: join(dir, 'storage'),
  };
  const config = loadConfig(env);
  report('bundling the workflows…');
  const bundlePath = join(dir, 'workflow-bundle.js');
  const workflowsPath = join(build, 'bench', 'workflows', 'index.js');
  writeFileSync(bundlePath, await bundleWorkflows(workflowsPath));
  const settings: WorkerSettings = { env, bundlePath, queue: QUEUE };
  const file = join(dir, 'worker.json');
  writeFileSync(file, JSON.stringify(settings));
  const startWorkerNo = (no: number) =>
    startDetached({
      name: `worker-${no}`,
      runDir,
      log: join(dir, `worker-${no}.log`),
      program: process.execPath,
      args: [
        ...(profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profile]),
        join(build, 'bench', 'engine', 'worker.js'),
        file,
      ],
    });
  const isReady = () => readFileSync(worker.log, 'utf8').includes('ready\n');
  let workers = 1;
  let worker = startWorkerNo(workers);
  await waitHealthy(worker, async () => isReady(), 60_000);
  const redis = createRedis({ url: redisUrl, name: 'bench', log: pino({ level: 'silent' }) });
  if (!(await waitForRedis(redis, 5_000))) throw new Error(`no Redis at ${redisUrl}`);
  const connection = await Connection.connect({ address: config.temporal.address });
  const client = new Client({ connection, namespace: config.temporal.namespace });
  const store = await openFilesystemStore({ root: config.store.dir });
  const documents = createDocuments(store);
  const records = createRecordStore(store);
  const taskQueue = queueName(config.namespace, 'workflows');
  let runs = 0;

  return {
    keep: (plan) => documents.putValue(plan),
    async startPlan(plan, steps) {
      const workflowId = `bench.run.${++runs}`;
      const input: PlanRunInput = {
        title: 'bench',
        plan,
        steps,
        input: { inline: null },
        correlation_id: workflowId,
        mode: 'live',
        options: { approval_signals: 'accept', expire_after: DAY },
      };
      return await client.workflow.start('run', { workflowId, taskQueue, workflowTaskTimeout: '5s', args: [input] });
    },
    async startDefinition(plan, steps, input) {
      const execution_id = `X-${++runs}`;
      const start: ExecutionInput = {
        ...{ execution_id, requested_by: 'bench', correlation_id: execution_id, request_digest: '', plan, steps },
        definition: { id: 'bench', version: 1, name: 'bench' },
        input: await documents.toValue(input),
        options: { approval_signals: 'accept', expire_after: DAY },
      };
      const workflowId = `bench.definition.${execution_id}`;
      const options = { workflowId, taskQueue, workflowTaskTimeout: '5s' } as const;
      return await client.workflow.start('definition', { ...options, args: [start] });
    },
    async startJob(goal, mode) {
      const job_id = `J-${++runs}`;
      const input: JobInput = {
        ...{ job_id, goal, mode, context: { inline: {} }, priority: 3, requested_by: 'bench', correlation_id: job_id },
        options: { approval_signals: 'accept', remind_after: DAY, escalate_after: DAY, expire_after: DAY },
      };
      const workflowId = `bench.job.${job_id}`;
      return await client.workflow.start('job', { workflowId, taskQueue, workflowTaskTimeout: '5s', args: [input] });
    },
    async eventsOf(handle) {
      await handle.result();
      const record = await records.readRecord(handle.workflowId);
      if (!record) throw new Error(`${handle.workflowId} has no record`);
      return record.events;
    },
    async startStory(story) {
      const workflowId = `bench.hand.${++runs}`;
      return await client.workflow.start('byHand', {
        workflowId,
        taskQueue: QUEUE,
        workflowTaskTimeout: '5s',
        args: [story],
      });
    },
    async replaceWorker() {
      process.kill(worker.pid, 'SIGKILL');
      worker = startWorkerNo(++workers);
      await waitHealthy(worker, async () => isReady(), 60_000);
      return Date.now();
    },
    workerPid: () => worker.pid,
    events: () => redis.xlen(config.streams.events),
    async stop() {
      redis.disconnect();
      await connection.close();
      await stopProcess(runDir, worker, 20_000);
      await stopProcess(runDir, temporal, 5_000);
    },
  };
}
