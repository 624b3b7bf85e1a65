/** Requests generated from an OpenAPI document: valid by its schemas, the same for the same seed. */
import * as fc from 'fast-check';

export interface Schema {
  [keyword: string]: unknown;
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  dependentRequired?: Record<string, string[]>;
  items?: Schema;
  pattern?: string;
  format?: string;
  $ref?: string;
}

export type Schemas = Record<string, Schema>;

const formats: Record<string, fc.Arbitrary<string>> = {
  'date-time': fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  date: fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  email: fc.constant('user@example.com'),
};

/** Members of an object, of a list, or characters of a text that are worth generating. */
const MOST = 8;

/** Values that a schema allows. */
export function valuesOf(schema: Schema, schemas: Schemas, depth = 0): fc.Arbitrary<unknown> {
  const { $ref } = schema;
  if ($ref !== undefined) return valuesOf(schemas[$ref.split('/').at(-1) ?? ''] ?? {}, schemas, depth);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => valuesOf(one, schemas, depth)));
  switch (schema.type) {
    case 'string':
      return stringsOf(schema);
    case 'integer':
      return fc.integer({ min: Number(schema['minimum'] ?? -1_000), max: Number(schema['maximum'] ?? 1_000_000) });
    case 'number':
      return fc.double({
        min: Number(schema['minimum'] ?? 0.01),
        max: Number(schema['maximum'] ?? 1e6),
        noNaN: true,
        noDefaultInfinity: true,
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}, schemas, depth + 1), {
        minLength: Number(schema['minItems'] ?? 0),
        maxLength: Math.min(Number(schema['maxItems'] ?? MOST), depth > 2 ? 1 : MOST),
      });
    case 'object':
      return objectsOf(schema, schemas, depth);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objectsOf(
  { properties = {}, required = [], dependentRequired = {} }: Schema,
  schemas: Schemas,
  depth: number,
) {
  const members = Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [name, valuesOf(one, schemas, depth + 1)]),
  );
  return fc.record(members, { requiredKeys: required }).map((value: Record<string, unknown>) => {
    const lacks = (name: string) => dependentRequired[name]?.some((other) => !(other in value)) ?? false;
    return Object.fromEntries(Object.entries(value).filter(([name]) => !lacks(name)));
  });
}

function stringsOf({ pattern, format, minLength = 0, maxLength = 1_000, ...more }: Schema): fc.Arbitrary<string> {
  const given = format === undefined ? undefined : formats[format];
  if (given) return given;
  const [min, max] = [Number(minLength), Math.min(Number(maxLength), 40)];
  if (pattern === undefined || pattern === '\\S')
    return fc.string({ unit: 'grapheme', minLength: min, maxLength: max }).map((text) => (pattern ? `x${text}` : text));
  const regex = new RegExp(pattern, 'u');
  const fits = (text: string) => regex.test(text) && [...text].length >= min && [...text].length <= Number(maxLength);
  return (more['contentMediaType'] ? fc.constant('') : fc.stringMatching(regex)).filter(fits);
}

/** The n-th value of a seed. */
export const sample = <T>(arbitrary: fc.Arbitrary<T>, seed: number): T =>
  fc.sample(arbitrary, { seed, numRuns: 1 })[0] as T;
