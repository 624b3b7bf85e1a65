import type { PlanDifference } from '../../schemas/job/difference';
import type { PolicyDecision, StepDecision } from '../../schemas/policy';

/**
 * Decisions about a changed plan for which a new yes is needed: those that ask, about steps that are new, changed, fed
 * by such steps, or asked about for another reason than before. What was approved and is the same stays approved.
 */
export function newlyAsked(
  { added, changed, affected }: PlanDifference,
  before: PolicyDecision,
  after: PolicyDecision,
): StepDecision[] {
  const fresh = new Set([...added, ...changed.map(({ step_id }) => step_id), ...affected]);
  const known = new Map(before.steps.map((step) => [step.step_id, step]));
  return after.steps.filter((step) => {
    const was = known.get(step.step_id);
    return (
      step.effect === 'approve' && (fresh.has(step.step_id) || was?.effect !== 'approve' || was.rule !== step.rule)
    );
  });
}
