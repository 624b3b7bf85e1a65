import { createMcpStore } from '../../src/mcp/pins';
import type { Process } from '../process';
import { createMcpActivities } from './activities';

/** Acceptance of tools of MCP servers. */
export const pinning = {
  activities: ({ store, mcp }) => createMcpActivities({ store: createMcpStore(store), tools: mcp }),
  tools: () => [],
  judges: {},
  prompts: [],
} satisfies Process;
