import type { McpPinned, McpServerList, McpToolList, NewMcpPin } from '../../schemas/mcp/api';
import type { Ledger } from '../../src/ledger/ledger';
import { acceptTools } from '../../src/mcp/accept';
import { judgedTools, usesOf } from '../../src/mcp/judgement';
import type { McpStore } from '../../src/mcp/pins';
import type { Runs } from '../../src/runs';
import type { Call, Handlers } from '../part';
import { HttpProblem } from '../problem';
import { runLinks } from '../runs/views';
import type { mcpContracts } from './contract';
import { serverOf, toolsAddress } from './views';

export interface McpDependencies {
  mcp: McpStore;
  ledger: Pick<Ledger, 'append'>;
  runs: Pick<Runs, 'tellPins'>;
}

export function mcpRoutes({ mcp, ledger, runs }: McpDependencies): Handlers<typeof mcpContracts> {
  async function listingOf({ params }: Call) {
    const name = params.server ?? '';
    const listing = await mcp.readListing(name);
    if (!listing) throw new HttpProblem('not-found', `No worker has seen an MCP server ${name}.`);
    return { listing, pins: await mcp.listPins(name) };
  }

  return {
    async listMcpServers() {
      const listings = await mcp.listListings();
      const servers = listings.map(async (listing) =>
        serverOf(listing, judgedTools(listing, await mcp.listPins(listing.server))),
      );
      const body: McpServerList = { servers: await Promise.all(servers) };
      return { body };
    },
    async listMcpTools(call) {
      const { listing, pins } = await listingOf(call);
      const tools = judgedTools(listing, pins);
      const body: McpToolList = { server: serverOf(listing, tools), tools };
      return { body };
    },
    async pinMcpTools(call) {
      const { tools, comment } = call.body as NewMcpPin;
      const by = call.principal.name;
      const { listing } = await listingOf(call);
      const { server } = listing;
      const pins = await acceptTools(listing, { tools, by, comment }, { mcp, ledger });
      // what others have accepted was told when they did
      const own = pins.filter((pin) => pin.by === by);
      const [last] = own
        .map(({ at }) => at)
        .sort()
        .slice(-1);
      const told = own.map(({ tool: name, digest }) => ({ name, digest }));
      const run = last === undefined ? undefined : await runs.tellPins({ server, by, tools: told, at: last });
      const body: McpPinned = {
        server,
        pinned: pins.map(({ tool: name, digest }) => ({ name, uses: usesOf(server, name), digest })),
        links: { tools: toolsAddress(server), ...(run === undefined ? {} : runLinks(run)) },
      };
      return { body };
    },
  };
}
