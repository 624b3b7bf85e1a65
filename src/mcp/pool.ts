import type { StoredListing } from '../../schemas/mcp/tools';
import type { EgressAllow } from '../egress/allow';
import type { Secrets } from '../secrets/secrets';
import { createLink, type McpLink } from './link';
import type { McpServer } from './servers';
import { openSession } from './session';
import { createChildGuard } from './transport/guard';

/** The MCP servers of the operator, as one worker reaches them. */
export interface McpPool {
  /** Undefined for a server that the operator has not named. */
  link(server: string): McpLink | undefined;
  servers: readonly McpServer[];
  /** Looks at all servers now, and again from time to time; nobody waits for it. */
  watch(): void;
  close(): Promise<void>;
}

export interface PoolParts {
  /** of AWE */
  version: string;
  secrets: Secrets;
  allow: EgressAllow;
  /** called with whatever is seen of a server; must not throw */
  onListing(listing: StoredListing): void;
}

/** Milliseconds after which a server is looked at again: one that is well, and one that is not. */
const LOOK = { up: 60_000, down: 5_000 };

export function createMcpPool(servers: readonly McpServer[], { onListing, ...parts }: PoolParts): McpPool {
  const guard = createChildGuard();
  const timers = new Set<NodeJS.Timeout>();
  const links = new Map(
    servers.map((server) => [
      server.name,
      createLink(server, {
        onListing,
        open: (onToolsChanged) => openSession(server, { ...parts, guard, onToolsChanged }),
      }),
    ]),
  );
  let closed = false;

  async function keepLooking(link: McpLink): Promise<void> {
    const { state } = await link.look();
    if (closed) return;
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        void keepLooking(link);
      },
      state === 'up' ? LOOK.up : LOOK.down,
    ).unref();
    timers.add(timer);
  }

  return {
    servers,
    link: (name) => links.get(name),
    watch: () => links.forEach((link) => void keepLooking(link)),
    async close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all([...links.values()].map((link) => link.close()));
      guard.close();
    },
  };
}
