import type { JobChange, JobInput, JobTurn } from '../../../schemas/job/run';
import type { Json } from '../../../schemas/json';
import type { WrittenPlan } from '../../../schemas/plan';
import { messages, type RunRecord } from '../../../schemas/run';
import { workflowIdOf } from '../../temporal/ids';
import { RunError } from '../errors';
import { planAtTheDoor } from '../plan/written';
import type { RunDependencies } from '../ports';
import { createRetrier, rowOf, type NextExecution } from '../retry';
import { createSignaller } from '../signal';
import { memoOf } from './start';

/** A wish of a person, whom the caller has authenticated, for a job's plan. */
export type WantedChange = Exclude<JobChange, { do: 'replan' }> | { do: 'replan'; goal?: string; plan?: WrittenPlan };

/**
 * Changes a job's plan: a step again or left out, failed steps again, or the rest planned anew. A job under way takes
 * the wish up at its next rest; one that has failed or was cancelled goes on from what it has, under its own id. Throws
 * `not_found`, `closed` for a job that is completed, `invalid` for a plan that cannot be read, `unavailable`.
 */
export function createJobChanger(dependencies: RunDependencies) {
  const { store, settings } = dependencies;
  const goOn = createRetrier(dependencies, { process: 'job', ends: ['failed', 'cancelled'], refuse });
  const signal = createSignaller(dependencies);

  async function kept(wanted: WantedChange): Promise<JobChange> {
    if (wanted.do !== 'replan') return wanted;
    const { goal, plan } = wanted;
    return { do: 'replan', goal, plan: plan && (await store.putValue(planAtTheDoor(plan))) };
  }

  return async function changeJob(jobId: string, by: string, wanted: WantedChange): Promise<{ workflow_id: string }> {
    const workflowId = workflowIdOf(settings.namespace, 'job', jobId);
    const change = await kept(wanted);
    const retried = () => goOn(jobId, by, (record, left) => nextOf(record, left, by, change));
    if (await retried()) return { workflow_id: workflowId };
    const isTaken = await signal(workflowId, messages.change, { by, change: change });
    // it may have ended just before
    if (isTaken || (await retried())) return { workflow_id: workflowId };
    throw new RunError('closed', 'The job has just ended, and its record is being written. Try again in a moment.');
  };
}

/** The next execution of a job that has ended, which begins with a person's wish. */
export function nextOf(
  { step_views }: Pick<RunRecord, 'step_views'>,
  { input: given, once, rows: held = [] }: NonNullable<RunRecord['left']>,
  by: string,
  change: JobChange,
): NextExecution {
  const input = given as unknown as JobInput;
  const about = {
    memo: { ...memoOf(input) },
    summary: `job ${input.job_id}, retried by ${by}`,
    priority: input.priority,
  };
  const turn = once['turn'] as unknown as JobTurn | undefined;
  if (!turn) return { ...about, ...unplanned(input, once, change) };
  const { drawn } = turn;
  const { stage: _stage, ...kept } = once;
  // a turn that was not permitted stands where the one before has left it
  const isFollowed = once['followed'] === turn.turn;
  const begun = step_views.filter(({ status }) => status !== 'pending').map(rowOf);
  const rows = isFollowed ? [...new Map<string, object>([...begun, ...held])] : undefined;
  return {
    ...about,
    input,
    once: kept,
    following: rows && { plan: drawn.plan, rows, turn: turn.turn },
    wishes: [{ by, change: change }],
  };
}

/** A job that has never had a plan is planned again, with another goal or plan where one is given. */
function unplanned(
  input: JobInput,
  { planned: _planned, unplanned: _unplanned, stage: _stage, ...once }: { [name: string]: Json },
  change: JobChange,
): Pick<NextExecution, 'input' | 'once'> {
  if (change.do === 'retry_failed') return { input, once };
  if (change.do !== 'replan')
    throw new RunError('closed', 'The job has no plan, so it has no steps: replan it, with a goal or with a plan.');
  return { input: { ...input, goal: change.goal ?? input.goal, plan: change.plan }, once };
}

function refuse(status: string): RunError {
  const why =
    status === 'completed'
      ? 'The job is completed, so there is nothing left to change. Start another one; what this one has made stays.'
      : `The job is ${status}: it was ended from outside before it could keep what it had. Start another one.`;
  return new RunError('closed', why);
}
