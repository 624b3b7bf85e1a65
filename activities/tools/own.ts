import { createRequire } from 'node:module';
import { UserError } from '../../src/config/errors';
import { assertSchemas } from './registry';
import type { Tool } from './tool';

/**
 * The tools and agents of a module of the user's: whatever it exports that `defineTool` or `defineAgent` has made, and
 * lists of them. It is loaded once for a process.
 * @throws UserError where there are none, it cannot be loaded, or a schema does not compile
 */
export function loadOwnTools(file: string | undefined): Tool[] {
  if (file === undefined) return [];
  const tools = toolsIn(load(file));
  if (tools.length === 0)
    throw new UserError(`AWE_TOOLS: ${file} exports no tool: export what defineTool or defineAgent gives.`);
  try {
    assertSchemas(tools.map(({ spec }) => spec));
  } catch (error) {
    throw new UserError(`AWE_TOOLS: ${file}: ${error instanceof Error ? error.message : String(error)}.`, {
      cause: error,
    });
  }
  return tools;
}

/** Tools and agents that a module exports, each once. */
export const toolsIn = (module: object): Tool[] => [...new Set(Object.values(module).flat().filter(isTool))];

function load(file: string): object {
  try {
    const module: unknown = createRequire(file)(file);
    return typeof module === 'object' && module !== null ? module : {};
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `AWE_TOOLS: ${file} cannot be loaded: ${why}. It names compiled JavaScript, such as dist/tools/index.js.`,
      { cause: error },
    );
  }
}

function isTool(value: unknown): value is Tool {
  if (typeof value !== 'object' || value === null || !('spec' in value) || !('run' in value)) return false;
  const { spec, run } = value;
  return typeof run === 'function' && typeof spec === 'object' && spec !== null && 'name' in spec && 'input' in spec;
}
