import type { ListedTool, StoredListing } from '../../schemas/mcp/tools';
import type { JsonObject } from '../../schemas/json';
import { McpError } from './errors';
import { mcpFault } from './faults';
import { addressOf, type McpServer } from './servers';
import type { CallBounds, McpSession } from './session';

/** A call of a tool. */
export interface LinkCall extends CallBounds {
  tool: string;
  args: JsonObject;
  /** looks at the tool as the server lists it now, and throws where it is not to be called; undefined: it is not listed */
  permit(listed: ListedTool | undefined): void;
  /** true where the same call twice does no harm */
  repeatable: boolean;
}

/** The link to a server: a connection that is made when it is needed, and made again when it is lost. */
export interface McpLink {
  server: McpServer;
  /** @throws McpError; what `permit` throws; the reason of the signal */
  call(call: LinkCall): Promise<JsonObject>;
  /** Lists the tools anew. Never rejects: the listing says what is wrong. */
  look(): Promise<StoredListing>;
  close(): Promise<void>;
}

export interface LinkParts {
  /** @throws McpError */
  open(onToolsChanged: () => void): Promise<McpSession>;
  /** called with whatever is seen of the server */
  onListing(listing: StoredListing): void;
  clock?: () => number;
}

/** Milliseconds for which a list of tools counts as the present one. */
const FRESH = 1_000;

/** Milliseconds until a server that cannot be reached is tried again, at first and at most. */
const BACKOFF = { first: 500, most: 30_000 };

export function createLink(server: McpServer, { open, onListing, clock = Date.now }: LinkParts): McpLink {
  let session: Promise<McpSession> | undefined;
  let tools: { list: ListedTool[]; at: number } = { list: [], at: -Infinity };
  let says: StoredListing['says'];
  let refusal: { fault: McpError; until: number; pause: number } | undefined;
  let closed = false;

  /** The open connection, or a new one. After a failure the next try waits; what asks meanwhile fails at once. */
  async function connected(): Promise<McpSession> {
    if (closed) throw new McpError('unavailable', 'before', 'the worker is going down');
    const known = await session?.catch(() => undefined);
    if (known?.isOpen()) return known;
    if (known) forget(known);
    if (refusal && clock() < refusal.until) throw refusal.fault;
    session ??= connect();
    return await session;
  }

  async function connect(): Promise<McpSession> {
    try {
      const opened = await open(() => (tools = { ...tools, at: -Infinity }));
      refusal = undefined;
      says = opened.says;
      return opened;
    } catch (error) {
      session = undefined;
      const { code, message, more } = mcpFault(error);
      const fault = new McpError(code === 'unauthorized' ? code : 'unavailable', 'before', message, { cause: error });
      const pause = Math.min(refusal ? refusal.pause * 2 : BACKOFF.first, BACKOFF.most);
      refusal = { fault, until: clock() + (more.retryAfterMs ?? pause), pause };
      throw fault;
    }
  }

  function forget(lost: McpSession): void {
    session = undefined;
    tools = { ...tools, at: -Infinity };
    void lost.close();
  }

  /** A connection whose tools are known as of now. One that turns out to be lost is made anew, once: a list does no harm. */
  async function listed(fresh: number): Promise<McpSession> {
    for (let tries = 0; ; tries++) {
      const using = await connected();
      if (clock() - tools.at <= fresh) return using;
      try {
        const list = await using.list();
        tools = { list, at: clock() };
        onListing(listingOf('up'));
        return using;
      } catch (error) {
        const fault = mcpFault(error);
        forget(using);
        if (tries > 0 || fault.code === 'unauthorized' || fault.code === 'rate_limited')
          throw new McpError(
            fault.code === 'session_lost' ? 'unavailable' : fault.code,
            'before',
            fault.message,
            fault.more,
          );
      }
    }
  }

  const listingOf = (state: 'up' | 'down', error?: McpError): StoredListing => ({
    server: server.name,
    transport: server.place.kind,
    identity: server.identity,
    address: addressOf(server.place),
    state,
    ...(error ? { error: { type: `mcp.${error.code}`, message: error.message } } : {}),
    says,
    tools: tools.list,
    seen_at: new Date(clock()).toISOString(),
  });

  return {
    server,

    async call({ tool, args, permit, repeatable, ...bounds }) {
      for (let tries = 0; ; tries++) {
        bounds.signal.throwIfAborted();
        const using = await listed(FRESH);
        permit(tools.list.find(({ name }) => name === tool));
        try {
          return using.blotter.json(await using.call(tool, args, bounds));
        } catch (error) {
          if (bounds.signal.aborted) throw error;
          const fault = mcpFault(error);
          if (fault.code === 'session_lost' || !using.isOpen()) forget(using);
          // the server has not had it: another connection may bring it, where twice would do no harm
          if (fault.code === 'session_lost' && repeatable && tries === 0) continue;
          throw new McpError(fault.code, fault.stage, using.blotter.text(fault.message), fault.more);
        }
      }
    },

    async look() {
      try {
        await listed(-1);
        return listingOf('up');
      } catch (error) {
        const listing = listingOf('down', mcpFault(error));
        onListing(listing);
        return listing;
      }
    },

    async close() {
      closed = true;
      const known = await session?.catch(() => undefined);
      await known?.close();
    },
  };
}
