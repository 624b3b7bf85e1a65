import type { ProjectView } from '../../../schemas/audit/run';
import { createRunList, type ListedRun } from '../list-runs';
import type { RunDependencies } from '../ports';

/** A project as lists show it. */
export interface ListedProject extends ListedRun {
  project_id: string;
  request_text: string;
}

/** Lists audit projects; see {@link createRunList} for their order. */
export const createProjectList = (dependencies: RunDependencies) =>
  createRunList<ListedProject>(dependencies, {
    process: 'audit',
    listed: (run, subject, memo) => ({
      ...run,
      project_id: subject,
      request_text: textOf(memo('request_text')),
    }),
    recorded: (run, { subject, view }) => ({
      ...run,
      project_id: subject.id,
      request_text: (view as unknown as ProjectView).request_text.slice(0, 200),
    }),
  });

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
