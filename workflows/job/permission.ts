import { CancelledFailure } from '@temporalio/workflow';
import { beforehand } from '../../core/beforehand';
import type { DrawnPlan, JobInput, JobTurn, PlanApproval } from '../../schemas/job/run';
import type { DecisionView } from '../../schemas/run';
import { isWholeReplay } from '../../schemas/terms';
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
  const isHeld = approved === undefined && input.agent_run !== undefined && changesAnything(drawn);
  const isAsked = isShown || (input.mode !== 'simulate' && (isDoubtful || isHeld));
  if (!isAsked || approved?.version === version) return undefined;
  if (!isShown && (await approvedBeforehand(run, input, drawn))) return undefined;
  return await ask(run, input, drawn, `plan-${turn}`);
}

/** True for a plan that changes something, be it in the workspace of the run alone. */
const changesAnything = ({ touches }: DrawnPlan): boolean => touches.some(({ access }) => access !== 'read');

/**
 * True where the first plan is approved by the word that came with the goal, which is proved and goes into the ledger. What
 * the critic calls an error, and what the policy asks somebody in particular, was not meant by it.
 */
async function approvedBeforehand(run: Run, input: JobInput, drawn: DrawnPlan): Promise<boolean> {
  const { version, criticism, policy } = drawn;
  const approval = input.agent_run?.approval;
  if (!approval || version > 1) return false;
  const { by, at } = approval;
  const isOthers = policy.ask !== undefined && policy.ask !== by;
  if (isOthers || criticism.some(({ severity }) => severity === 'error')) return false;
  if (!isWholeReplay(input.terms?.recording)) {
    const message = beforehand(run.id, input.goal, approval);
    if (!(await run.work.io('checkProof', message, `check the approval of ${by}`)).proved) return false;
  }
  const decision: DecisionView = {
    ...{ decision_id: 'beforehand', choice: 'approve', by, comment: 'approved with the goal', decided_at: at },
    ...{ channel: 'api', verified: true },
  };
  await approve(run, input, drawn, { approval_id: 'plan-beforehand', decision });
  return true;
}

async function ask(run: Run, input: JobInput, drawn: DrawnPlan, id: string): Promise<Conclusion | undefined> {
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
  if (decision.choice === 'reject') {
    const shown = drawn.plan.$ref;
    await recordDecision(run, input, { approval_id: id, decision, shown, outcome: 'rejected' });
    const why = decision.comment ? `: ${decision.comment}` : '';
    return endWith(input, { type: 'plan.rejected', message: `${decision.by} has rejected the plan${why}` });
  }
  await approve(run, input, drawn, { approval_id: id, decision });
  return undefined;
}

/** The plan is approved: written into the ledger, kept and told. */
async function approve(
  run: Run,
  input: JobInput,
  { version, plan }: DrawnPlan,
  made: { approval_id: string; decision: DecisionView },
): Promise<void> {
  const { by } = made.decision;
  const ledger = await recordDecision(run, input, { ...made, shown: plan.$ref, outcome: plan.$ref });
  run.keep<PlanApproval>('approved', { by, version, ledger });
  run.speak({ type: 'PLAN.APPROVED', payload: { job_id: input.job_id, version, plan, by, ledger } });
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
  const named = (changes: DrawnPlan['touches']) =>
    changes
      .slice(0, 10)
      .map(({ kind, target }) => `${kind} ${target}`)
      .join(', ');
  const changed = touches.filter(({ access }) => access !== 'read');
  const outer = changed.filter(({ outside }) => outside);
  const inner = changed.length > 0 ? `It changes nothing outside, but ${named(changed)} of its own.` : undefined;
  const touched = outer.length > 0 ? `It changes ${named(outer)}.` : (inner ?? 'It changes nothing outside.');
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
