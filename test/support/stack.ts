/** A worker of AWE on the servers of the test run, with a namespace and a document store of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import type { Tool } from '../../activities/tools/tool';
import type { Json } from '../../schemas/json';
import type { Plan } from '../../schemas/plan';
import { messages, type PlanRunInput, type RunRecord, type RunView, type StepPage } from '../../schemas/run';
import type { Config, Env } from '../../src/config';
import { createDocuments, type Documents } from '../../src/documents/content';
import { openFilesystemStore } from '../../src/documents/filesystem';
import { createRecordStore } from '../../src/documents/records';
import { createLogger } from '../../src/logging';
import { queueName } from '../../src/temporal/ids';
import { startWorker, type RunningWorker } from '../../workers/main';
import { testConfig, workflowBundle } from '../setup/servers';
import { testTools } from './tools';

export interface Stack {
  config: Config;
  client: Client;
  documents: Documents;
  worker: RunningWorker;
  /** Starts a run of a plan; its id is unique in the namespace. */
  run(plan: Plan, options?: Partial<PlanRunInput> & { id?: string }): Promise<WorkflowHandle>;
  record(handle: WorkflowHandle): Promise<RunRecord | undefined>;
  stop(): Promise<void>;
}

let runs = 0;

export async function startStack(options: { env?: Env; tools?: Tool[]; cache?: number } = {}): Promise<Stack> {
  const dir = mkdtempSync(join(tmpdir(), 'awe-test-'));
  const env = options.cache === undefined ? {} : { AWE_MAX_CACHED_WORKFLOWS: String(options.cache) };
  const config = testConfig({ ARTIFACTS_DIR: dir, ...env, ...options.env });
  const log = createLogger(config, 'test');
  const tools = [...testTools, ...(options.tools ?? [])];
  const worker = await startWorker(config, log, { bundlePath: workflowBundle().codePath, tools });
  const connection = await Connection.connect({ address: config.temporal.address });
  const client = new Client({ connection, namespace: config.temporal.namespace });
  const store = await openFilesystemStore({ root: dir });
  const documents = createDocuments(store);
  const records = createRecordStore(store);
  return {
    config,
    client,
    documents,
    worker,
    async run(plan, { id, ...input } = {}) {
      runs += 1;
      const full: PlanRunInput = {
        title: plan.name,
        plan: await documents.putValue(plan as unknown as Json),
        steps: plan.steps.length,
        input: { inline: null },
        correlation_id: `c-${runs}`,
        mode: 'live',
        options: { approval_signals: 'accept', expire_after: 7 * 86_400_000 },
        ...input,
      };
      return await client.workflow.start('run', {
        workflowId: `${config.namespace}.run.${id ?? runs}`,
        taskQueue: queueName(config.namespace, 'workflows'),
        workflowTaskTimeout: '5s',
        args: [full],
      });
    },
    record: (handle) => records.readRecord(handle.workflowId),
    async stop() {
      await worker.stop();
      await connection.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export const statusOf = (handle: WorkflowHandle): Promise<RunView> => handle.query<RunView>(messages.status);

export const stepsOf = (handle: WorkflowHandle, page: { from?: number; limit?: number } = {}): Promise<StepPage> =>
  handle.query<StepPage, [typeof page]>(messages.steps, page);
