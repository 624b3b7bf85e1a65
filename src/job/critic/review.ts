import type { ToolCatalogue } from '../../../core/plan/catalogue';
import type { CheckedPlan } from '../../../core/plan/check';
import type { Asked, CriticFinding } from '../../../schemas/job/critic';
import type { Json } from '../../../schemas/json';
import type { Step } from '../../../schemas/plan';
import { callsOf, type Call } from '../calls';
import { timesOf } from '../fan-out';
import { targetsOf, type Target } from '../targets';
import type { EffectCount } from '../../../schemas/job/touches';

/** A step, and what its calls touch. */
export interface ReviewedStep {
  step: Step;
  calls: Call[];
  targets: Target[];
  times: EffectCount;
}

/** A plan as the rules of the critic look at it. */
export interface Review extends CheckedPlan {
  asked: Asked;
  steps: ReviewedStep[];
  byId: ReadonlyMap<string, Step>;
}

/** A rule of the critic: its objections to a plan. */
export type Rule = (review: Review) => CriticFinding[];

export function reviewOf(checked: CheckedPlan, catalogue: ToolCatalogue, asked: Asked, input?: Json): Review {
  const { steps } = checked.plan;
  const byId = new Map(steps.map((step) => [step.id, step]));
  const look = (step: Step): ReviewedStep => {
    const calls = callsOf(step, catalogue);
    const targets = calls.flatMap((call) => targetsOf(call, input));
    return { step, calls, targets, times: timesOf(step, { steps: byId, catalogue, input }) };
  };
  return { ...checked, asked, steps: steps.map(look), byId };
}

/** A target in words. */
export const wordsOf = ({ kind, target }: Pick<Target, 'kind' | 'target'>): string =>
  target === 'unknown' ? `something that is not known` : `the ${kind} ${target}`;
