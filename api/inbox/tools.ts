import type { InboxItem } from '../../schemas/inbox/api';
import type { McpServer } from '../../schemas/mcp/api';
import type { McpTool } from '../../schemas/mcp/tools';
import { createInFlight } from '../../src/in-flight';
import { judgedTools } from '../../src/mcp/judgement';
import type { McpStore } from '../../src/mcp/pins';
import { serverOf } from '../mcp/views';
import { toolsItemOf, type Around } from './views';

interface Judged {
  server: McpServer;
  tools: McpTool[];
}

/** Items for tools of MCP servers that wait to be accepted. Read again only once pins or listings have changed. */
export function createToolItems(mcp: Pick<McpStore, 'listListings' | 'listPins' | 'mark'>) {
  const share = createInFlight<Judged[]>();
  let known: { mark: string; servers: Judged[] } | undefined;

  async function read(): Promise<Judged[]> {
    const mark = await mcp.mark();
    if (known?.mark === mark) return known.servers;
    const listings = await mcp.listListings();
    const servers = await Promise.all(
      listings.map(async (listing) => {
        const tools = judgedTools(listing, await mcp.listPins(listing.server));
        return { server: serverOf(listing, tools), tools };
      }),
    );
    known = { mark, servers };
    return servers;
  }

  return async (around: Around): Promise<InboxItem[]> =>
    (await share('', read)).flatMap(({ server, tools }) => toolsItemOf(server, tools, around) ?? []);
}
