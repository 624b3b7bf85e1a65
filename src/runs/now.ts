import type { ApprovalView, RunView } from '../../schemas/run';
import { notFound, RunError } from './errors';
import type { RunReader } from './read-run';

/** What a run is about as it is now: its run, its own view, and the questions that wait for a person. */
export interface Now<View> {
  run: RunView;
  view: View;
  questions: ApprovalView[];
}

/** Reads what a run is about. @throws RunError `not_found` in the words of `absent` where there is none */
export async function readNow<View>(
  readRun: RunReader['readRun'],
  workflowId: string,
  absent: string,
): Promise<Now<View>> {
  const run = await readRun(workflowId).catch((error: unknown) => {
    throw error instanceof RunError && error.fault === 'not_found' ? notFound(absent) : error;
  });
  const questions = run.approvals.filter(({ status }) => status === 'open');
  return { run, view: run.view as View, questions };
}
