import { withWorstCase, type CompleteSpec } from '../../core/worst-case';
import type { ToolSpec } from '../../schemas/tool';
import { compiledWhenUsed, compileSchema, type Check } from './schema';
import type { Tool } from './tool';

/** A tool as the runtime runs it. */
export interface RegisteredTool {
  tool: Tool;
  kind: 'tool' | 'agent';
  spec: CompleteSpec;
  checkInput: Check;
  checkOutput: Check;
}

export interface ToolRegistry {
  /** A name or an alias, or `name@version` where exactly that version is meant. */
  get(uses: string): RegisteredTool | undefined;
  /** Specifications in the order of their names, complete. */
  catalogue(kind?: 'tool' | 'agent'): CompleteSpec[];
  /** Learns what has changed about the tools of MCP servers; at once where there are none. */
  refresh?(): Promise<void>;
}

/** The beginning of the names of tools that MCP servers have. */
export const MCP = 'mcp.';

const NAME = /^[a-z][a-z0-9]*([._-][a-z0-9]+)*$/;
const VERSION = /^[0-9A-Za-z][0-9A-Za-z.+-]{0,39}$/;
const LONGEST_TIMEOUT = 24 * 3_600_000;

/** Specifications of tools that are no agents, complete, in the order of their names. Registering checks them. */
export const specsOf = (tools: readonly Tool[]): CompleteSpec[] =>
  tools
    .filter(({ kind = 'tool' }) => kind === 'tool')
    .map(({ spec }) => withWorstCase(spec))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

/**
 * Schemas are compiled when a tool is first used: all of them would take a worker three seconds at its start.
 * @throws Error for a name that is taken, and for a specification that cannot be true: at start, not in a run
 */
export function createToolRegistry(tools: readonly Tool[]): ToolRegistry {
  const byName = new Map<string, RegisteredTool>();
  for (const tool of tools) {
    const registered = register(tool);
    const { name, version, aliases } = registered.spec;
    for (const one of [name, ...aliases]) {
      if (byName.has(one)) throw new Error(`two tools are called ${one}`);
      byName.set(one, registered);
      byName.set(`${one}@${version}`, registered);
    }
  }
  const ordered = [...new Set(byName.values())].sort((a, b) => (a.spec.name < b.spec.name ? -1 : 1));
  return {
    get: (uses) => byName.get(uses),
    catalogue: (kind) => ordered.filter((tool) => kind === undefined || tool.kind === kind).map(({ spec }) => spec),
  };
}

function register(tool: Tool): RegisteredTool {
  const { spec } = tool;
  assertSpec(spec);
  return {
    tool,
    kind: tool.kind ?? 'tool',
    spec: withWorstCase(spec),
    checkInput: compiledWhenUsed(spec.input),
    checkOutput: compiledWhenUsed(spec.output),
  };
}

function assertSpec({ name, version, description, timeout, retry, effect, effects, local, aliases }: ToolSpec): void {
  const wrong = (what: string): Error => new Error(`the tool ${JSON.stringify(name)} ${what}`);
  if (name.startsWith(MCP)) throw wrong('is called like one of an MCP server: another name is needed');
  if (!NAME.test(name) || name.length > 80) throw wrong('needs a name like `text.extract`, at most 80 characters');
  if (aliases?.some((alias) => !NAME.test(alias) || alias.length > 80)) throw wrong('has an alias that is no name');
  if (!VERSION.test(version)) throw wrong('needs a version like `1` or `1.2.0`');
  if (description.trim() === '') throw wrong('needs a description');
  if (timeout !== undefined && !(Number.isInteger(timeout) && timeout >= 1 && timeout <= LONGEST_TIMEOUT))
    throw wrong('needs a timeout of 1 ms to 24 h, in milliseconds');
  if (retry && !(Number.isInteger(retry.attempts) && retry.attempts >= 1 && retry.initialMs >= 1 && retry.backoff >= 1))
    throw wrong('needs attempts of at least 1, initialMs of at least 1 and a backoff of at least 1');
  if (effects?.some((one) => one.effect === 'once' && (one.retry?.attempts ?? retry?.attempts ?? 1) > 1))
    throw wrong('has a case of the effect `once`, which cannot be attempted more often');
  if ((effect ?? 'once') === 'once' && retry && retry.attempts > 1)
    throw wrong('has the effect `once` and cannot be attempted more often');
  if ((effect ?? 'once') === 'once' && local === true)
    throw wrong('has the effect `once` and cannot be `local`: a segment may be done again');
}

/** @throws Error for a schema that does not compile: at start for tools of others, in a test for those of AWE */
export function assertSchemas(specs: readonly ToolSpec[]): void {
  for (const spec of specs)
    for (const side of ['input', 'output'] as const)
      try {
        compileSchema(spec[side]);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new Error(`the tool ${spec.name} has an ${side} schema that does not compile: ${why}`, { cause: error });
      }
}
