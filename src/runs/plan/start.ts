import { randomUUID } from 'node:crypto';
import type { Json } from '../../../schemas/json';
import type { WrittenPlan } from '../../../schemas/plan';
import type { PlanRunInput } from '../../../schemas/run';
import { workflowIdOf } from '../../temporal/ids';
import type { RunDependencies } from '../ports';
import { planAtTheDoor } from './written';
import { createRunStarter } from '../start-run';

/** A plan that somebody has written, to be run. */
export interface PlanRequest {
  /** the same id is the same run */
  run_id?: string;
  plan: WrittenPlan;
  /** what its expressions see as `input` */
  input?: Json;
  by: string;
}

export interface PlanStarted {
  run_id: string;
  workflow_id: string;
}

/**
 * Starts a run of a plan, once for its id. A plan that cannot run fails its run, with all its faults. Throws a
 * `RunError`: `invalid` where a step gives one thing under two names; `unavailable` while Temporal is away; trying again
 * is safe.
 */
export function createPlanStarter(dependencies: RunDependencies) {
  const { store, settings } = dependencies;
  const startRun = createRunStarter(dependencies);
  return async function startPlan({
    run_id = randomUUID(),
    plan: written,
    input,
    by,
  }: PlanRequest): Promise<PlanStarted> {
    const plan = planAtTheDoor(written);
    const workflowId = workflowIdOf(settings.namespace, 'run', run_id);
    const title = plan.name;
    const start: PlanRunInput = {
      title,
      plan: await store.putValue(plan),
      steps: plan.steps.length,
      input: await store.toValue(input ?? null),
      correlation_id: workflowId,
      mode: 'live',
      options: {
        approval_signals: settings.approvalSignals,
        expire_after: settings.clarification.expireAfterMs,
      },
    };
    await startRun({
      process: 'run',
      name: run_id,
      subject: workflowId,
      input: start,
      memo: { title, by },
      summary: `${title}, by ${by}`.slice(0, 200),
    });
    return { run_id, workflow_id: workflowId };
  };
}
