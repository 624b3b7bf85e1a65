import { ApplicationFailure } from '@temporalio/activity';
import type { Json } from '../../schemas/json';
import { Plan } from '../../schemas/plan';
import type { PlanPage } from '../../schemas/loaded-plan';
import type { Ref } from '../../schemas/refs';
import { validatorFor } from '../../src/contracts/validators';
import type { ValueStore } from '../../src/documents/values';
import { checkPlan, type Catalogue, type CheckedPlan, type PlanFault } from '../../core/plan/check';
import { loadPage } from '../../core/plan/load';

/** Checked plans that are kept, so that the pages of a large plan do not check it again. */
const KEPT = 20;

const plan = validatorFor(Plan);

export interface PlanActivityParts {
  documents: ValueStore;
  catalogue: Catalogue;
  /** steps at a time, for plans that do not say */
  maxParallel: number;
}

/** What loads plans for the interpreter. */
export function createPlanActivities({ documents, catalogue, maxParallel }: PlanActivityParts) {
  const kept = new Map<string, CheckedPlan>();

  async function checked(ref: Ref) {
    const known = kept.get(ref.$ref);
    if (known) return known;
    const result = validPlan(await documents.getValue(ref), catalogue);
    if (!('plan' in result)) {
      const words = result.faults.slice(0, 5).map(({ pointer, message }) => `${pointer}: ${message}`);
      throw ApplicationFailure.nonRetryable(`the plan cannot run: ${words.join('; ')}`, 'plan.invalid', result.faults);
    }
    kept.set(ref.$ref, result);
    for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
    return result;
  }

  return {
    /** A page of a plan, checked; a plan with faults is refused with all of them (`plan.invalid`). */
    async loadPlan({ plan, from }: { plan: Ref; from: number }): Promise<PlanPage> {
      const store = (value: Json) => documents.putValue(value);
      return await loadPage(await checked(plan), from, { catalogue, store, maxParallel });
    },
  };
}

/** A value as a plan that can run, or everything that keeps it from that. */
export function validPlan(value: unknown, catalogue: Catalogue): CheckedPlan | { faults: PlanFault[] } {
  const checked = plan(value);
  if (checked.ok) return checkPlan(checked.value, catalogue);
  return { faults: checked.errors.map(({ pointer, message }) => ({ pointer, code: 'plan.schema', message })) };
}

export type PlanActivities = ReturnType<typeof createPlanActivities>;
