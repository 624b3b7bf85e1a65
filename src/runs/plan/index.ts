import { failedRun, type ProcessRuns } from '../end';
import { createPlanStarter } from './start';

/** Runs of plans that belong to no other process. */
export const run = {
  operations: (dependencies) => ({ startPlan: createPlanStarter(dependencies) }),
  end: { lastEvent: ({ workflow_id }, error) => failedRun(workflow_id, error) },
} satisfies ProcessRuns;
