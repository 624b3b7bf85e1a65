import type { ToolCatalogue } from '../../core/plan/catalogue';
import { linksOf, type CheckedPlan } from '../../core/plan/check';
import { digest } from '../../core/identity';
import type { EventPayload } from '../../schemas/catalogue';
import type { ExecutionView } from '../../schemas/definition/run';
import type { JobView } from '../../schemas/job/run';
import type { Json } from '../../schemas/json';
import type { Plan } from '../../schemas/plan';
import type { PolicyDecision } from '../../schemas/policy';
import type { PolicyTrialRequest } from '../../schemas/policy/api';
import type { Ref } from '../../schemas/refs';
import type { ValueStore } from '../../src/documents/values';
import { checkTypedPlan } from '../../src/plans/check';
import type { PolicyJob } from '../../src/policy/decide';
import type { JobNow, Runs } from '../../src/runs';
import { invalid, noSuchRun, notFound, RunError } from '../../src/runs/errors';

export interface PlanParts {
  runs: Pick<Runs, 'readRun' | 'readJob' | 'readContext' | 'readAllEvents'>;
  values: Pick<ValueStore, 'getValue' | 'fromValue'>;
  /** true if a workflow id belongs to this namespace */
  isOurs: (workflowId: string) => boolean;
}

/** A plan that a policy is tried on, and what is known of it. */
export interface TriedPlan {
  checked: CheckedPlan;
  /** content hash */
  digest: string;
  /** of its job; of a written plan nothing is known */
  job: Partial<PolicyJob>;
  input?: Json;
  /** the decision of the time when it was planned */
  was?: PolicyDecision;
}

/** The plan that a request means. Throws `invalid`, `not_found`, and `closed` for a run that keeps no plan. */
export async function readTried(
  { plan, job_id, workflow_id, version }: PolicyTrialRequest,
  catalogue: ToolCatalogue,
  parts: PlanParts,
): Promise<TriedPlan> {
  const given = [plan, job_id, workflow_id].filter((one) => one !== undefined);
  if (given.length !== 1)
    throw invalid('Name one plan.', [{ pointer: '', detail: 'takes one of plan, job_id and workflow_id' }]);
  if (plan !== undefined) return writtenPlan(plan, catalogue);
  if (job_id !== undefined) return await planOfJob(await parts.runs.readJob(job_id), version, catalogue, parts);
  return await planOfRun(workflow_id ?? '', version, catalogue, parts);
}

function writtenPlan(written: unknown, catalogue: ToolCatalogue): TriedPlan {
  const checked = checkTypedPlan(written, catalogue);
  if (!('faults' in checked)) return { checked, digest: digest(checked.plan), job: {} };
  const errors = checked.faults.map(({ pointer, message, hint }) => ({
    pointer: `/plan${pointer}`,
    detail: hint === '' ? message : `${message}; ${hint}`,
  }));
  throw invalid('The plan cannot run; see errors.', errors);
}

async function planOfRun(
  id: string,
  version: number | undefined,
  catalogue: ToolCatalogue,
  parts: PlanParts,
): Promise<TriedPlan> {
  if (!parts.isOurs(id)) throw noSuchRun(id);
  const run = await parts.runs.readRun(id);
  if (run.process === 'job') {
    const view = run.view as unknown as JobView;
    return await planOfJob({ run, view, questions: [] }, version, catalogue, parts);
  }
  if (run.process !== 'definition')
    throw new RunError('closed', `The run ${id} keeps no plan that a policy can be tried on: it is of ${run.process}.`);
  const { plan, input, requested_by } = run.view as unknown as ExecutionView;
  return {
    ...(await stored(plan, catalogue, parts)),
    job: { requested_by },
    input: await parts.values.fromValue(input),
  };
}

async function planOfJob(
  now: JobNow,
  version: number | undefined,
  catalogue: ToolCatalogue,
  parts: PlanParts,
): Promise<TriedPlan> {
  const { job_id, goal, priority, requested_by, plan: drawn } = now.view;
  const isNewest = version === undefined || version === drawn?.version;
  const meant = isNewest ? drawn && { plan: drawn.plan, was: drawn.policy } : await olderPlan(now, version, parts);
  if (!meant && isNewest) throw new RunError('closed', `The job ${job_id} has no plan.`);
  if (!meant) throw notFound(`The job ${job_id} has no version ${version} of its plan.`);
  return {
    ...(await stored(meant.plan, catalogue, parts)),
    job: { goal, priority, requested_by },
    input: (await parts.runs.readContext(now))?.input,
    was: meant.was,
  };
}

/** A version of the plan of a job that another one has taken the place of, from its events. */
async function olderPlan(
  { run }: JobNow,
  version: number,
  { runs }: PlanParts,
): Promise<{ plan: Ref<Plan>; was?: PolicyDecision } | undefined> {
  const events = await runs.readAllEvents(run.workflow_id);
  const payloadOf = (...types: string[]) =>
    events.find(({ event_type, payload }) => types.includes(event_type) && payload['version'] === version)?.payload;
  const drawn = payloadOf('PLAN.CREATED', 'PLAN.REPLANNED') as EventPayload<'PLAN.CREATED'> | undefined;
  const was = payloadOf('PLAN.POLICY_DECIDED') as EventPayload<'PLAN.POLICY_DECIDED'> | undefined;
  return drawn && { plan: drawn.plan as Ref<Plan>, was };
}

/** A plan that was checked when it was planned; a tool that there is no more does not keep it from being judged. */
async function stored(
  ref: Ref<Plan>,
  catalogue: ToolCatalogue,
  { values }: PlanParts,
): Promise<Pick<TriedPlan, 'checked' | 'digest'>> {
  const plan = await values.getValue(ref);
  return { checked: { plan, links: linksOf(plan, catalogue) }, digest: ref.$ref };
}
