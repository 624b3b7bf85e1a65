import { withWorstCase, type CompleteSpec } from '../../core/worst-case';
import type { Json } from '../../schemas/json';
import type { StoredListing, StoredPin } from '../../schemas/mcp/tools';
import { stateOf, usesOf } from '../../src/mcp/judgement';
import type { McpStore } from '../../src/mcp/pins';
import type { McpPool } from '../../src/mcp/pool';
import { faultsBy } from '../../src/mcp/schema';
import type { McpServer } from '../../src/mcp/servers';
import { outputOf, specOf } from '../../src/mcp/specs';
import type { RegisteredTool } from '../tools/registry';
import { callTool } from './call';
import { mcpErrors, refusedTool } from './errors';
import { changedWords, unpinnedWords } from './words';

/** Tools of MCP servers, as the store has them now: accepted ones, and those that are withheld until they are. */
export interface McpTools {
  get(uses: string): RegisteredTool | undefined;
  specs(): CompleteSpec[];
  /** Reads what has changed since the last time. @throws DocumentError */
  refresh(): Promise<void>;
  /** Counts the changes. */
  generation(): number;
}

export interface McpToolsParts {
  pool: Pick<McpPool, 'servers' | 'link'>;
  store: McpStore;
  /** called when there are other tools than before; must not throw */
  onChange?: () => void;
}

export function createMcpTools({ pool, store, onChange }: McpToolsParts): McpTools {
  let mark: string | undefined;
  let tools = new Map<string, RegisteredTool>();
  let generation = 0;
  let reading: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  async function read(): Promise<void> {
    if (pool.servers.length === 0) return;
    const now = await store.mark();
    if (now === mark) return;
    const found = await Promise.all(
      pool.servers.map(async (server) => {
        const [pins, listing] = await Promise.all([store.listPins(server.name), store.readListing(server.name)]);
        return toolsOf(server, pins, listing);
      }),
    );
    tools = new Map(found.flat().flatMap((tool) => namesOf(tool.spec).map((name) => [name, tool])));
    mark = now;
    generation += 1;
    onChange?.();
  }

  /** Whoever asks while it is read waits for the reading after that, which sees what was written before he asked. */
  function refresh(): Promise<void> {
    if (!reading) return (reading = read().finally(() => (reading = undefined)));
    return (next ??= reading
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return refresh();
      }));
  }

  function toolsOf(
    server: McpServer,
    pins: readonly StoredPin[],
    listing: StoredListing | undefined,
  ): RegisteredTool[] {
    const pinned = new Map(pins.map((pin) => [pin.tool, pin]));
    const listed = new Map((listing?.tools ?? []).map((tool) => [tool.name, tool]));
    return [...new Set([...pinned.keys(), ...listed.keys()])].sort().flatMap((name) => {
      const [pin, tool] = [pinned.get(name), listed.get(name)];
      // a server that has not been seen with this configuration is judged at the call
      const known = listing?.identity === server.identity ? tool : undefined;
      const state = stateOf(server.identity, known ?? pin, pin);
      if (state === 'pinned' && pin) return [accepted(server, pin)];
      if (state === 'changed' && pin)
        return [withheld(server, name, 'mcp.changed', changedWords(server.name, name), pin)];
      return state === 'new' && tool ? [withheld(server, name, 'mcp.unpinned', unpinnedWords(server.name, name))] : [];
    });
  }

  function accepted(server: McpServer, pin: StoredPin): RegisteredTool {
    const spec = withWorstCase({ ...specOf(server, pin), errors: mcpErrors });
    const link = pool.link(server.name);
    return registered(spec, async (input, context) => {
      if (!link) throw refusedTool('mcp.unpinned', unpinnedWords(server.name, pin.tool));
      return (await callTool(link, pin, spec, input, context)) as unknown as Json;
    });
  }

  return {
    get: (uses) => tools.get(uses),
    specs: () => [...new Set(tools.values())].map(({ spec }) => spec),
    refresh,
    generation: () => generation,
  };
}

const namesOf = ({ name, version }: CompleteSpec): string[] => [name, `${name}@${version}`];

/** A tool that plans may name, and that none may use. Nothing that its server says of it is repeated. */
function withheld(
  server: McpServer,
  tool: string,
  code: 'mcp.unpinned' | 'mcp.changed',
  message: string,
  pin?: StoredPin,
): RegisteredTool {
  const plain = {
    name: usesOf(server.name, tool),
    version: '0',
    description: message,
    input: { type: 'object' },
    output: outputOf(undefined),
  };
  const spec = withWorstCase({
    ...(pin ? specOf(server, pin) : plain),
    errors: mcpErrors,
    withheld: { code, message },
  });
  return registered(spec, () => Promise.reject(refusedTool(code, message)));
}

const checkShape = outputOf(undefined);

function registered(spec: CompleteSpec, run: RegisteredTool['tool']['run']): RegisteredTool {
  return {
    tool: { spec, run },
    kind: 'tool',
    spec,
    checkInput: (value) => faultsBy(spec.input, value as Json),
    checkOutput: (value) => faultsBy(checkShape, value as Json),
  };
}
