/** MCP servers of tests: public ones, and one with faults. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredListing } from '../../../schemas/mcp/tools';
import type { Config } from '../../../src/config';
import { openFilesystemStore } from '../../../src/documents/filesystem';
import { parseEgressAllow } from '../../../src/egress/allow';
import { createLedger } from '../../../src/ledger/ledger';
import { freePorts } from '../../../src/local/ports';
import { acceptTools } from '../../../src/mcp/accept';
import { readMcpServers } from '../../../src/mcp/load';
import type { McpLink } from '../../../src/mcp/link';
import { createMcpStore } from '../../../src/mcp/pins';
import { createMcpPool, type McpPool } from '../../../src/mcp/pool';
import { createSecrets } from '../../../src/secrets/secrets';
import type { JsonObject } from '../../../schemas/json';
import { until } from '../until';

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

const children: ChildProcess[] = [];
afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

/** Starts server-everything behind HTTP; returns its port. */
export async function everythingBy(form: 'sse' | 'streamableHttp'): Promise<number> {
  const [port = 0] = await freePorts(1);
  const child = spawn(process.execPath, [publicServer('everything'), form], {
    env: { PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.push(child);
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
  await until(() => /running on port|listening on port/.test(told));
  return port;
}

/** A file that names servers, for `MCP_CONFIG`. */
export function serversFile(servers: { [name: string]: object }): string {
  const file = join(mkdtempSync(join(tmpdir(), 'awe-mcp-')), 'servers.json');
  writeFileSync(file, JSON.stringify({ mcpServers: servers }));
  return file;
}

/** Accepts tools of a server as a worker has listed them, once it has. */
export async function accept({ store }: Pick<Config, 'store'>, server: string, ...names: string[]): Promise<void> {
  const files = await openFilesystemStore({ root: store.dir });
  const mcp = createMcpStore(files);
  await until(async () => (await mcp.readListing(server))?.state === 'up');
  const listing = (await mcp.readListing(server))!;
  const tools = listing.tools.filter(({ name }) => names.includes(name));
  await acceptTools(listing, { tools, by: 'ann' }, { mcp, ledger: createLedger(files) });
}

/** What a careless server has written into its journal: processes, and effects with their numbers. */
export function readServerJournal(file: string): { started?: number[]; pay?: number; put?: number; leak?: object }[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as object);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
