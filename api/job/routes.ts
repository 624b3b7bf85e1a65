import type { Job, JobAccepted, JobDecisionRequest, JobReplan, JobRequested, NewJob } from '../../schemas/job/api';
import type { JsonObject } from '../../schemas/json';
import type { IdempotencyStore } from '../../src/documents/idempotency';
import type { Effects } from '../../src/effects/effects';
import { metricsOf } from '../../src/job/metrics';
import {
  newJobId,
  RunError,
  type Control,
  type JobNow,
  type JobRequest,
  type Runs,
  type WantedChange,
} from '../../src/runs';
import { encodeCursor } from '../../src/runs/cursor';
import { notFound } from '../../src/runs/errors';
import { idempotencyKey, ifMatch, listRequestOf, pageOf, positionOf, tagOf } from '../http';
import { acceptedReply, startOnce } from '../idempotent';
import type { UiUrl, WorkflowIdOf } from '../links';
import type { Follower } from '../live/follow';
import { streamEvents } from '../live/stream';
import type { Call, Handlers, Reply } from '../part';
import { HttpProblem, withRun } from '../problem';
import type { jobContracts } from './contract';
import { errorsOf, timelineOf } from './timeline';
import { jobLinks, jobOf, listedOf, planOf } from './views';

export interface JobDependencies {
  runs: Pick<
    Runs,
    | 'startJob'
    | 'changeJob'
    | 'listJobs'
    | 'readJob'
    | 'readResult'
    | 'readPlan'
    | 'readAllSteps'
    | 'decideJob'
    | 'control'
    | 'readSteps'
    | 'readAttempts'
    | 'readAllEvents'
  >;
  effects: Effects;
  idempotency: IdempotencyStore;
  follower: Follower;
  workflowIdOf: WorkflowIdOf;
  uiUrl: UiUrl;
}

export function jobRoutes(deps: JobDependencies): Handlers<typeof jobContracts> {
  const { runs, uiUrl } = deps;
  const idOf = ({ params }: Call) => params.job_id ?? '';
  const nowOf = (call: Call) => runs.readJob(idOf(call));

  async function shown(now: JobNow): Promise<Job> {
    const [result, effects, retrying] = await Promise.all([
      runs.readResult(now.run),
      deps.effects.of(now.run.workflow_id).count(),
      runs.readAttempts(now.run),
    ]);
    return { ...jobOf(now, { result, effects }, uiUrl), retrying };
  }

  async function start(request: Omit<JobRequest, 'job_id'>, job_id: string): Promise<JobAccepted> {
    const { correlation_id, workflow_id } = await runs.startJob({ ...request, job_id });
    return { job_id, correlation_id, workflow_id, status: 'accepted', links: jobLinks(job_id, workflow_id, uiUrl) };
  }

  const decide = (call: Call, choice: 'approve' | 'reject') => decideJob(runs, call, idOf(call), choice);

  function asked(call: Call, requested: JobRequested['requested'], task_id?: string): Reply {
    const job_id = idOf(call);
    const workflow_id = deps.workflowIdOf('job', job_id);
    const body: JobRequested = { job_id, workflow_id, requested, task_id, links: jobLinks(job_id, workflow_id, uiUrl) };
    return { status: 202, body };
  }

  async function change(call: Call, wanted: WantedChange): Promise<Reply> {
    await named(call, () => runs.changeJob(idOf(call), call.principal.name, wanted));
    return asked(call, wanted.do, 'step' in wanted ? wanted.step : undefined);
  }

  return {
    async startJob(call) {
      const { job_id: name = newJobId(), ...body } = call.body as NewJob;
      const request = { ...requestOf(body), requested_by: call.principal.name };
      const key = idempotencyKey(call.req);
      if (key === undefined) return acceptedReply(await start(request, name));
      return await startOnce(deps.idempotency, {
        ...{ key, name, principal: call.principal.name, route: 'POST /jobs', body: call.body },
        start: (id) => start(request, id),
      });
    },
    async listJobs(call) {
      const { runs: jobs, counts, next_cursor } = await runs.listJobs(listRequestOf(call));
      return { body: { jobs: jobs.map((job) => listedOf(job, uiUrl)), counts, next_cursor } };
    },
    async getJob(call) {
      const now = await nowOf(call);
      return { body: await shown(now), headers: tagOf(now) };
    },
    async getJobDetails(call) {
      const now = await nowOf(call);
      const { workflow_id } = now.run;
      const [job, steps, events] = await Promise.all([
        shown(now),
        runs.readAllSteps(workflow_id),
        runs.readAllEvents(workflow_id),
      ]);
      const { page, next_cursor } = pageOf(call, timelineOf(events), 500);
      const metrics = metricsOf(now.run, steps, Date.now());
      return { body: { job, metrics, errors: errorsOf(events), timeline: page, next_cursor } };
    },
    async getJobTasks(call) {
      const { run } = await nowOf(call);
      const limit = Number(call.query.limit ?? 200);
      const { total, steps, next } = await runs.readSteps(run.workflow_id, positionOf(call), limit);
      const next_cursor = next === undefined ? undefined : encodeCursor(next);
      return { body: { job_id: idOf(call), total, tasks: steps, next_cursor } };
    },
    async getJobPlan(call) {
      const now = await nowOf(call);
      const { plan: drawn } = now.view;
      if (!drawn) throw noPlan(now);
      const plan = planOf(now, drawn, await runs.readPlan(drawn), uiUrl);
      return { body: plan, headers: { ETag: `"${plan.digest ?? drawn.plan.$ref}"` } };
    },
    async getJobMetrics(call) {
      const { run } = await nowOf(call);
      return { body: metricsOf(run, await runs.readAllSteps(run.workflow_id), Date.now()) };
    },
    async jobEvents(call) {
      return await named(call, () => streamEvents(deps.follower, call, deps.workflowIdOf('job', idOf(call))));
    },
    approveJob: (call) => decide(call, 'approve'),
    rejectJob: (call) => decide(call, 'reject'),
    replanJob: (call) => change(call, { ...(call.body as JobReplan), do: 'replan' }),
    retryJob: (call) => change(call, { do: 'retry_failed' }),
    async changeTask(call) {
      const { task_id = '', change: what } = call.params;
      const { plan } = (await nowOf(call)).view;
      if (plan && !(await runs.readPlan(plan)).steps.some(({ id }) => id === task_id))
        throw notFound(`The plan of job ${idOf(call)} has no task ${task_id}.`);
      return await change(call, { do: what as 'retry' | 'skip', step: task_id });
    },
    async controlJob(call) {
      const control = call.params.control as Control;
      await named(call, () => runs.control(deps.workflowIdOf('job', idOf(call)), control, call.principal.name));
      return asked(call, control);
    },
  };

  /** People know its name, not its workflow's. */
  function named<T>(call: Call, work: () => Promise<T>): Promise<T> {
    return withRun(`There is no job ${idOf(call)}.`, work);
  }
}

/** Takes the decision of a request on what a job asks. */
export async function decideJob(
  runs: Pick<Runs, 'decideJob'>,
  { body, principal, req }: Call,
  jobId: string,
  choice: 'approve' | 'reject',
): Promise<Reply> {
  const request = body as JobDecisionRequest;
  const taken = await runs.decideJob(jobId, {
    ...request,
    choice,
    by: principal.name,
    digest: ifMatch(req) ?? request.digest,
    idempotency_key: idempotencyKey(req),
  });
  return { body: taken };
}

/** The request of a body, which may hold its context under another name, and as text. */
function requestOf({ context_json, ...body }: Omit<NewJob, 'job_id'>): Omit<JobRequest, 'job_id' | 'requested_by'> {
  if (context_json === undefined) return body;
  const wrong = (detail: string) =>
    new HttpProblem('invalid', `The context cannot be read: ${detail}`, {
      errors: [{ pointer: '/context_json', detail }],
    });
  if (body.context !== undefined) throw wrong('is another name of context, which stands there too: keep one');
  if (typeof context_json !== 'string') return { ...body, context: context_json };
  try {
    const context: unknown = JSON.parse(context_json);
    if (typeof context === 'object' && context !== null && !Array.isArray(context))
      return { ...body, context: context as JsonObject };
  } catch {
    // reported below
  }
  throw wrong('is not the JSON of an object');
}

function noPlan({ run, view }: JobNow): RunError {
  if (run.ended_at === undefined)
    return new RunError('conflict', 'The plan is not written yet. Try again in a moment.', { retryAfter: 1 });
  const why = view.refused?.map(({ message }) => message).join(' ') ?? run.error?.message ?? 'it has ended before';
  return new RunError('closed', `The job has no plan: ${why}`);
}
