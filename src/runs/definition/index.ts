import type { ProcessRuns } from '../end';
import { executionAsking } from './asking';
import { createExecutionDesk } from './desk';
import { executionEnd, revisionEnd } from './end';
import { createExecutionRetrier } from './retry';
import { createExecutionList, createOpenExecutions } from './list';
import { createReviser } from './revise';
import { createExecutionStarter } from './start';

/** Executions of workflow definitions. */
export const definition = {
  operations: (dependencies, reader) => ({
    startExecution: createExecutionStarter(dependencies),
    goOnExecution: createExecutionRetrier(dependencies),
    listExecutions: createExecutionList(dependencies),
    openExecutions: createOpenExecutions(dependencies),
    ...createExecutionDesk(dependencies, reader),
  }),
  asking: executionAsking,
  end: executionEnd,
} satisfies ProcessRuns;

/** Changes of workflow definitions. */
export const revision = {
  operations: (dependencies) => ({ commitVersion: createReviser(dependencies) }),
  end: revisionEnd,
} satisfies ProcessRuns;
