import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { Failure } from '../../schemas/catalogue';
import type { FailureDetails } from '../../schemas/step-call';
import { ExpressionError } from '../../core/plan/expressions';

/**
 * Failure as people and events see it: the type and words of the innermost cause. `isOnce`: of a call whose effect cannot
 * be repeated, which it may have had where its worker is lost.
 */
export function failureOf(error: unknown, isOnce = false): Failure {
  const cause = innermost(error);
  if (cause instanceof ApplicationFailure)
    return { type: cause.type ?? 'unknown', message: cause.message, ...outcomeOf(cause) };
  if (cause instanceof TimeoutFailure) {
    const lost = isOnce && cause.timeoutType !== 'SCHEDULE_TO_START' ? { outcome: 'unknown' as const } : {};
    return { type: 'step.timeout', message: 'no result within its time limit', ...lost };
  }
  if (cause instanceof CancelledFailure) return { type: 'step.cancelled', message: 'cancelled' };
  if (cause instanceof ExpressionError) return { type: cause.code, message: cause.message };
  return { type: 'internal', message: cause instanceof Error ? cause.message : String(cause) };
}

/** What the tool runtime has said of an effect that cannot be repeated. */
function outcomeOf({ details }: ApplicationFailure): Pick<Failure, 'outcome'> {
  const [first] = (details ?? []) as ({ details?: { outcome?: unknown } } | null)[];
  return first?.details?.outcome === 'unknown' ? { outcome: 'unknown' } : {};
}

/** The number of the attempt that has failed for good; undefined where the failure does not say. */
export function attemptOf(error: unknown): number | undefined {
  const cause = innermost(error);
  if (!(cause instanceof ApplicationFailure)) return undefined;
  const [first] = (cause.details ?? []) as (Partial<FailureDetails> | null)[];
  return typeof first?.attempt === 'number' ? first.attempt : undefined;
}

/** True when the worker died with the activity in hand: no fault of the tool. */
export function workerLost(error: unknown): boolean {
  const cause = innermost(error);
  return cause instanceof TimeoutFailure && cause.timeoutType === 'HEARTBEAT';
}

/** True when another attempt may succeed. */
export function isRetryable(error: unknown): boolean {
  const cause = innermost(error);
  return !(cause instanceof ApplicationFailure && cause.nonRetryable) && !(cause instanceof CancelledFailure);
}

function innermost(error: unknown): unknown {
  let cause = error;
  while ((cause instanceof ActivityFailure || cause instanceof ChildWorkflowFailure) && cause.cause)
    cause = cause.cause;
  return cause;
}
