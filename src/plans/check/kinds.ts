import type { JsonSchema } from '../../../schemas/tool';

/** Kinds of JSON values; a whole number is a number. */
export type Kind = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

const KINDS: readonly Kind[] = ['null', 'boolean', 'number', 'string', 'array', 'object'];

const WORDS: Record<Kind, string> = {
  null: 'null',
  boolean: 'true or false',
  number: 'a number',
  string: 'a text',
  array: 'a list',
  object: 'an object',
};

/** A schema of any value: nothing is known. */
export const ANY: JsonSchema = {};

/** Schemas of which a value fits one; undefined where the schema is no choice. */
export function alternativesOf(schema: JsonSchema): JsonSchema[] | undefined {
  return asSchemas(schema.anyOf) ?? asSchemas(schema.oneOf);
}

/** Kinds that values of a schema may have. */
export function kindsOf(schema: JsonSchema): Kind[] {
  const sets: Kind[][] = [];
  if (schema.type !== undefined)
    sets.push([schema.type].flat().map((type) => (type === 'integer' ? 'number' : (type as Kind))));
  const values = valuesOf(schema);
  if (values) sets.push(values.map(kindOf));
  const alternatives = alternativesOf(schema);
  if (alternatives) sets.push(alternatives.flatMap(kindsOf));
  for (const part of asSchemas(schema.allOf) ?? []) sets.push(kindsOf(part));
  return KINDS.filter((kind) => sets.every((set) => set.includes(kind)));
}

/** Values of which a schema allows one; undefined where it does not list them. */
export function valuesOf(schema: JsonSchema): unknown[] | undefined {
  if ('const' in schema) return [schema.const];
  return Array.isArray(schema.enum) ? (schema.enum as unknown[]) : undefined;
}

export function kindOf(value: unknown): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'object' ? 'object' : (typeof value as Kind);
}

/** Kinds in words: `a text or a list`; `any value` where nothing is known. */
export function describeKinds(schema: JsonSchema): string {
  const kinds = kindsOf(schema);
  return kinds.length === KINDS.length ? 'any value' : kinds.map((kind) => WORDS[kind]).join(' or ') || 'nothing';
}

/** The schema of a value, of which everything is known. */
export const schemaOfValue = (value: unknown): JsonSchema => ({ const: value });

/** A schema of values that fit one of these. */
export const oneOf = (schemas: JsonSchema[]): JsonSchema =>
  schemas.length === 1 ? (schemas[0] ?? ANY) : { anyOf: schemas };

/** A member as schemas; undefined if it is no list of them. `true` is the schema of any value. */
function asSchemas(member: unknown): JsonSchema[] | undefined {
  return Array.isArray(member) ? member.map(asSchema) : undefined;
}

/** A member as a schema: one that is no object says nothing. */
export const asSchema = (member: unknown): JsonSchema =>
  typeof member === 'object' && member !== null ? (member as JsonSchema) : ANY;
