import { ApplicationFailure } from '@temporalio/activity';
import type { Json } from '../schemas/json';
import type { PlanPage } from '../schemas/loaded-plan';
import type { Ref } from '../schemas/refs';
import type { ValueStore } from '../src/documents/values';
import { checkPlan, type Catalogue } from '../src/plan/check';
import { loadPage } from '../src/plan/load';

/** Checked plans that are kept, so that the pages of a large plan do not check it again. */
const KEPT = 20;

export interface PlanActivityParts {
  documents: ValueStore;
  catalogue: Catalogue;
  /** steps at a time, for plans that do not say */
  maxParallel: number;
}

/** What loads plans for the interpreter. */
export function createPlanActivities({ documents, catalogue, maxParallel }: PlanActivityParts) {
  const kept = new Map<string, Extract<ReturnType<typeof checkPlan>, { plan: unknown }>>();

  async function checked(ref: Ref) {
    const known = kept.get(ref.$ref);
    if (known) return known;
    const result = checkPlan(await documents.getValue(ref), catalogue);
    if (!('plan' in result)) {
      const words = result.faults.slice(0, 5).map(({ pointer, message }) => `${pointer}: ${message}`);
      throw ApplicationFailure.nonRetryable(`the plan can not run: ${words.join('; ')}`, 'plan.invalid', result.faults);
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

export type PlanActivities = ReturnType<typeof createPlanActivities>;
