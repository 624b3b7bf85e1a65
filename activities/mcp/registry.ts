import { createCatalogue, type ToolCatalogue } from '../../core/plan/catalogue';
import type { ToolRegistry } from '../tools/registry';
import type { McpTools } from './tools';

/** A registry that has the tools of MCP servers, too. */
export function withMcpTools(registry: ToolRegistry, mcp: McpTools): ToolRegistry {
  return {
    get: (uses) => registry.get(uses) ?? mcp.get(uses),
    catalogue: (kind) => [...registry.catalogue(kind), ...(kind === 'agent' ? [] : mcp.specs())],
    refresh: () => mcp.refresh(),
  };
}

/** The catalogue of a worker, which follows what people accept while it runs. */
export interface LiveCatalogue extends ToolCatalogue {
  /** Learns what has changed, before plans are drawn or checked. @throws DocumentError */
  refresh(): Promise<void>;
}

export function createLiveCatalogue(registry: ToolRegistry, mcp: Pick<McpTools, 'generation'>): LiveCatalogue {
  let made: { generation: number; catalogue: ToolCatalogue } | undefined;
  const now = (): ToolCatalogue => {
    const generation = mcp.generation();
    if (made?.generation !== generation)
      made = { generation, catalogue: createCatalogue(registry.catalogue('tool'), registry.catalogue('agent')) };
    return made.catalogue;
  };
  return {
    tool: (name) => now().tool(name),
    agent: (name) => now().agent(name),
    of: (step) => now().of(step),
    near: (name, kind) => now().near(name, kind),
    refresh: async () => await registry.refresh?.(),
  };
}
