import { failedRun, type ProcessRuns } from '../end';
import { planAsking } from './asking';
import { createAnyRunList } from './list';
import { createPlanReader } from './read';
import { createPlanStarter } from './start';

/** Runs of plans that belong to no other process. */
export const run = {
  operations: (dependencies, reader) => ({
    startPlan: createPlanStarter(dependencies),
    listRuns: createAnyRunList(dependencies),
    readPlanOf: createPlanReader(dependencies, reader),
  }),
  asking: planAsking,
  end: { lastEvent: ({ workflow_id }, error) => failedRun(workflow_id, error) },
} satisfies ProcessRuns;
