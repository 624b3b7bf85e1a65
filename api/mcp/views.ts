import type { McpServer } from '../../schemas/mcp/api';
import type { McpTool, McpToolState, StoredListing } from '../../schemas/mcp/tools';
import { addressOf } from '../links';
import { mcpContracts } from './contract';

export const toolsAddress = (server: string): string => addressOf(mcpContracts.listMcpTools, { server });

/** A server, with how many of its tools are in which state. */
export function serverOf(listing: StoredListing, tools: readonly McpTool[]): McpServer {
  const { server: name, transport, address, state, error, says, seen_at } = listing;
  const count = (...states: McpToolState[]) => tools.filter((tool) => states.includes(tool.state)).length;
  return {
    ...{ name, transport, address, state, error, says, seen_at },
    tools: {
      pinned: count('pinned'),
      waiting: count('new', 'changed'),
      gone: count('gone'),
      unusable: count('unusable'),
    },
    links: { tools: toolsAddress(name) },
  };
}
