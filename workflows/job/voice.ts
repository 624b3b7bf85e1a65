import type { Failure } from '../../schemas/catalogue';
import type { Json } from '../../schemas/json';
import type { LedgerHead } from '../../schemas/ledger';
import type { PolicyLimits } from '../../schemas/policy';
import type {
  DeadTask,
  DrawnPlan,
  JobChange,
  JobInput,
  JobTurn,
  JobView,
  PlanApproval,
  Planned,
  Recovery,
  Revision,
} from '../../schemas/job/run';
import type { Value } from '../../schemas/refs';
import type { Voice } from '../../core/engine/voice';
import { planVoice } from '../../core/engine/plan-voice';
import { replayOf } from '../../schemas/terms';
import type { Conclusion, Run } from '../engine/run';
import { locksOf } from './terms';

/** Events of a job: those of every plan, and pauses under its own names. */
export function jobVoice(workflowId: string, { job_id }: JobInput): Voice {
  const plan = planVoice(workflowId);
  return (moment) => {
    switch (moment.at) {
      case 'run.paused':
        return [{ type: 'JOB.PAUSED', payload: { job_id, by: moment.by } }];
      case 'run.resumed':
        return [{ type: 'JOB.RESUMED', payload: { job_id, by: moment.by } }];
      default:
        return plan(moment);
    }
  };
}

export function created(run: Run, { job_id, goal, priority, mode, requested_by }: JobInput): true {
  run.speak({ type: 'JOB.CREATED', payload: { job_id, goal, priority, mode, requested_by } });
  return true;
}

/** A plan was drawn: what it is, what the critic says, what the policy decides. */
export function drawn(run: Run, { job_id }: JobInput, plan: DrawnPlan): void {
  const { version, steps, by, notes } = plan;
  run.speak({ type: 'PLAN.CREATED', payload: { job_id, version, plan: plan.plan, steps, by, notes } });
  judged(run, job_id, plan);
}

function judged(run: Run, job_id: string, { version, criticism, policy }: DrawnPlan): void {
  run.speak({ type: 'PLAN.CRITICISED', payload: { job_id, version, findings: criticism } });
  run.speak({ type: 'PLAN.POLICY_DECIDED', payload: { job_id, version, ...policy } });
}

export function recovered(run: Run, { job_id }: JobInput, recovery: Recovery): void {
  const { step, choice, reason, error } = recovery;
  run.keep('recoveries', [...(run.kept<Recovery[]>('recoveries') ?? []), recovery]);
  run.speak({ type: 'JOB.RECOVERY_CHOSEN', payload: { job_id, step, choice, reason, error } });
}

export function limitExtended(
  run: Run,
  { job_id }: JobInput,
  extension: { limit: keyof PolicyLimits; bounds: PolicyLimits; by: string; ledger: LedgerHead },
): void {
  run.speak({ type: 'JOB.LIMIT_EXTENDED', payload: { job_id, ...extension } });
}

/** A task is dead; that of a replay concerns nobody, since the recorded one stands there already. */
export function deadLettered(
  run: Run,
  { job_id, terms }: JobInput,
  { step, uses, rounds, attempts, error, input }: DeadTask & { step: string; error: Failure },
): void {
  if (replayOf(terms) !== undefined) return;
  const tried = run.kept<Recovery[]>('recoveries') ?? [];
  const recoveries = tried.filter((one) => one.step === step && ['retry', 'modify'].includes(one.choice)).length;
  const payload = { job_id, run: run.id, step, uses, rounds, attempts, recoveries, error, input };
  run.speak({ type: 'TASK.DEAD_LETTERED', payload });
}

export function wished(run: Run, { job_id }: JobInput, { by, change }: { by: string; change: JobChange }): void {
  const step = 'step' in change ? change.step : undefined;
  run.speak({ type: 'JOB.CHANGE_REQUESTED', payload: { job_id, change: change.do, step, by } });
}

export function wishRefused(run: Run, { job_id }: JobInput, { by, reason }: { by: string; reason: string }): void {
  run.speak({ type: 'JOB.CHANGE_REFUSED', payload: { job_id, by, reason } });
}

/** The next turn; a plan that has changed is told with its difference, and judged. */
export function nextTurn(
  run: Run,
  { job_id }: JobInput,
  { drawn: before, turn }: JobTurn,
  { drawn: plan, table, retried }: Revision,
  by: string,
): JobTurn {
  for (const { step, round } of retried)
    run.speak({ type: 'TASK.RETRIED', payload: { run: run.id, step, round, reason: `asked for by ${by}` } });
  if (plan.version !== before.version) {
    const { version, changes } = plan;
    run.speak({ type: 'PLAN.REPLANNED', payload: { job_id, version, plan: plan.plan, by, changes } });
    judged(run, job_id, plan);
  }
  return { drawn: plan, table, turn: turn + 1 };
}

export function completed({ job_id }: JobInput, { steps, version }: DrawnPlan, result: Value): Conclusion {
  const last = { type: 'JOB.COMPLETED' as const, payload: { job_id, steps, version } };
  return { status: 'completed', result: result, last };
}

export function endWith({ job_id }: JobInput, error: Failure): Conclusion {
  return { status: 'failed', result: null, error, last: { type: 'JOB.FAILED', payload: { job_id, error } } };
}

export function cancelled({ job_id }: JobInput, by: string): Conclusion {
  const error = { type: 'run.cancelled', message: `cancelled by ${by}` };
  return { status: 'cancelled', result: null, error, last: { type: 'JOB.CANCELLED', payload: { job_id, by } } };
}

/** A job as people see it. */
export function jobView(input: JobInput, run: Run): Json {
  const { job_id, goal, priority, mode, requested_by, request_digest, agent_run, terms } = input;
  const unplanned = run.kept<Exclude<Planned, { drawn: unknown }>>('unplanned');
  const turn = run.kept<JobTurn>('turn');
  const view: JobView = {
    ...{ job_id, goal, priority, mode, requested_by, request_digest },
    replay_of: replayOf(terms),
    stage: run.kept('stage') ?? 'planning',
    agent_run,
    locks: locksOf(input, run),
    plan: turn?.drawn,
    refused: unplanned && 'refused' in unplanned ? unplanned.refused : undefined,
    faults: unplanned && 'faults' in unplanned ? unplanned.faults : undefined,
    approved: run.kept<PlanApproval>('approved'),
    recoveries: run.kept<Recovery[]>('recoveries') ?? [],
    used: run.used,
  };
  return view as unknown as Json;
}
