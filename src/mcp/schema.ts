import type { Json } from '../../schemas/json';
import type { JsonSchema } from '../../schemas/tool';
import { foreignFaults } from '../contracts/foreign-schema';

/** Schemas within a schema, counting each as often as a check of one value may come to it. */
const MOST_SCHEMAS = 5_000;

/** Members that hold data, not schemas. */
const DATA: ReadonlySet<string> = new Set(['const', 'default', 'enum', 'examples']);

/** Keywords whose checking may take any time; the server checks its own arguments anyway. */
const SLOW: ReadonlySet<string> = new Set(['pattern', 'patternProperties', 'propertyNames', 'format']);

/**
 * A server's schema as values are held against it here: without patterns, which may take any time, and without its name
 * and dialect. What it refers to lies within itself.
 */
export function checkableSchema(schema: JsonSchema): JsonSchema {
  const { $schema: _schema, $id: _id, ...rest } = plain(schema) as JsonSchema;
  return rest;
}

function plain(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(plain);
  if (typeof node !== 'object' || node === null) return node;
  const members = Object.entries(node).filter(([name, member]) => !(SLOW.has(name) && isKeyword(name, member)));
  return Object.fromEntries(members.map(([name, member]) => [name, DATA.has(name) ? member : plain(member)]));
}

/** A property may be called `pattern`, too: it then holds a schema. */
const isKeyword = (name: string, member: unknown): boolean =>
  name === 'pattern' || name === 'format' ? typeof member === 'string' : true;

/** True for a schema that is checked in a bounded number of steps for each part of a value. */
export function isBounded(schema: JsonSchema): boolean {
  let count = 0;
  const around: string[] = [];
  const visit = (node: unknown): boolean => {
    if (Array.isArray(node)) return node.every(visit);
    if (typeof node !== 'object' || node === null) return true;
    if (++count > MOST_SCHEMAS) return false;
    const { $ref: reference, ...rest } = node as JsonSchema;
    if (typeof reference === 'string' && !around.includes(reference)) {
      around.push(reference);
      const isFine = visit(targetOf(schema, reference));
      around.pop();
      if (!isFine) return false;
    }
    return Object.entries(rest).every(
      ([name, member]) => DATA.has(name) || name === '$defs' || name === 'definitions' || visit(member),
    );
  };
  return visit(schema);
}

function targetOf(schema: JsonSchema, reference: string): unknown {
  let node: unknown = schema;
  for (const segment of reference.split('/').slice(1)) {
    const name = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    node = typeof node === 'object' && node !== null ? (node as JsonSchema)[name] : undefined;
  }
  return node;
}

/** Faults of a value by a schema that `checkableSchema` has made. A schema that goes round in a circle is one. */
export function faultsBy(schema: JsonSchema, value: Json): { pointer: string; message: string }[] {
  try {
    return foreignFaults(schema, value).map(({ pointer, detail }) => ({ pointer, message: detail }));
  } catch (error) {
    const message =
      error instanceof RangeError
        ? 'cannot be checked: its schema goes round in a circle'
        : 'cannot be checked by its schema';
    return [{ pointer: '', message }];
  }
}
