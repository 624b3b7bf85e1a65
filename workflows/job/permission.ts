import { CancelledFailure } from '@temporalio/workflow';
import type { DrawnPlan, JobInput, JobTurn, PlanApproval } from '../../schemas/job/run';
import type { Conclusion, Run } from '../engine/run';
import { recordDecision } from './decision';
import { endWith } from './voice';

/**
 * What keeps a plan from being carried out: the policy denies it, or a person rejects it. Undefined where it may run,
 * or where somebody wants another plan before that. A version is approved once; each turn asks a question of its own.
 */
export async function permit(run: Run, input: JobInput, { drawn, turn }: JobTurn): Promise<Conclusion | undefined> {
  if (run.isWished) return undefined;
  const { version, asks, criticism } = drawn;
  const denied = objectionOf(drawn);
  if (denied !== undefined) return endWith(input, { type: 'policy.denied', message: denied.slice(0, 2_000) });
  const approved = run.kept<PlanApproval>('approved');
  const isShown = input.mode === 'plan' && approved === undefined;
  const isDoubtful = asks.length > 0 || criticism.some(({ severity }) => severity === 'error');
  const isAsked = isShown || (input.mode !== 'simulate' && isDoubtful);
  if (!isAsked || approved?.version === version) return undefined;
  return await ask(run, input, drawn, `plan-${turn}`);
}

async function ask(run: Run, input: JobInput, drawn: DrawnPlan, id: string): Promise<Conclusion | undefined> {
  const { version } = drawn;
  run.keep('stage', 'awaiting_approval');
  const { remind_after, escalate_after, expire_after } = input.options;
  const reply = await run.ask({
    id,
    kind: 'plan',
    question: questionOf(drawn),
    choices: ['approve', 'reject'],
    shows: drawn,
    assignee: drawn.policy.ask,
    remindAfter: remind_after,
    escalateAfter: escalate_after,
    expireAfter: expire_after,
  });
  if (reply.outcome === 'carried') return await run.continueAsNew();
  if (reply.outcome === 'expired')
    return endWith(input, { type: 'plan.expired', message: 'nobody has approved the plan in time' });
  if (reply.outcome === 'cancelled') {
    if (run.isWished) return undefined;
    throw new CancelledFailure('cancelled');
  }
  const { decision } = reply;
  const shown = drawn.plan.$ref;
  const outcome = decision.choice === 'approve' ? shown : 'rejected';
  const ledger = await recordDecision(run, input, { approval_id: id, decision, shown, outcome });
  if (decision.choice === 'reject') {
    const why = decision.comment ? `: ${decision.comment}` : '';
    return endWith(input, { type: 'plan.rejected', message: `${decision.by} has rejected the plan${why}` });
  }
  run.keep<PlanApproval>('approved', { by: decision.by, version, ledger });
  run.speak({
    type: 'PLAN.APPROVED',
    payload: { job_id: input.job_id, version, plan: drawn.plan, by: decision.by, ledger },
  });
  return undefined;
}

/** Why a plan is not carried out, whoever asks: the policy denies a step, or the plan cannot fit its limits. */
function objectionOf({ policy, limits }: DrawnPlan): string | undefined {
  const words = [
    ...policy.steps.filter(({ effect }) => effect === 'deny').map(({ step_id, reason }) => `${step_id}: ${reason}`),
    ...limits.filter(({ certain }) => certain).map(({ message }) => message),
  ];
  return words.length > 0 ? words.join('; ') : undefined;
}

function questionOf({ version, steps, risk, asks, touches, criticism }: DrawnPlan): string {
  const writes = touches
    .filter(({ access, outside }) => outside && access !== 'read')
    .map(({ kind, target }) => `${kind} ${target}`);
  const touched = writes.length === 0 ? 'It changes nothing outside.' : `It changes ${writes.slice(0, 10).join(', ')}.`;
  const why = [
    ...asks.slice(0, 5).map(({ step_id, reason }) => `${step_id}: ${reason}.`),
    ...criticism
      .filter(({ severity }) => severity === 'error')
      .slice(0, 5)
      .map(({ message }) => message),
  ];
  const count = steps === 1 ? '1 step' : `${steps} steps`;
  return [`Carry out version ${version} of the plan, ${count}, risk ${risk}?`, touched, ...why]
    .join(' ')
    .slice(0, 4_000);
}
