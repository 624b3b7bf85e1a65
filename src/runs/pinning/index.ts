import { failedRun, type ProcessRuns } from '../end';
import { createPinTeller } from './tell';

/** Acceptance of tools of MCP servers. */
export const pinning = {
  operations: (dependencies) => ({ tellPins: createPinTeller(dependencies) }),
  end: { lastEvent: ({ workflow_id }, error) => failedRun(workflow_id, error) },
} satisfies ProcessRuns;
