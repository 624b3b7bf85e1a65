import type { ProcessName } from '../../../schemas/catalogue';
import { parseWorkflowId } from '../../temporal/ids';
import { createRunList, type ListedRun, type RunList, type RunListRequest } from '../list-runs';
import type { RunDependencies } from '../ports';

/** A run of any process, as lists show it. */
export interface ListedAny extends ListedRun {
  process: string;
  /** the id of its subject */
  subject: string;
  title: string;
}

/** Lists runs of one process or of all; see {@link createRunList} for their order. */
export function createAnyRunList(dependencies: RunDependencies) {
  const { namespace } = dependencies.settings;
  const processOf = (workflowId: string): string => parseWorkflowId(namespace, workflowId)?.process ?? '';
  const lists = new Map<ProcessName | undefined, (request: RunListRequest) => Promise<RunList<ListedAny>>>();
  const listOf = (process: ProcessName | undefined) =>
    createRunList<ListedAny>(dependencies, {
      process,
      listed: (run, subject, memo) => ({
        ...run,
        process: processOf(run.workflow_id),
        subject,
        title: typeof memo('title') === 'string' ? (memo('title') as string) : '',
      }),
      recorded: (run, { process: of, subject }) => ({ ...run, process: of, subject: subject.id, title: '' }),
    });
  return function listRuns(process: ProcessName | undefined, request: RunListRequest): Promise<RunList<ListedAny>> {
    const list = lists.get(process) ?? listOf(process);
    lists.set(process, list);
    return list(request);
  };
}
