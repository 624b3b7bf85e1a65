import { createCatalogue, type ToolCatalogue } from '../core/plan/catalogue';
import type { CompleteSpec } from '../core/worst-case';
import { readVariable, type Config } from '../src/config';

/** Tools of the platform and of the user, by their names: what the workers of this configuration carry out. */
export async function toolsOf(config: Config): Promise<{ specs: CompleteSpec[]; catalogue: ToolCatalogue }> {
  // loads what the tools need, which other commands do without
  const [{ builtinTools }, { createToolRegistry }, { loadOwnTools }] = await Promise.all([
    import('../activities/tools/builtin/index.js'),
    import('../activities/tools/registry.js'),
    import('../activities/tools/own.js'),
  ]);
  const own = createToolRegistry([...builtinTools, ...loadOwnTools(config.ownTools)]).catalogue('tool');
  const specs = [...own, ...(await mcpSpecs(config))].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { specs, catalogue: createCatalogue(specs) };
}

/** Tools of MCP servers: what their pins and the workers say of them in the document store. */
async function mcpSpecs(config: Config): Promise<CompleteSpec[]> {
  const { loadMcpServers } = await import('../src/mcp/load.js');
  const servers = loadMcpServers(config.mcp, readVariable);
  if (servers.length === 0) return [];
  const [{ createMcpTools }, { createMcpStore }, { openFilesystemStore }] = await Promise.all([
    import('../activities/mcp/tools.js'),
    import('../src/mcp/pins.js'),
    import('../src/documents/filesystem.js'),
  ]);
  const store = createMcpStore(await openFilesystemStore({ root: config.store.dir }));
  const tools = createMcpTools({ pool: { servers, link: () => undefined }, store });
  await tools.refresh();
  return tools.specs();
}
