import type { JsonSchema } from '../../../schemas/tool';
import { alternativesOf, ANY, asSchema, describeKinds, kindsOf, oneOf, schemaOfValue, valuesOf } from './kinds';

/** The type of a field, or why there is none: the fields that there are, or a kind of value without fields. */
export type Found = { type: JsonSchema } | { missing: string[] } | { unreadable: string };

export interface FieldOptions {
  /** true: an object may have more fields than its schema names, unless that says otherwise */
  open?: boolean;
}

/**
 * The type of a field or an element. What a schema does not name cannot be relied on, so it is missing, unless the
 * schema allows it in so many words or names nothing at all.
 */
export function fieldOf(schema: JsonSchema, key: string | number, options: FieldOptions = {}): Found {
  const parts = alternativesOf(schema) ?? (Array.isArray(schema.allOf) ? schema.allOf.map(asSchema) : undefined);
  if (parts) return anyFound(parts.map((part) => fieldOf(part, key, options)));
  const values = valuesOf(schema);
  if (values) return anyFound(values.map((value) => fieldOfValue(value, key)));
  const kinds = kindsOf(schema);
  const readable = kinds.includes(typeof key === 'number' ? 'array' : 'object');
  if (!readable) return { unreadable: describeKinds(schema) };
  return typeof key === 'number' ? { type: elementAt(schema, key) } : memberOf(schema, key, options);
}

/** The type of the elements of a list, at a place or at any. */
export function elementOf(schema: JsonSchema): JsonSchema {
  const alternatives = alternativesOf(schema);
  if (alternatives) return oneOf(alternatives.filter((one) => kindsOf(one).includes('array')).map(elementOf));
  const lists = valuesOf(schema)?.filter((value) => Array.isArray(value));
  if (lists) return oneOf(lists.flat().map(schemaOfValue));
  return Array.isArray(schema.prefixItems) ? ANY : asSchema(schema.items);
}

function elementAt(schema: JsonSchema, at: number): JsonSchema {
  const first: unknown = Array.isArray(schema.prefixItems) ? schema.prefixItems[at] : undefined;
  return asSchema(first ?? schema.items);
}

function memberOf(schema: JsonSchema, key: string, { open = false }: FieldOptions): Found {
  const properties = asSchema(schema.properties);
  if (Object.hasOwn(properties, key)) return { type: asSchema(properties[key]) };
  const { additionalProperties: rest, patternProperties } = schema;
  if (patternProperties !== undefined || (typeof rest === 'object' && rest !== null)) return { type: asSchema(rest) };
  const names = Object.keys(properties);
  if (rest === true || (rest === undefined && (open || names.length === 0))) return { type: ANY };
  return { missing: names };
}

function fieldOfValue(value: unknown, key: string | number): Found {
  if (typeof key === 'number' && Array.isArray(value))
    return key in value ? { type: schemaOfValue(value[key]) } : { missing: [] };
  if (typeof key === 'string' && typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.hasOwn(value, key)
      ? { type: schemaOfValue((value as Record<string, unknown>)[key]) }
      : { missing: Object.keys(value) };
  return { unreadable: describeKinds(schemaOfValue(value)) };
}

function anyFound(results: Found[]): Found {
  const types = results.flatMap((result) => ('type' in result ? [result.type] : []));
  if (types.length > 0) return { type: oneOf(types) };
  const missing = results.flatMap((result) => ('missing' in result ? result.missing : []));
  if (results.some((result) => 'missing' in result)) return { missing: [...new Set(missing)] };
  return results[0] ?? { type: ANY };
}
