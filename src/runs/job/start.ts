import { randomUUID } from 'node:crypto';
import { beforehand } from '../../../core/beforehand';
import type { AgentRunFacts } from '../../../schemas/agent-run/run';
import type { JobInput, JobMode, JobView } from '../../../schemas/job/run';
import type { JsonObject } from '../../../schemas/json';
import type { Locks, Terms } from '../../../schemas/terms';
import type { WrittenPlan } from '../../../schemas/plan';
import { canonicalJson, sha256 } from '../../documents/json';
import { workflowIdOf } from '../../temporal/ids';
import { RunError, withFacts } from '../errors';
import { newId } from '../new-id';
import { planAtTheDoor } from '../plan/written';
import { replayOf } from '../../../schemas/terms';
import type { RunDependencies, RunSettings } from '../ports';
import { createRunStarter, readMemo } from '../start-run';

/** A goal to be carried out, by any channel: HTTP, a stream event, a schedule. */
export interface JobRequest {
  /** names it for good: the same name with the same request is one job */
  job_id?: string;
  goal: string;
  context?: JsonObject;
  /** 1 (first) to 5 (last), between jobs */
  priority?: number;
  mode?: JobMode;
  /** in place of one that the planner would write */
  plan?: WrittenPlan;
  /** what it exchanges with the world is kept, so that it can be replayed; as the platform is set up, unless given */
  record?: boolean;
  requested_by: string;
  correlation_id?: string;
  /** the event that asked for it */
  causation_id?: string;
  /** what it is bound to */
  locks?: Locks;
  /** of an agent run; `human_approved`: whoever requests it approves beforehand what the first plan asks about */
  agent_run?: Omit<AgentRunFacts, 'approval'> & { human_approved: boolean };
}

export interface JobStarted {
  job_id: string;
  correlation_id: string;
  workflow_id: string;
  /** the job was there already, with the same request */
  repeated: boolean;
}

/** Facts stored beside a job's input, for lists and for a second start. */
export interface JobMemo {
  /** its beginning */
  goal: string;
  priority: number;
  mode: JobMode;
  requested_by: string;
  request_digest: string;
  correlation_id: string;
  /** of an agent run */
  asset_id?: string;
  human_approved?: boolean;
  /** workflow id of the run that it replays */
  replay_of?: string;
}

export const newJobId = (): string => newId('J');

/** The letter that ids of agent runs begin with, as Temporal's index tells them from other jobs. */
export const AGENT_RUN = 'R';

export const newAgentRunId = (): string => newId(AGENT_RUN);

export const jobDefaults = { priority: 3, mode: 'run' } as const;

/**
 * Starts a job, once. The same job with the same request gets the same answer, however often and however late; another
 * request for it is a `conflict`. Throws `invalid` for a plan that gives one thing under two names, and `unavailable`
 * while Temporal is away: nothing is lost by trying again with the same job id.
 */
export function createJobStarter(dependencies: Pick<RunDependencies, 'temporal' | 'store' | 'settings' | 'prover'>) {
  const { temporal, store, settings } = dependencies;
  const startRun = createRunStarter(dependencies);

  async function inputOf({ job_id = newJobId(), goal, context = {}, ...request }: JobRequest): Promise<JobInput> {
    const { priority = jobDefaults.priority, mode = jobDefaults.mode, requested_by, causation_id } = request;
    const plan = request.plan && (await store.putValue(planAtTheDoor(request.plan)));
    const { agent_run, record = settings.record, locks } = request;
    const terms: Terms | undefined =
      record || locks ? { locks, recording: record ? { mode: 'record' } : undefined } : undefined;
    const says = { goal, context, plan: plan?.$ref ?? null, priority, mode, locks, agent_run };
    return {
      ...{ job_id, goal, priority, mode, plan, requested_by, causation_id },
      context: await store.toValue(context),
      correlation_id: request.correlation_id ?? randomUUID(),
      request_digest: sha256(canonicalJson(says)),
      options: jobOptions(settings),
      terms,
      agent_run: agent_run && factsOf(agent_run, { job_id, goal, requested_by }),
    };
  }

  /** Facts of an agent run; the word of whoever approves it beforehand is proved, as workflows believe no other. */
  function factsOf(
    { asset_id, metadata, human_approved }: NonNullable<JobRequest['agent_run']>,
    { job_id, goal, requested_by: by }: Pick<JobInput, 'job_id' | 'goal' | 'requested_by'>,
  ): AgentRunFacts {
    if (!human_approved) return { asset_id, metadata };
    const approval = { by, at: new Date().toISOString() };
    const run = workflowIdOf(settings.namespace, 'job', job_id);
    const proof = dependencies.prover.prove(beforehand(run, goal, approval));
    return { asset_id, metadata, approval: { ...approval, proof } };
  }

  /** Identity and correlation of the request that a job was started with; undefined where Temporal knows none. */
  async function recorded(workflowId: string): Promise<Pick<JobMemo, 'request_digest' | 'correlation_id'> | undefined> {
    const past = await store.readRecord(workflowId);
    if (!past) return undefined;
    const { request_digest = '' } = past.view as unknown as JobView;
    return { request_digest, correlation_id: past.correlation_id };
  }

  return async function startJob(request: JobRequest): Promise<JobStarted> {
    const input = await inputOf(request);
    const { job_id, correlation_id } = input;
    const workflow_id = workflowIdOf(settings.namespace, 'job', job_id);
    const same = (there: Partial<Pick<JobMemo, 'request_digest' | 'correlation_id'>>): JobStarted => {
      if (there.request_digest !== input.request_digest) throw isAnother(job_id);
      return { job_id, workflow_id, correlation_id: there.correlation_id ?? '', repeated: true };
    };
    const past = request.job_id === undefined ? undefined : await recorded(workflow_id);
    if (past) return same(past);
    // a caller without an id can try again with this one, and gets one job even if this try has worked
    return await withFacts({ job_id }, async () => {
      const answer = await startRun({
        process: 'job',
        name: job_id,
        subject: job_id,
        input,
        memo: { ...memoOf(input) },
        summary: `job ${job_id}`,
        priority: input.priority,
      });
      if (answer === 'already there') return same(await readMemo<JobMemo>(temporal, workflow_id));
      return { job_id, correlation_id, workflow_id, repeated: false };
    });
  };
}

/** Settings that a job keeps from its start. */
export const jobOptions = ({ approvalSignals, clarification }: RunSettings): JobInput['options'] => ({
  approval_signals: approvalSignals,
  remind_after: clarification.remindAfterMs,
  escalate_after: clarification.escalateAfterMs,
  expire_after: clarification.expireAfterMs,
});

/** Facts of a job for its memo. */
export function memoOf(input: JobInput): JobMemo {
  const { goal, priority, mode, requested_by, request_digest = '', correlation_id, agent_run } = input;
  const { asset_id, approval } = agent_run ?? {};
  const of = replayOf(input.terms);
  return {
    ...{ goal: goal.slice(0, 200), priority, mode, requested_by, request_digest, correlation_id },
    ...(asset_id === undefined ? {} : { asset_id, human_approved: approval !== undefined }),
    ...(of === undefined ? {} : { replay_of: of }),
  };
}

const isAnother = (jobId: string): RunError =>
  new RunError(
    'conflict',
    `Job ${jobId} exists, with another request. Choose another job_id, or leave it out to get a new one.`,
  );
