import type { JobMode, JobView } from '../../../schemas/job/run';
import { createRunList, type ListedRun } from '../list-runs';
import type { RunDependencies } from '../ports';
import type { JobMemo } from './start';

/** A job as lists show it. */
export interface ListedJob extends ListedRun {
  job_id: string;
  /** its beginning */
  goal: string;
  priority: number;
  mode: JobMode;
  replay_of?: string;
}

/** Lists jobs; see {@link createRunList} for their order. */
export const createJobList = (dependencies: RunDependencies) =>
  createRunList<ListedJob>(dependencies, {
    process: 'job',
    listed: (run, subject, memo) => {
      const of = <K extends keyof JobMemo>(name: K) => memo(name) as JobMemo[K] | undefined;
      const {
        goal = '',
        priority = 3,
        mode = 'run',
      } = { goal: of('goal'), priority: of('priority'), mode: of('mode') };
      return { ...run, job_id: subject, goal, priority, mode, replay_of: of('replay_of') };
    },
    recorded: (run, { subject, view }) => {
      const { goal, priority, mode, replay_of } = view as unknown as JobView;
      return { ...run, job_id: subject.id, goal: goal.slice(0, 200), priority, mode, replay_of };
    },
  });
