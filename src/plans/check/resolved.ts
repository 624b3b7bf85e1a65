import type { JsonSchema } from '../../../schemas/tool';
import { ANY } from './kinds';

/** Levels of a schema that are followed, references included. */
const DEEPEST = 24;

const known = new WeakMap<JsonSchema, JsonSchema>();

/**
 * A schema with its references to parts of itself (`#/$defs/…`) put in their place, as far as they do not go round in
 * a circle; one that leads elsewhere allows any value. Made once for a schema.
 */
export function resolved(schema: JsonSchema): JsonSchema {
  const found = known.get(schema) ?? (resolve(schema, schema, 0) as JsonSchema);
  known.set(schema, found);
  return found;
}

function resolve(node: unknown, root: JsonSchema, depth: number): unknown {
  if (depth > DEEPEST) return ANY;
  if (Array.isArray(node)) return node.map((item) => resolve(item, root, depth + 1));
  if (typeof node !== 'object' || node === null) return node;
  const { $ref: ref } = node as JsonSchema;
  // a property that is called `$ref` is a schema, not a text
  if (typeof ref === 'string') return resolve(partAt(root, ref), root, depth + 1);
  return Object.fromEntries(Object.entries(node).map(([name, member]) => [name, resolve(member, root, depth + 1)]));
}

function partAt(root: JsonSchema, ref: string): unknown {
  if (!ref.startsWith('#/')) return ANY;
  let part: unknown = root;
  for (const token of ref.slice(2).split('/')) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof part !== 'object' || part === null || !Object.hasOwn(part, name)) return ANY;
    part = (part as Record<string, unknown>)[name];
  }
  return part;
}
