import type { AgentRun, AgentRunAccepted, NewAgentRun } from '../../schemas/agent-run/api';
import type { JobRequested } from '../../schemas/job/api';
import type { IdempotencyStore } from '../../src/documents/idempotency';
import { newAgentRunId, type Control, type JobNow, type JobRequest, type Runs } from '../../src/runs';
import { notFound } from '../../src/runs/errors';
import { settled } from '../../src/settled';
import { idempotencyKey, listRequestOf, tagOf } from '../http';
import { acceptedReply, startOnce } from '../idempotent';
import { decideJob } from '../job/routes';
import type { UiUrl, WorkflowIdOf } from '../links';
import type { Follower } from '../live/follow';
import { streamEvents } from '../live/stream';
import type { Call, Handlers, Reply } from '../part';
import { HttpProblem, withRun } from '../problem';
import type { agentRunContracts } from './contract';
import { agentRunFrames } from './frames';
import { agentRunLinks, agentRunOf, listedOf, statusOf } from './views';

export interface AgentRunDependencies {
  runs: Pick<
    Runs,
    | 'startJob'
    | 'listAgentRuns'
    | 'readRun'
    | 'readJob'
    | 'readPlan'
    | 'readAllSteps'
    | 'readResult'
    | 'decideJob'
    | 'control'
  >;
  idempotency: IdempotencyStore;
  follower: Follower;
  workflowIdOf: WorkflowIdOf;
  uiUrl: UiUrl;
}

export function agentRunRoutes(deps: AgentRunDependencies): Handlers<typeof agentRunContracts> {
  const { runs, uiUrl } = deps;
  const idOf = ({ params }: Call) => params.run_id ?? '';
  const workflowIdOf = (call: Call) => deps.workflowIdOf('job', idOf(call));

  async function nowOf(call: Call): Promise<JobNow> {
    const now = await named(call, () => runs.readJob(idOf(call)));
    if (now.view.agent_run) return now;
    throw notFound(`${idOf(call)} is a job, but no agent run: see /jobs/${idOf(call)}.`);
  }

  async function shown(now: JobNow): Promise<AgentRun> {
    const { plan: drawn } = now.view;
    const [plan, steps, result] = await Promise.all([
      drawn && runs.readPlan(drawn),
      runs.readAllSteps(now.run.workflow_id),
      runs.readResult(now.run),
    ]);
    return agentRunOf(now, { plan, steps, result }, uiUrl);
  }

  async function start(request: Omit<JobRequest, 'job_id'>, run_id: string): Promise<AgentRunAccepted> {
    const { correlation_id, workflow_id } = await runs.startJob({ ...request, job_id: run_id });
    const links = agentRunLinks(run_id, workflow_id, uiUrl);
    return { run_id, correlation_id, workflow_id, status: 'accepted', links };
  }

  async function decide(call: Call, choice: 'approve' | 'reject'): Promise<Reply> {
    await nowOf(call);
    return await decideJob(runs, call, idOf(call), choice);
  }

  return {
    async startAgentRun(call) {
      const body = call.body as NewAgentRun;
      if (body.human_approved === true && !call.principal.roles.includes('approver'))
        throw new HttpProblem(
          'forbidden',
          '`human_approved` is an approval: it needs the role approver. Leave it out, and an approver decides on the plan.',
        );
      const request = requestOf(body, call.principal.name);
      const key = idempotencyKey(call.req);
      if (key === undefined) return acceptedReply(await start(request, newAgentRunId()));
      return await startOnce(deps.idempotency, {
        ...{ key, name: newAgentRunId(), principal: call.principal.name, route: 'POST /api/runs', body },
        start: (id) => start(request, id),
      });
    },
    async listAgentRuns(call) {
      const { runs: listed, next_cursor } = await runs.listAgentRuns(listRequestOf(call));
      return { body: { runs: listed.map((run) => listedOf(run, uiUrl)), next_cursor } };
    },
    async getAgentRun(call) {
      const now = await nowOf(call);
      return { body: await shown(now), headers: tagOf(now) };
    },
    async agentRunStream(call) {
      const { view } = await nowOf(call);
      const context = agentRunLinks(view.job_id, workflowIdOf(call), uiUrl).self ?? '';
      const frames = agentRunFrames(view.job_id, async () => {
        await settled(() => runs.readRun(workflowIdOf(call)));
        const now = await nowOf(call);
        const { result, result_ref } = (await shown(now)).state;
        return { status: statusOf(now.run, now.view), result, result_ref, error: now.run.error, context };
      });
      return await streamEvents(deps.follower, call, workflowIdOf(call), frames);
    },
    approveAgentRun: (call) => decide(call, 'approve'),
    rejectAgentRun: (call) => decide(call, 'reject'),
    async controlAgentRun(call) {
      await nowOf(call);
      const control = call.params.control as Control;
      await runs.control(workflowIdOf(call), control, call.principal.name);
      const [run_id, workflow_id] = [idOf(call), workflowIdOf(call)];
      const body: JobRequested = {
        ...{ job_id: run_id, workflow_id, requested: control },
        links: agentRunLinks(run_id, workflow_id, uiUrl),
      };
      return { status: 202, body };
    },
  };

  /** People know its name, not its workflow's. */
  function named<T>(call: Call, work: () => Promise<T>): Promise<T> {
    return withRun(`There is no run ${idOf(call)}.`, work);
  }
}

/** The job that a run is. It is bound to what it is made with, and recorded. */
function requestOf(
  { asset_id, goal, metadata = {}, human_approved = false, determinism, plan }: NewAgentRun,
  requested_by: string,
): Omit<JobRequest, 'job_id'> {
  return {
    ...{ goal, plan, requested_by },
    context: { asset_id, metadata },
    ...{ locks: { ...determinism }, record: true },
    agent_run: { asset_id, metadata, human_approved },
  };
}
