import type { ProcessRuns } from '../end';
import { auditAsking } from './asking';
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
  asking: auditAsking,
  end: auditEnd,
} satisfies ProcessRuns;

/** Dispatches, which events alone start. */
export const dispatch = { end: dispatchEnd } satisfies ProcessRuns;
