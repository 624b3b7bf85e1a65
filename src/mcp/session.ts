import {
  Client,
  SSEClientTransport,
  StreamableHTTPClientTransport,
  type Transport,
} from '@modelcontextprotocol/client';
import type { ListedTool, StoredListing } from '../../schemas/mcp/tools';
import type { JsonObject } from '../../schemas/json';
import { createConnector, type Connector } from '../egress/connector';
import type { EgressAllow } from '../egress/allow';
import { createBlotter, type Blotter } from '../secrets/blot';
import type { Secrets } from '../secrets/secrets';
import { readListed } from './definition';
import { McpError, quoted } from './errors';
import { mcpFault } from './faults';
import { openTemplates } from './open-templates';
import { bothAllow, CALL_TIME, type McpServer } from './servers';
import { createMcpFetch } from './transport/fetch';
import type { ChildGuard } from './transport/guard';
import { createStdioTransport } from './transport/stdio';
import { watchTransport } from './transport/watched';

/** Bounds of a call, in milliseconds: without progress, and in all. */
export interface CallBounds {
  timeoutMs: number;
  maxMs: number;
  signal: AbortSignal;
  onProgress?: () => void;
}

/** A connection to a server, from its first word to its end. */
export interface McpSession {
  /** What the server says of itself. */
  says: NonNullable<StoredListing['says']>;
  /** The tools as they are now, asked anew. @throws McpError */
  list(): Promise<ListedTool[]>;
  /** The result of a tool, as it came. @throws McpError; the reason of the signal */
  call(tool: string, args: JsonObject, bounds: CallBounds): Promise<JsonObject>;
  /** false once it has ended, by itself or not */
  isOpen(): boolean;
  close(): Promise<void>;
  blotter: Blotter;
}

export interface SessionParts {
  version: string;
  guard: ChildGuard;
  secrets: Secrets;
  /** what EGRESS_ALLOW opens */
  allow: EgressAllow;
  /** called when the server says that its tools have changed */
  onToolsChanged(): void;
}

/** Milliseconds for the first words, and for a list. */
const GREETING = 30_000;

/** Connects to a server. @throws McpError; the message has the last that a program has said before its end */
export async function openSession(server: McpServer, parts: SessionParts): Promise<McpSession> {
  const { place } = server;
  const { values, secrets } = await openTemplates(place, parts.secrets);
  const blotter = createBlotter(secrets);
  if (place.kind === 'stdio') {
    const { command, args, cwd } = place;
    const pipe = createStdioTransport({ command, args, cwd, env: values, maxBytes: server.maxBytes }, parts.guard);
    try {
      return await greet(pipe, 'legacy', server, parts, blotter);
    } catch (error) {
      const last = quoted(blotter.text(pipe.complaints()).slice(-1_000));
      const { code, stage, message } = mcpFault(error);
      throw new McpError(
        code === 'broken' ? 'unavailable' : code,
        stage,
        last === '' ? message : `${message}; its last words: ${last}`,
      );
    }
  }
  const connect = async (transport: (fetch: ReturnType<typeof createMcpFetch>) => Transport, mode: Mode) => {
    const ending = new AbortController();
    const connector: Connector = createConnector({ allow: bothAllow(parts.allow, server.allow) });
    const fetch = createMcpFetch({
      ...{ connector, signal: ending.signal, headers: values, maxBytes: server.maxBytes },
      maxMs: longestOf(server),
    });
    try {
      return await greet(transport(fetch), mode, server, parts, blotter, () =>
        ending.abort(new McpError('broken', 'sent', 'the connection was closed')),
      );
    } catch (error) {
      ending.abort();
      throw error;
    }
  };
  const { url } = place;
  if (place.kind === 'sse') return await connect((fetch) => new SSEClientTransport(url, { fetch }), 'legacy');
  const streamable = (fetch: ReturnType<typeof createMcpFetch>) => new StreamableHTTPClientTransport(url, { fetch });
  const { protocol } = place;
  if (protocol !== 'auto') return await connect(streamable, protocol === 'modern' ? 'auto' : 'legacy');
  try {
    return await connect(streamable, 'auto');
  } catch (error) {
    // servers of old answer the first question of today in any way: with an error of theirs, or never
    if (!['bad_answer', 'broken', 'timeout', 'unavailable', 'session_lost'].includes(mcpFault(error).code)) throw error;
    return await connect(streamable, 'legacy');
  }
}

type Mode = 'legacy' | 'auto';

async function greet(
  inner: Transport,
  mode: Mode,
  server: McpServer,
  { version, onToolsChanged }: SessionParts,
  blotter: Blotter,
  onEnd: () => void = () => undefined,
): Promise<McpSession> {
  const transport = watchTransport(inner, { closeOnError: server.place.kind === 'sse' });
  const client = new Client({ name: 'awe', version }, { capabilities: {}, versionNegotiation: { mode } });
  let open = true;
  let failure: Error | undefined;
  // of a pipe, which it ends; a request of its own has its own error
  client.onerror = (error) =>
    void (failure ??= server.place.kind === 'stdio' && error instanceof McpError ? error : undefined);
  client.onclose = () => void (open = false);
  client.setNotificationHandler('notifications/tools/list_changed', () => onToolsChanged());
  try {
    await client.connect(transport, { timeout: GREETING, maxTotalTimeout: GREETING });
  } catch (error) {
    await transport.close().catch(() => undefined);
    throw mcpFault(failure ?? error);
  }

  /** A failure of the connection says more than the SDK's "connection closed". */
  const faultOf = (error: unknown): McpError => {
    const fault = mcpFault(error);
    return fault.code === 'broken' && failure instanceof McpError ? failure : fault;
  };
  let listing: Promise<ListedTool[]> | undefined;

  async function list(): Promise<ListedTool[]> {
    try {
      await client.listTools(undefined, { cacheMode: 'refresh', timeout: GREETING, maxTotalTimeout: GREETING });
    } catch (error) {
      throw faultOf(error);
    }
    const tools = transport
      .listed()
      .map(readListed)
      .filter((tool) => tool !== undefined);
    return [...new Map(tools.map((tool) => [tool.name, tool])).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  const { name, version: theirs } = client.getServerVersion() ?? {};
  return {
    says: {
      name: name && quoted(name),
      version: theirs && quoted(theirs),
      protocol: client.getNegotiatedProtocolVersion(),
    },
    blotter,
    isOpen: () => open,
    // one list at a time: they would be mixed up
    list: () => (listing ??= list().finally(() => (listing = undefined))),
    async call(tool, args, { timeoutMs, maxMs, signal, onProgress }) {
      signal.throwIfAborted();
      const late = new AbortController();
      // the SDK would end the call at its own limit without a word to the server
      const timer = setTimeout(() => late.abort(new McpError('timeout', 'sent', `no result after ${maxMs} ms`)), maxMs);
      const either = AbortSignal.any([signal, late.signal]);
      try {
        return (await client.callTool(
          { name: tool, arguments: args },
          { signal: either, timeout: timeoutMs, resetTimeoutOnProgress: true, onprogress: () => onProgress?.() },
        )) as unknown as JsonObject;
      } catch (error) {
        // the SDK has one code for a time that is up and for a call that was cancelled
        if (either.aborted) throw either.reason;
        throw faultOf(error);
      } finally {
        clearTimeout(timer);
      }
    },
    async close() {
      open = false;
      onEnd();
      await client.close().catch(() => undefined);
    },
  };
}

/** Milliseconds that any call of a server may take. */
const longestOf = ({ rules, tools }: McpServer): number =>
  Math.max(
    ...[rules, ...tools.values()].map(({ maxMs = CALL_TIME.maxMs, timeoutMs = 0 }) => Math.max(maxMs, timeoutMs)),
  );
