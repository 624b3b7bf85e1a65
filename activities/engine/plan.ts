import { ApplicationFailure } from '@temporalio/activity';
import { checkPlan, type Catalogue, type CheckedPlan } from '../../core/plan/check';
import type { PlanFault } from '../../core/plan/fault';
import { loadPlan, pageOf, type LoadSettings } from '../../core/plan/load';
import type { LoadedPlan, PlanPage } from '../../schemas/loaded-plan';
import { Plan } from '../../schemas/plan';
import type { Ref } from '../../schemas/refs';
import { validatorFor } from '../../src/contracts/validators';
import type { ValueStore } from '../../src/documents/values';
import type { LiveCatalogue } from '../mcp/registry';
import { withStore } from './values';

/** Loaded plans that are kept: every segment of a run works on the same one. */
const KEPT = 20;

export interface PlanParts {
  documents: ValueStore;
  catalogue: Catalogue & Partial<Pick<LiveCatalogue, 'refresh'>>;
  settings: LoadSettings;
}

/** Plans by their references, checked and loaded. One with faults is refused with all of them (`plan.invalid`). */
export type Plans = (plan: Ref) => Promise<LoadedPlan>;

export function createPlans({ documents, catalogue, settings }: PlanParts): Plans {
  const kept = new Map<string, LoadedPlan>();
  return async (ref) => {
    const known = kept.get(ref.$ref);
    if (known) return known;
    await catalogue.refresh?.();
    const result = validPlan(await documents.getValue(ref), catalogue);
    if ('faults' in result) {
      const words = result.faults.slice(0, 5).map(({ pointer, message }) => `${pointer}: ${message}`);
      throw ApplicationFailure.nonRetryable(`the plan cannot run: ${words.join('; ')}`, 'plan.invalid', result.faults);
    }
    const loaded = loadPlan(result, catalogue, settings);
    kept.set(ref.$ref, loaded);
    for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
    return loaded;
  };
}

/** Loads plans for runs that carry out steps themselves. */
export function createPlanActivities({ documents, plans }: { documents: ValueStore; plans: Plans }) {
  return {
    /** A page of a plan, from a step on. */
    async loadPlan({ plan, from }: { plan: Ref; from: number }): Promise<PlanPage> {
      return await withStore(async () => await pageOf(await plans(plan), from, (value) => documents.putValue(value)));
    },
  };
}

export type PlanActivities = ReturnType<typeof createPlanActivities>;

const plan = validatorFor(Plan);

/** Reads a value as a plan that can run, or lists all its faults. */
function validPlan(value: unknown, catalogue: Catalogue): CheckedPlan | { faults: PlanFault[] } {
  const checked = plan(value);
  if (checked.ok) return checkPlan(checked.value, catalogue);
  return { faults: checked.errors.map(({ pointer, message }) => ({ pointer, code: 'plan.schema', message })) };
}
