import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createMcpHandler, type McpHttpHandler } from '@modelcontextprotocol/server';
import type { Logger } from '../../src/logging';
import type { Ask } from '../inside';
import type { Rates } from '../middleware/rates';
import type { Call, Handle, Handlers } from '../part';
import type { mcpServerContracts } from './contract';
import { createResources, type ResourceDependencies } from './resources';
import { createServers, type ServeParts } from './serve';
import { assistantTools, type ToolDependencies } from './tools';

export type McpServerDependencies = ToolDependencies &
  ResourceDependencies & {
    /** asks the addresses of the other parts */
    ask: Ask;
    rates: Rates;
    version: string;
    log: Logger;
    /** a decision may come from an assistant */
    mcpDecides: boolean;
    /** aborted when the API stops */
    stopping: AbortSignal;
  };

/** Streams of clients that want to hear of changes; there are none to tell, so few are kept open. */
const MOST_LISTENERS = 256;

/** Parts of an MCP server, whatever its tools and resources are. */
export type HandleParts = ServeParts & Pick<McpServerDependencies, 'rates' | 'stopping'>;

export function mcpServerRoutes(deps: McpServerDependencies): Handlers<typeof mcpServerContracts> {
  const tools = assistantTools(deps.ask, deps, { decides: deps.mcpDecides });
  return { mcp: createMcpHandle({ ...deps, tools, resources: createResources(deps) }) };
}

/** Answers requests of MCP, each by a server object of its own, in the name of whoever makes it. */
export function createMcpHandle({ rates, stopping, log, ...parts }: HandleParts): Handle {
  const serverFor = createServers({ ...parts, log });
  const calls = new WeakMap<globalThis.Request, Call>();

  const handler = createMcpHandler(
    ({ requestInfo }) => {
      const call = requestInfo && calls.get(requestInfo);
      if (!call) throw new Error('a request of MCP has come without its caller');
      return serverFor(call);
    },
    { maxSubscriptions: MOST_LISTENERS, onerror: (error) => log.debug({ err: error }, 'a request of MCP was refused') },
  );
  stopping.addEventListener('abort', () => void handler.close(), { once: true });

  return async function answer(call) {
    // a batch, as clients of 2025-03-26 may send it, is as many requests
    if (Array.isArray(call.body))
      for (const _ of call.body.slice(1)) rates.charge(call.res, 'requests', `key ${call.principal.name}`);
    await answerBy(handler, call, calls);
    return undefined;
  };
}

/** Hands a request over in the form of the web, and its answer back. Whoever goes away ends it. */
async function answerBy(handler: McpHttpHandler, call: Call, calls: WeakMap<globalThis.Request, Call>): Promise<void> {
  const { req, res, body } = call;
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  const request = new Request('http://localhost/mcp', { method: 'POST', headers, signal: gone.signal });
  calls.set(request, call);
  const response = await handler.fetch(request, { parsedBody: body });
  if (res.destroyed) return;
  res.status(response.status);
  response.headers.forEach((value, name) => res.set(name, value));
  if (!response.body) {
    res.end();
    return;
  }
  // a client that goes away breaks the pipe
  await pipeline(Readable.fromWeb(response.body), res).catch(() => undefined);
}
