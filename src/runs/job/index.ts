import type { ProcessRuns } from '../end';
import { jobAsking } from './asking';
import { createJobChanger } from './change';
import { createJobDesk } from './desk';
import { jobEnd } from './end';
import { createJobList } from './list';
import { createJobStarter } from './start';

/** Jobs. */
export const job = {
  operations: (dependencies, reader) => ({
    startJob: createJobStarter(dependencies),
    changeJob: createJobChanger(dependencies),
    ...createJobList(dependencies),
    ...createJobDesk(dependencies, reader),
  }),
  asking: jobAsking,
  end: jobEnd,
} satisfies ProcessRuns;
