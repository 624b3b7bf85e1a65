import { parseDuration } from '../../core/plan/duration';
import type { Job, JobLimits, JobListed, JobPlan } from '../../schemas/job/api';
import type { DrawnPlan, JobView } from '../../schemas/job/run';
import type { Plan } from '../../schemas/plan';
import type { Value } from '../../schemas/refs';
import type { JobNow, ListedJob } from '../../src/runs';
import { addressOf, temporalLink, type UiUrl } from '../links';
import { runLinks } from '../runs/views';
import { jobContracts } from './contract';

/** Pure mappers from jobs' own views to answers of the API. */

/** Links from a job onwards. */
export function jobLinks(jobId: string, workflowId: string, uiUrl: UiUrl): Record<string, string> {
  const job = { job_id: jobId };
  return {
    self: addressOf(jobContracts.getJob, job),
    plan: addressOf(jobContracts.getJobPlan, job),
    tasks: addressOf(jobContracts.getJobTasks, job),
    details: addressOf(jobContracts.getJobDetails, job),
    metrics: addressOf(jobContracts.getJobMetrics, job),
    events: addressOf(jobContracts.jobEvents, job),
    approve: addressOf(jobContracts.approveJob, job),
    reject: addressOf(jobContracts.rejectJob, job),
    run: runLinks(workflowId).run,
    ...temporalLink(workflowId, uiUrl),
  };
}

export function listedOf({ correlation_id: _, human_approved: __, ...listed }: ListedJob, uiUrl: UiUrl): JobListed {
  const { workflow_id, ...job } = listed;
  return { ...job, links: jobLinks(job.job_id, workflow_id, uiUrl) };
}

/** `effects`: changes outside that are written down. */
export function jobOf(
  { run, view, questions }: JobNow,
  { result, effects }: { result: Value | undefined; effects: number },
  uiUrl: UiUrl,
): Job {
  const { plan, request_digest: _, used: __, agent_run: ___, locks: ____, ...job } = view;
  const { workflow_id, correlation_id, status, started_at, ended_at, error, outcome, steps, approvals } = run;
  return {
    ...job,
    ...{ workflow_id, correlation_id, status, started_at, ended_at, error, outcome },
    stage: ended_at === undefined ? view.stage : 'ended',
    tasks: steps,
    plan: plan && { version: plan.version, steps: plan.steps, by: plan.by, risk: plan.risk },
    ...(result && 'inline' in result ? { result: result.inline } : {}),
    ...(result && 'ref' in result ? { result_ref: result.ref } : {}),
    questions,
    limits: limitsOf(view, effects),
    decisions: approvals.flatMap(({ decision }) => (decision ? [decision] : [])),
    links: jobLinks(view.job_id, workflow_id, uiUrl),
  };
}

function limitsOf({ plan, used, mode }: JobView, effects: number): JobLimits {
  const { steps, time, tokens, money, effects: most } = plan?.bounds ?? {};
  return {
    steps: { limit: steps ?? null, used: used?.steps ?? null },
    time_ms: { limit: parseDuration(time) ?? null, used: used?.time_ms ?? null },
    tokens: { limit: tokens ?? null, used: used?.tokens ?? null },
    money: { limit: money ? `${money.amount} ${money.currency}` : null, used: used?.money ?? null },
    effects: { limit: most ?? null, used: mode === 'simulate' ? 0 : effects },
  };
}

export function planOf({ run, view, questions }: JobNow, drawn: DrawnPlan, plan: Plan, uiUrl: UiUrl): JobPlan {
  const question = questions.find(({ kind }) => kind === 'plan');
  return {
    job_id: view.job_id,
    ...drawn,
    plan,
    ref: drawn.plan,
    question,
    digest: question?.digest,
    approved: view.approved,
    links: jobLinks(view.job_id, run.workflow_id, uiUrl),
  };
}
