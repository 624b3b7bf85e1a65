import type { Failure } from '../../../schemas/catalogue';
import type { ApprovalView, RunView } from '../../../schemas/run';
import * as processes from '../processes';
import type { ProcessRuns } from '../end';
import type { Phrased } from './asking';

/** A question to a person, with its run; without what it shows, which may be large. */
export interface Question extends Omit<ApprovalView, 'shows'> {
  workflow_id: string;
  process: string;
  /** the id of the run's subject */
  subject: string;
  title: string;
  flags: number;
  blocking: boolean;
  /** the same in French, where its process can say it */
  french?: Phrased;
}

/** Facts of a run that lists of several processes show. */
export interface AskingRun {
  workflow_id: string;
  process: string;
  subject: string;
  title: string;
  questions: Question[];
  error?: Failure;
  ended_at?: string;
}

const rows = new Map<string, ProcessRuns>(Object.entries(processes));

/** Processes whose runs ask people; `recorded`: those whose decisions are in the ledger, or the others. */
export const askingProcesses = (recorded: boolean): string[] =>
  [...rows].flatMap(([process, { asking }]) => (asking && (asking.recorded ?? false) === recorded ? [process] : []));

/** The facts of a run as it is now. */
export function askingRunOf({ workflow_id, process, subject, view, approvals, error, ended_at }: RunView): AskingRun {
  const asking = rows.get(process)?.asking;
  const run = { workflow_id, process, subject: subject.id, title: (asking?.titleOf(view) ?? subject.id).slice(0, 300) };
  const questions = approvals.map((approval): Question => {
    const { shows: _, ...asked } = approval;
    const { flags, blocking, day } = asking?.weigh?.(approval) ?? { flags: 0, blocking: false };
    const due_at = day !== undefined && day < asked.due_at ? `${day}T00:00:00.000Z` : asked.due_at;
    return { ...run, ...asked, flags, blocking, due_at, french: asking?.inFrench?.(view, approval) };
  });
  return { ...run, questions, error, ended_at };
}

/** The name of a question in lists of all runs. */
export const idOf = ({ workflow_id, approval_id }: Pick<Question, 'workflow_id' | 'approval_id'>): string =>
  `${workflow_id}/${approval_id}`;
