import { canonical } from '../../core/canonical';
import { LONGEST_TOOL } from '../../schemas/mcp/servers';
import type { ListedTool } from '../../schemas/mcp/tools';
import type { JsonObject } from '../../schemas/json';
import { checkDepth } from '../contracts/limits';
import { sha256 } from '../documents/json';
import { headerFault } from './headers';
import { isBounded } from './schema';

/** Bytes of a definition. A schema that large is no schema of a tool. */
const LARGEST = 256 * 1024;

/** Names that plans can say, and file systems keep. */
const NAME = new RegExp(`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,${LONGEST_TOOL - 1}}$`);

/**
 * The hash of a tool's definition: over the whole object of the wire, in canonical form, without any folding of its
 * texts. Whatever changes in it changes the hash. @throws NotJson
 */
export const digestOf = (definition: JsonObject): string =>
  `sha256:${sha256(`awe.mcp.tool.v1\n${canonical(definition)}`)}`;

/** Reads an entry of a server's list; undefined where it is no tool at all. */
export function readListed(raw: unknown): ListedTool | undefined {
  if (!isObject(raw) || typeof raw['name'] !== 'string') return undefined;
  if (checkDepth(raw) !== undefined || canonical(raw).length > LARGEST)
    return {
      name: raw['name'].slice(0, 200),
      digest: '',
      definition: {},
      unusable: 'its definition is too large or too deep',
    };
  const definition = raw as JsonObject;
  const unusable = whyUnusable(definition);
  return {
    name: raw['name'].slice(0, 200),
    digest: digestOf(definition),
    definition,
    ...(unusable === undefined ? {} : { unusable }),
  };
}

/** Why no plan can use a tool of this definition; undefined where one can. */
function whyUnusable({ name, inputSchema, outputSchema }: JsonObject): string | undefined {
  if (!NAME.test(name as string))
    return `its name is none that plans can say: letters, digits, _, - and ., at most ${LONGEST_TOOL}`;
  if (!isObject(inputSchema) || inputSchema['type'] !== 'object')
    return 'its inputSchema is not the schema of an object';
  if (outputSchema !== undefined && !isObject(outputSchema)) return 'its outputSchema is no schema';
  const foreign = foreignReference([inputSchema, outputSchema ?? null]);
  if (foreign !== undefined)
    return `its schema refers to ${JSON.stringify(foreign.slice(0, 100))}, which could change without notice and is never fetched`;
  if (!isBounded(inputSchema) || (isObject(outputSchema) && !isBounded(outputSchema)))
    return 'its schema holds more schemas within one another than can be checked';
  return headerFault(inputSchema);
}

/** A reference of a schema that leads out of it. */
function foreignReference(node: unknown): string | undefined {
  if (Array.isArray(node)) {
    for (const item of node) {
      const found = foreignReference(item);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isObject(node)) return undefined;
  for (const [name, member] of Object.entries(node)) {
    const isReference = name === '$ref' || name === '$dynamicRef' || name === '$recursiveRef';
    if (isReference && typeof member === 'string' && !member.startsWith('#')) return member;
    const found = foreignReference(member);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
