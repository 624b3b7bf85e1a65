import type { ProcessRuns } from '../end';
import { changeEnd } from './end';
import { createChanger } from './make';

/** Changes to what is kept outside of runs. */
export const change = {
  operations: (dependencies) => ({ makeChange: createChanger(dependencies) }),
  end: changeEnd,
} satisfies ProcessRuns;
