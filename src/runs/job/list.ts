import type { JobMode, JobView } from '../../../schemas/job/run';
import { createRunList, type ListedRun, type Narrowing, type RunList, type RunListRequest } from '../list-runs';
import type { RunDependencies } from '../ports';
import { AGENT_RUN, type JobMemo } from './start';

/** A job as lists show it. */
export interface ListedJob extends ListedRun {
  job_id: string;
  /** its beginning */
  goal: string;
  priority: number;
  mode: JobMode;
  /** of an agent run */
  asset_id?: string;
  human_approved?: boolean;
  replay_of?: string;
}

export type ListedAgentRun = ListedJob & { asset_id: string };

const agentRuns: Narrowing = {
  query: `AweSubject STARTS_WITH '${AGENT_RUN}-'`,
  holds: ({ view }) => (view as unknown as JobView).agent_run !== undefined,
};

/** Lists jobs, or the agent runs among them; see {@link createRunList} for their order. */
export function createJobList(dependencies: RunDependencies) {
  const listJobs = createRunList<ListedJob>(dependencies, {
    process: 'job',
    listed: (run, subject, memo) => {
      const of = <K extends keyof JobMemo>(name: K) => memo(name) as JobMemo[K] | undefined;
      const {
        goal = '',
        priority = 3,
        mode = 'run',
      } = { goal: of('goal'), priority: of('priority'), mode: of('mode') };
      const [asset_id, human_approved, replay_of] = [of('asset_id'), of('human_approved'), of('replay_of')];
      return { ...run, job_id: subject, goal, priority, mode, asset_id, human_approved, replay_of };
    },
    recorded: (run, { subject, view }) => {
      const { goal, priority, mode, agent_run, replay_of } = view as unknown as JobView;
      const { asset_id, approval } = agent_run ?? {};
      const ofRun = { asset_id, human_approved: agent_run && approval !== undefined };
      return { ...run, job_id: subject.id, goal: goal.slice(0, 200), priority, mode, ...ofRun, replay_of };
    },
  });
  return {
    listJobs,
    /** A page may hold fewer runs than asked for, even none, while there is a next one. */
    async listAgentRuns(request: RunListRequest): Promise<RunList<ListedAgentRun>> {
      const { runs, next_cursor } = await listJobs({ ...request, narrowed: agentRuns });
      return { runs: runs.filter(isAgentRun), next_cursor };
    },
  };
}

const isAgentRun = (job: ListedJob): job is ListedAgentRun => job.asset_id !== undefined;
