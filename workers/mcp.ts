import { createMcpTools, type McpTools } from '../activities/mcp/tools';
import type { StoredListing } from '../schemas/mcp/tools';
import { readVariable, type Config } from '../src/config';
import type { DocumentStore } from '../src/documents/port';
import type { Logger } from '../src/logging';
import { loadMcpServers } from '../src/mcp/load';
import { createMcpStore } from '../src/mcp/pins';
import { createMcpPool, type McpPool } from '../src/mcp/pool';
import type { Secrets } from '../src/secrets/secrets';

/** The MCP servers of a worker, and their tools. */
export interface WorkerMcp {
  pool: McpPool;
  tools: McpTools;
  /**
   * Reads which tools are accepted, and begins to look at the servers if this worker calls them.
   *
   * @param onChange tells others which tools there are now
   */
  start(onChange: () => Promise<void>, calls: boolean): Promise<void>;
}

/** @throws UserError for a file of servers that cannot be used */
export function openMcp(
  config: Config,
  log: Logger,
  { store, secrets }: { store: DocumentStore; secrets: Secrets },
): WorkerMcp {
  const known = createMcpStore(store);
  let changed: () => Promise<void> = async () => undefined;
  const pool = createMcpPool(loadMcpServers(config.mcp, readVariable), {
    version: config.version,
    secrets,
    allow: config.egress.allow,
    onListing: (listing) => void keep(listing),
  });
  const tools = createMcpTools({ pool, store: known, onChange: () => void changed() });

  async function keep(listing: StoredListing): Promise<void> {
    const { server, state, error } = listing;
    try {
      if (!(await known.writeListing(listing))) return;
      const about = { server, tools: listing.tools.length };
      if (state === 'up') log.info(about, 'MCP server lists its tools');
      else log.warn({ ...about, ...error }, 'MCP server cannot be reached; it is tried again');
      await tools.refresh();
    } catch (fault) {
      log.warn({ server, err: fault }, 'cannot keep what an MCP server lists; others see what it listed before');
    }
  }

  return {
    pool,
    tools,
    async start(onChange, calls) {
      await tools.refresh();
      changed = onChange;
      if (calls) pool.watch();
    },
  };
}
