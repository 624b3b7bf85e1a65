import type { WorkflowExecutionDescription } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Attempt } from '../../schemas/api';
import type { RunView } from '../../schemas/run';
import type { FailureDetails } from '../../schemas/step-call';
import type { RunDependencies } from './ports';

/** Milliseconds that an answer waits for the server's word on attempts; without it the answer goes out. */
const WAIT = 1_000;

/** Attempts that an answer holds; a wide fan-out has more. */
const MOST = 100;

type Pending = NonNullable<WorkflowExecutionDescription['raw']['pendingActivities']>[number];

/** Reads what a run tries again: only the server knows, since attempts that fail do not reach the run. */
export function createAttemptReader({ temporal }: Pick<RunDependencies, 'temporal'>) {
  /** Activities on their second attempt or later; undefined where there are none, or the server does not tell in time. */
  return async function readAttempts({
    workflow_id: workflowId,
    ended_at,
  }: Pick<RunView, 'workflow_id' | 'ended_at'>): Promise<Attempt[] | undefined> {
    if (ended_at !== undefined) return undefined;
    const described = await temporal
      .call((client) => client.workflow.getHandle(workflowId).describe(), WAIT)
      .catch(() => undefined);
    const attempts = (described?.raw.pendingActivities ?? []).flatMap(attemptOf);
    return attempts.length > 0 ? attempts.slice(0, MOST) : undefined;
  };
}

/** An attempt as the API shows it; none for a first one. */
export function attemptOf(pending: Pending): Attempt[] {
  const { activityType, attempt, lastFailure, lastStartedTime, lastAttemptCompleteTime, scheduledTime } = pending;
  if (!attempt || attempt < 2) return [];
  const running = Number(pending.state) === STARTED;
  const since = instantOf(running ? lastStartedTime : (lastAttemptCompleteTime ?? scheduledTime));
  const next = running ? undefined : instantOf(pending.nextAttemptScheduleTime ?? scheduledTime);
  return [
    {
      activity: activityType?.name ?? 'unknown',
      step: stepOf(lastFailure),
      attempt,
      state: running ? 'running' : 'waiting',
      ...(since === undefined ? {} : { since }),
      ...(next === undefined ? {} : { next_at: next }),
      ...(lastFailure
        ? {
            last_failure: {
              type:
                lastFailure.applicationFailureInfo?.type ?? (lastFailure.timeoutFailureInfo ? 'timeout' : 'failure'),
              message: (lastFailure.message ?? '').slice(0, 1_000),
            },
          }
        : {}),
    },
  ];
}

/** The step whose attempt has failed, as the failure's details say; undefined where they do not. */
function stepOf(failure: Pending['lastFailure']): string | undefined {
  const [payload] = failure?.applicationFailureInfo?.details?.payloads ?? [];
  const details = payload && defaultPayloadConverter.fromPayload<Partial<FailureDetails> | null>(payload);
  return typeof details?.step === 'string' ? details.step : undefined;
}

/** `PENDING_ACTIVITY_STATE_STARTED` of the server's protocol. */
const STARTED = 2;

function instantOf(at: Pending['scheduledTime']): string | undefined {
  const seconds = Number(at?.seconds ?? 0);
  return seconds === 0 ? undefined : new Date(seconds * 1_000 + Math.floor((at?.nanos ?? 0) / 1e6)).toISOString();
}
