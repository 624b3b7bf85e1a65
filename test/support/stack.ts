/** A worker of AWE on the servers of the test run, with a namespace and a document store of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import type { Tool } from '../../activities/tools/tool';
import type { AuditInput } from '../../schemas/audit/run';
import type { DefinitionContent } from '../../schemas/definition/definition';
import type { ExecutionInput, Rerun } from '../../schemas/definition/run';
import type { JobInput } from '../../schemas/job/run';
import type { Json } from '../../schemas/json';
import type { OrderInput } from '../../schemas/order/run';
import type { Plan } from '../../schemas/plan';
import {
  messages,
  type DecisionAnswer,
  type PlanRunInput,
  type RunRecord,
  type RunView,
  type StepPage,
} from '../../schemas/run';
import type { WorkContext } from '../../schemas/audit/work-context';
import { beforehand } from '../../core/beforehand';
import type { AgentRunFacts } from '../../schemas/agent-run/run';
import { createProver } from '../../src/access/proof';
import type { Config, Env } from '../../src/config';
import { compileDefinition } from '../../src/definition/compile';
import type { KnownWorkflows } from '../../src/definition/workflows';
import { createDocuments, type Documents } from '../../src/documents/content';
import { openFilesystemStore } from '../../src/documents/filesystem';
import { createRecordStore } from '../../src/documents/records';
import { createLogger } from '../../src/logging';
import { classifyTemporalError } from '../../src/temporal/errors';
import { queueName, workflowIdOf } from '../../src/temporal/ids';
import { startWorker, type RunningWorker } from '../../workers/main';
import { PROOF_KEY, testConfig, workflowBundle } from '../setup/servers';
import { testTools } from './tools';

export interface Stack {
  config: Config;
  client: Client;
  documents: Documents;
  worker: RunningWorker;
  /** Stops the worker for a while; then another takes its place. */
  withoutWorker(part: () => Promise<void>): Promise<void>;
  /** Starts a run of a plan; its id is unique in the namespace. */
  run(plan: Plan, options?: Partial<PlanRunInput> & { id?: string }): Promise<WorkflowHandle>;
  /** Starts an audit project; without a context, its request has no rows. */
  audit(options?: AuditToStart): Promise<WorkflowHandle>;
  /** Starts a job; with a plan, that plan is checked in the planner's place. */
  job(goal: string, options?: JobToStart): Promise<WorkflowHandle>;
  /** Starts an execution of a workflow definition, of which it is the first version; `workflows`: those that it executes. */
  definition(
    content: DefinitionContent,
    options?: { execution_id?: string; input?: Json; workflows?: KnownWorkflows; rerun?: Rerun },
  ): Promise<WorkflowHandle>;
  /** Starts an order of files that hold the given bytes. */
  order(options?: OrderToStart): Promise<WorkflowHandle>;
  record(handle: WorkflowHandle): Promise<RunRecord | undefined>;
  stop(): Promise<void>;
}

/** A test's facts of a project: the rest has defaults. */
export type AuditToStart = Partial<Pick<AuditInput, 'project_id' | 'request_text'>> & {
  context?: WorkContext;
  options?: Partial<AuditInput['options']>;
};

/** A test's facts of a job: the rest has defaults. */
export type JobToStart = Partial<Pick<JobInput, 'job_id' | 'mode'>> & {
  plan?: Plan;
  context?: Json;
  /** it is an agent run, which ann has approved beforehand */
  approved?: true;
};

/** A test's facts of an order: the rest has defaults, and nothing is missing. */
export type OrderToStart = Partial<Pick<OrderInput, 'order_id' | 'delivery' | 'requested_by' | 'language'>> & {
  files?: { name: string; bytes: Uint8Array }[];
  options?: Partial<OrderInput['options']>;
};

export interface StackOptions {
  env?: Env;
  /** besides those of `tools.ts`; one with the name of a tool or agent of AWE replaces it */
  tools?: Tool[];
  cache?: number;
  /** another server than that of the test run, such as a TestWorkflowEnvironment */
  server?: { address: string; client: Client };
}

let runs = 0;

export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { server, cache } = options;
  const dir = mkdtempSync(join(tmpdir(), 'awe-test-'));
  const config = testConfig({
    ARTIFACTS_DIR: dir,
    ...(cache === undefined ? {} : { AWE_MAX_CACHED_WORKFLOWS: String(cache) }),
    ...(server ? { TEMPORAL_ADDRESS: server.address } : {}),
    ...options.env,
  });
  const log = createLogger(config, 'test');
  const tools = [...testTools, ...(options.tools ?? [])];
  const startAnother = () => startWorker(config, log, { bundlePath: workflowBundle().codePath, tools });
  let worker = await startAnother();
  const connection = server ? undefined : await Connection.connect({ address: config.temporal.address });
  const client = server?.client ?? new Client({ connection, namespace: config.temporal.namespace });
  const store = await openFilesystemStore({ root: dir });
  const documents = createDocuments(store);
  const records = createRecordStore(store);
  return {
    config,
    client,
    documents,
    get worker() {
      return worker;
    },
    async withoutWorker(part) {
      await worker.stop();
      try {
        await part();
      } finally {
        worker = await startAnother();
      }
    },
    async run(plan, { id, ...input } = {}) {
      const number = ++runs;
      const full: PlanRunInput = {
        title: plan.name,
        plan: await documents.putValue(plan),
        steps: plan.steps.length,
        input: { inline: null },
        correlation_id: `c-${number}`,
        mode: 'live',
        options: { approval_signals: 'accept', expire_after: 7 * 86_400_000 },
        ...input,
      };
      return await client.workflow.start('run', {
        workflowId: `${config.namespace}.run.${id ?? number}`,
        taskQueue: queueName(config.namespace, 'workflows'),
        workflowTaskTimeout: '5s',
        args: [full],
      });
    },
    async audit({ project_id, request_text, context, options: settings } = {}) {
      const number = ++runs;
      const project = project_id ?? `P-${number}`;
      const input: AuditInput = {
        project_id: project,
        correlation_id: `c-${number}`,
        request_text: request_text ?? 'full audit',
        ...(context ? { work_context: await documents.putValue(context) } : {}),
        rows: context?.rows?.length ?? 0,
        language: context?.language ?? 'en',
        requested_by: 'ann',
        options: { ...patience, rework_rounds: 2, approval_signals: 'accept', ...settings },
      };
      return await client.workflow.start('audit', {
        workflowId: workflowIdOf(config.namespace, 'audit', project),
        taskQueue: queueName(config.namespace, 'workflows'),
        workflowTaskTimeout: '5s',
        args: [input],
      });
    },
    async job(goal, { job_id, mode, plan, context, approved } = {}) {
      const id = job_id ?? `J-${++runs}`;
      const workflowId = workflowIdOf(config.namespace, 'job', id);
      const input: JobInput = {
        ...{ job_id: id, goal, correlation_id: `c-${id}`, requested_by: 'ann', priority: 3, mode: mode ?? 'run' },
        context: await documents.toValue(context ?? {}),
        ...(plan ? { plan: await documents.putValue(plan) } : {}),
        options: { ...patience, approval_signals: 'accept' },
        ...(approved ? { agent_run: approvedRun(workflowId, goal) } : {}),
      };
      return await client.workflow.start('job', {
        workflowId,
        taskQueue: queueName(config.namespace, 'workflows'),
        workflowTaskTimeout: '5s',
        args: [input],
      });
    },
    async definition(content, { execution_id, input, workflows = new Map(), rerun } = {}) {
      const id = execution_id ?? `X-${++runs}`;
      const steps = content.steps.map((step, index) => ({ step, at: `/steps/${index}` }));
      const { plan, faults } = compileDefinition(content, steps, workflows);
      if (faults.length > 0) throw new Error(JSON.stringify(faults));
      const start: ExecutionInput = {
        ...{ execution_id: id, requested_by: 'ann', correlation_id: `c-${id}`, request_digest: '' },
        definition: { id: 'test', version: 1, name: content.name },
        plan: await documents.putValue(plan),
        steps: plan.steps.length,
        input: await documents.toValue(input ?? {}),
        rerun,
        options: { approval_signals: 'accept', expire_after: patience.expire_after },
      };
      return await client.workflow.start('definition', {
        workflowId: workflowIdOf(config.namespace, 'definition', id),
        taskQueue: queueName(config.namespace, 'workflows'),
        workflowTaskTimeout: '5s',
        args: [start],
      });
    },
    async order({ order_id, files, options: settings, ...letter } = {}) {
      const number = ++runs;
      const id = order_id ?? `O-${number}`;
      const sent = files ?? [{ name: 'order.csv', bytes: Buffer.from('Reference;Quantity\nA-1;2\nA-2;3\n') }];
      const input: OrderInput = {
        order_id: id,
        correlation_id: `c-${number}`,
        from_email: 'user@example.com',
        subject: 'New order',
        language: 'en',
        received_at: new Date().toISOString(),
        requested_by: 'ann',
        delivery: { address: '1 Main St', date: '2999-01-02' },
        files: await Promise.all(
          sent.map(async ({ name, bytes }, i) => ({
            name,
            artifact: await documents.putArtifact({
              ...{ path: `orders/${id}/received/${i + 1}`, bytes, media_type: 'application/octet-stream' },
            }),
          })),
        ),
        options: {
          ...patience,
          ...{ approval_signals: 'accept', four_eyes: false },
          csv: { separator: ';', decimal: ',', bom: true, newline: '\r\n' },
          ...settings,
        },
        ...letter,
      };
      return await client.workflow.start('order', {
        workflowId: workflowIdOf(config.namespace, 'order', id),
        taskQueue: queueName(config.namespace, 'workflows'),
        workflowTaskTimeout: '5s',
        args: [input],
      });
    },
    record: (handle) => records.readRecord(handle.workflowId),
    async stop() {
      await worker.stop();
      await connection?.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The times that a project waits for people, from the configuration. */
const patience = { remind_after: 4 * 3_600_000, escalate_after: 24 * 3_600_000, expire_after: 7 * 86_400_000 };

export const statusOf = (handle: WorkflowHandle): Promise<RunView> =>
  whenReady(() => handle.query<RunView>(messages.status));

export const stepsOf = (handle: WorkflowHandle, page: { from?: number; limit?: number } = {}): Promise<StepPage> =>
  whenReady(() => handle.query<StepPage, [typeof page]>(messages.steps, page));

/** Asks again while the run's last events wait for their workflow task, or its worker for a core, for 30 seconds at most. */
async function whenReady<T>(ask: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + 30_000; ;) {
    try {
      return await ask();
    } catch (error) {
      if (!['not_ready', 'deadline'].includes(classifyTemporalError(error).fault) || Date.now() > end) throw error;
      await sleep(20);
    }
  }
}

const prover = createProver([PROOF_KEY]);

/** Facts of an agent run that ann has approved with its goal, proved as the API would. */
function approvedRun(workflowId: string, goal: string): AgentRunFacts {
  const approval = { by: 'ann', at: '2026-01-01T00:00:00.000Z' };
  const proof = prover.prove(beforehand(workflowId, goal, approval));
  return { asset_id: 'A-1', metadata: {}, approval: { ...approval, proof } };
}

/** A message with the proof that the API would give it. */
export const proved = <T extends object>(
  { workflowId: run }: Pick<WorkflowHandle, 'workflowId'>,
  name: string,
  content: T,
) => ({
  ...content,
  proof: prover.prove({ run, name, content }),
});

/** Decides by update, as the API does. */
export const decide = (handle: WorkflowHandle, decision: object): Promise<DecisionAnswer> =>
  handle.executeUpdate<DecisionAnswer, [object]>(messages.decide, {
    args: [proved(handle, messages.decide, decision)],
  });
