import { createCatalogue, type ToolCatalogue } from '../core/plan/catalogue';
import type { CompleteSpec } from '../core/worst-case';
import type { Config } from '../src/config';

/** Tools of the platform and of the user, by their names: what the workers of this configuration carry out. */
export async function toolsOf(config: Config): Promise<{ specs: CompleteSpec[]; catalogue: ToolCatalogue }> {
  // loads what the tools need, which other commands do without
  const [{ builtinTools }, { createToolRegistry }, { loadOwnTools }] = await Promise.all([
    import('../activities/tools/builtin/index.js'),
    import('../activities/tools/registry.js'),
    import('../activities/tools/own.js'),
  ]);
  const specs = createToolRegistry([...builtinTools, ...loadOwnTools(config.ownTools)]).catalogue('tool');
  return { specs, catalogue: createCatalogue(specs) };
}
