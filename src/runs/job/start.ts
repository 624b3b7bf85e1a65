import { randomUUID } from 'node:crypto';
import type { JobInput, JobMode, JobView } from '../../../schemas/job/run';
import type { JsonObject } from '../../../schemas/json';
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
  /** workflow id of the run that it replays */
  replay_of?: string;
}

export const newJobId = (): string => newId('J');

export const jobDefaults = { priority: 3, mode: 'run' } as const;

/**
 * Starts a job, once. The same job with the same request gets the same answer, however often and however late; another
 * request for it is a `conflict`. Throws `invalid` for a plan that gives one thing under two names, and `unavailable`
 * while Temporal is away: nothing is lost by trying again with the same job id.
 */
export function createJobStarter(dependencies: Pick<RunDependencies, 'temporal' | 'store' | 'settings'>) {
  const { temporal, store, settings } = dependencies;
  const startRun = createRunStarter(dependencies);

  async function inputOf({ job_id = newJobId(), goal, context = {}, ...request }: JobRequest): Promise<JobInput> {
    const { priority = jobDefaults.priority, mode = jobDefaults.mode, requested_by, causation_id } = request;
    const plan = request.plan && (await store.putValue(planAtTheDoor(request.plan)));
    const isRecorded = request.record ?? settings.record;
    return {
      ...{ job_id, goal, priority, mode, plan, requested_by, causation_id },
      context: await store.toValue(context),
      correlation_id: request.correlation_id ?? randomUUID(),
      request_digest: sha256(canonicalJson({ goal, context, plan: plan?.$ref ?? null, priority, mode })),
      options: jobOptions(settings),
      terms: isRecorded ? { recording: { mode: 'record' } } : undefined,
    };
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
  const { goal, priority, mode, requested_by, request_digest = '', correlation_id } = input;
  const of = replayOf(input.terms);
  return {
    ...{ goal: goal.slice(0, 200), priority, mode, requested_by, request_digest, correlation_id },
    ...(of === undefined ? {} : { replay_of: of }),
  };
}

const isAnother = (jobId: string): RunError =>
  new RunError(
    'conflict',
    `Job ${jobId} exists, with another request. Choose another job_id, or leave it out to get a new one.`,
  );
