import type { ProcessRuns } from '../end';
import { dispatchEnd } from './dispatch-end';
import { auditEnd } from './end';
import { createProjectList } from './list';
import { createAuditRetrier } from './retry';
import { createAuditStarter } from './start';

/** Audits. */
export const audit = {
  operations: (dependencies) => ({
    startAudit: createAuditStarter(dependencies),
    retryAudit: createAuditRetrier(dependencies),
    listProjects: createProjectList(dependencies),
  }),
  end: auditEnd,
} satisfies ProcessRuns;

/** Dispatches, which events alone start. */
export const dispatch = { end: dispatchEnd } satisfies ProcessRuns;
