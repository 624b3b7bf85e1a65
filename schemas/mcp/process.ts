import { defineProcess } from '../process';
import { mcpEvents } from './events';

/** The acceptance of tools of an MCP server, told. */
export const pinning = defineProcess({
  subject: 'run',
  named: 'run',
  events: mcpEvents,
  ends: { 'MCP.TOOLS_PINNED': 'pinned', 'RUN.FAILED': 'failed', 'RUN.CANCELLED': 'cancelled' },
});
