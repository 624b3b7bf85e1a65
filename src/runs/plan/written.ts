import type { Plan, WrittenPlan } from '../../../schemas/plan';
import { planOf } from '../../../core/plan/written';
import { invalid } from '../errors';

/** The plan that is meant by one in the field `plan` of a request. Throws `invalid` where a step gives one thing under two names. */
export function planAtTheDoor(written: WrittenPlan): Plan {
  const meant = planOf(written);
  if ('plan' in meant) return meant.plan;
  const errors = meant.faults.map(({ pointer, message }) => ({ pointer: `/plan${pointer}`, detail: message }));
  throw invalid('Steps of the plan give one thing under two names.', errors);
}
