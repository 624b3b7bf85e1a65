/** MCP servers of tests: public ones, and one with faults. */
import { join } from 'node:path';
import type { StoredListing } from '../../../schemas/mcp/tools';
import { parseEgressAllow } from '../../../src/egress/allow';
import { readMcpServers } from '../../../src/mcp/load';
import type { McpLink } from '../../../src/mcp/link';
import { createMcpPool, type McpPool } from '../../../src/mcp/pool';
import { createSecrets } from '../../../src/secrets/secrets';
import type { JsonObject } from '../../../schemas/json';

/** The program of a public server of MCP. */
export const publicServer = (server: 'everything' | 'filesystem' | 'memory'): string =>
  join(__dirname, '..', '..', '..', 'node_modules', '@modelcontextprotocol', `server-${server}`, 'dist', 'index.js');

/** The program of a server with faults. */
export const CARELESS = join(__dirname, 'careless-server.cjs');

const started: McpPool[] = [];
afterAll(async () => void (await Promise.all(started.splice(0).map((pool) => pool.close()))));

export interface TestPool {
  pool: McpPool;
  listings: StoredListing[];
  link: McpLink;
}

/** A pool of one server, written as in a file; it is closed after the tests. */
export function poolOf(server: object): TestPool {
  const { servers, faults } = readMcpServers({ mcpServers: { tested: server } }, () => undefined);
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  const listings: StoredListing[] = [];
  const pool = createMcpPool(servers, {
    version: '0',
    secrets: createSecrets({ given: {}, dir: undefined }),
    allow: parseEgressAllow('127.0.0.1'),
    onListing: (listing) => void listings.push(listing),
  });
  started.push(pool);
  return { pool, listings, link: pool.link('tested') as McpLink };
}

/** A program of Node as a server. */
export const nodeServer = (program: string, more: object = {}): object => ({
  command: process.execPath,
  args: [program],
  ...more,
});

/** Calls a tool, with no doubts about it. */
export const callOf = (link: McpLink, tool: string, args: JsonObject = {}, more: object = {}): Promise<JsonObject> =>
  link.call({
    ...{ tool, args, permit: () => undefined, repeatable: false, timeoutMs: 20_000, maxMs: 30_000 },
    signal: new AbortController().signal,
    ...more,
  });

/** The words of a result. */
export const said = (result: JsonObject): string => (result['content'] as { text: string }[])[0]?.text ?? '';
