import type { Attempt, Costs } from '../../../schemas/api';
import type { Attempts } from '../../../schemas/definition/api';
import type { Plan, Step } from '../../../schemas/plan';
import type { StepView } from '../../../schemas/run';
import { asksModels, costsOf, sumOfCosts } from '../../llm/costs';

/** Attempts of a step's last round; undefined for a step that makes none itself, or has not begun. */
export function attemptsOf(
  { id, kind, status, rounds, attempts, started_at, elements, error }: StepView,
  retrying: readonly Attempt[] = [],
): Attempts | undefined {
  if (rounds === 0 || elements || !['tool', 'agent', 'workflow'].includes(kind)) return undefined;
  const trying = retrying.find(({ step }) => step === id);
  if (trying) {
    const { attempt, since, next_at, last_failure } = trying;
    return { count: (attempts ?? 0) + attempt, since, next_at, last_failure };
  }
  if (status !== 'running') return { count: attempts ?? 1, last_failure: error };
  const since = started_at === undefined ? undefined : new Date(started_at).toISOString();
  return { count: (attempts ?? 0) + 1, since };
}

/** What all steps have cost. Loops and sub-workflows around models do not say what theirs have cost. */
export function costsOfAll(plan: Plan, steps: readonly StepView[]): Costs {
  const begun = new Set(steps.filter(({ rounds }) => rounds > 0).map(({ id }) => id));
  const isSilent = plan.steps.some((step) => begun.has(step.id) && hidesCosts(step));
  if (isSilent) return { tokens: null, money: null };
  return sumOfCosts(steps.flatMap((step) => costsOf(step) ?? []));
}

const hidesCosts = ({ kind, steps = [] }: Step): boolean =>
  kind === 'workflow' || steps.some((step) => asksModels(step) || hidesCosts(step));
