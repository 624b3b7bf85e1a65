import {
  ApplicationFailure,
  CancelledFailure,
  ContinueAsNew,
  ParentClosePolicy,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import { cancelledBy, type PlanEnd } from '../../core/engine/plan-end';
import type { Failure } from '../../schemas/catalogue';
import type { Json } from '../../schemas/json';
import { failureOf } from './failure';

/** End of a run in the words of its process; `last` is its last event. */
export type Conclusion = PlanEnd;

/** The words of a process for an end that its story did not foresee; `by`: whoever cancelled the run. */
export type OrElse = (error: Failure, by?: string) => Conclusion;

/** The conclusion of a story, whatever happens in it; a run that goes on as new has none. */
export async function conclude(
  tell: () => Promise<Conclusion>,
  orElse: OrElse,
  cancelled: () => string | undefined,
): Promise<Conclusion> {
  try {
    return await tell();
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error;
    const by = cancelled();
    return orElse(by === undefined ? failureOf(error) : cancelledBy(by), by);
  }
}

/** Leaves the last events to a child that publishes them from the record: Redis takes nothing now. */
export async function handOver(after: number): Promise<void> {
  const { workflowId, taskQueue } = workflowInfo();
  await startChild('mirrorRecord', {
    args: [{ workflow_id: workflowId, after }],
    workflowId: `${workflowId}.mirror`,
    taskQueue,
    parentClosePolicy: ParentClosePolicy.ABANDON,
    staticSummary: `the last events of ${workflowId}`,
  });
}

/** The end of a run in a word: its process's own, or its status. */
export const outcomeOf = ({ outcome, status }: Pick<Conclusion, 'outcome' | 'status'>): string => outcome ?? status;

/** The answer of the workflow to whoever waits for it. */
export function answerOf({ status, result, error }: Omit<Conclusion, 'last'>): Json {
  if (status === 'completed') return result;
  if (status === 'cancelled') throw new CancelledFailure('cancelled');
  const failure = ApplicationFailure.nonRetryable(error?.message ?? status, error?.type ?? `run.${status}`, result);
  // where it was thrown says nothing of why the run failed, and shows paths of this machine to everybody
  failure.stack = '';
  throw failure;
}

/** The name under which a cancellation by Temporal itself counts. */
export const TEMPORAL = 'Temporal';
