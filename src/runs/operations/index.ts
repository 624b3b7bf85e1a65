import type { ProcessRuns } from '../end';
import { operationEnd } from './end';
import { createOperationStarter } from './start';

/** Operations. */
export const operations = {
  operations: (dependencies) => ({ startOperation: createOperationStarter(dependencies) }),
  end: operationEnd,
} satisfies ProcessRuns;
