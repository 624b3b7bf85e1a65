import type { Json, JsonObject } from '../../../schemas/json';

/** No value was found: the schema allows none, or needs one that rules cannot make up (a pattern, say). */
export class NoValue extends Error {
  override readonly name = 'NoValue';
}

const DEEPEST = 24;

/**
 * A small value for a JSON Schema: required members only, the first of the alternatives, the smallest number. The
 * caller checks it, since patterns and the rarer rules are ignored here. @throws NoValue
 */
export function minimalValue(schema: Json, root: Json = schema, depth = 0): Json {
  if (schema === true) return null;
  if (!isObject(schema)) throw new NoValue('the schema allows nothing');
  if (depth > DEEPEST) throw new NoValue('the schema refers to itself without an end');
  const inner = (part: Json | undefined): Json => minimalValue(part ?? true, root, depth + 1);

  if (typeof schema.$ref === 'string') return inner(merge(resolve(root, schema.$ref), without(schema, '$ref')));
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return first(schema.enum);
  if (Array.isArray(schema.allOf))
    return inner(schema.allOf.reduce<Json>((all, part) => merge(all, part), without(schema, 'allOf')));
  for (const choice of ['anyOf', 'oneOf']) {
    const parts = schema[choice];
    if (Array.isArray(parts)) return firstOf(parts.map((part) => () => inner(merge(part, without(schema, choice)))));
  }
  if (schema.default !== undefined) return schema.default;
  const types = [schema.type ?? guessType(schema)].flat();
  return firstOf(types.map((type) => () => ofType(type, schema, inner)));
}

function ofType(type: Json, schema: JsonObject, inner: (part: Json | undefined) => Json): Json {
  switch (type) {
    case 'null':
      return null;
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return number(schema, type === 'integer');
    case 'string':
      return string(schema);
    case 'array': {
      const prefix = Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
      const length = Math.max(count(schema.minItems), Math.min(prefix.length, count(schema.minItems)));
      if (length > 1_000) throw new NoValue(`an array of ${length} items is no small value`);
      return Array.from({ length }, (_, i) => inner(prefix[i] ?? schema.items));
    }
    case 'object': {
      const properties = isObject(schema.properties) ? schema.properties : {};
      const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
      return Object.fromEntries(required.map((name) => [name, inner(properties[name])]));
    }
    default:
      throw new NoValue(`${JSON.stringify(type)} is not a type`);
  }
}

function guessType(schema: JsonObject): string {
  if (schema.properties !== undefined || schema.required !== undefined) return 'object';
  if (schema.items !== undefined || schema.prefixItems !== undefined) return 'array';
  if (schema.minimum !== undefined || schema.maximum !== undefined) return 'number';
  return schema.minLength !== undefined || schema.pattern !== undefined || schema.format !== undefined
    ? 'string'
    : 'null';
}

/** Zero if it is allowed, else the number nearest to the lower bound. */
function number(schema: JsonObject, whole: boolean): number {
  const bound = (name: string) => (typeof schema[name] === 'number' ? schema[name] : undefined);
  const step = bound('multipleOf') ?? (whole ? 1 : undefined);
  const [min, above] = [bound('minimum'), bound('exclusiveMinimum')];
  const [max, below] = [bound('maximum'), bound('exclusiveMaximum')];
  const fits = (value: number) =>
    value >= (min ?? -Infinity) &&
    value > (above ?? -Infinity) &&
    value <= (max ?? Infinity) &&
    value < (below ?? Infinity);
  const low = Math.max(min ?? -Infinity, above ?? -Infinity);
  const high = Math.min(max ?? Infinity, below ?? Infinity);
  const steps = step === undefined ? [] : [Math.ceil(low / step) * step, (Math.floor(low / step) + 1) * step];
  const candidates = [0, ...steps, low, (low + high) / 2, low + 1, Math.floor(high), high - 1];
  const found = candidates.find(
    (value) => Number.isFinite(value) && fits(value) && (step === undefined || Number.isInteger(value / step)),
  );
  if (found === undefined) throw new NoValue('no number lies within the bounds');
  return found === 0 ? 0 : found;
}

const FORMATS: Record<string, string> = {
  'date-time': '1970-01-01T00:00:00Z',
  date: '1970-01-01',
  time: '00:00:00Z',
  duration: 'PT0S',
  email: 'nobody@example.invalid',
  hostname: 'example.invalid',
  ipv4: '0.0.0.0',
  ipv6: '::',
  uri: 'about:blank',
  uuid: '00000000-0000-0000-0000-000000000000',
};

function string(schema: JsonObject): string {
  const least = count(schema.minLength);
  if (typeof schema.format === 'string') return FORMATS[schema.format] ?? 'mock'.padEnd(least, '.');
  if (least > 10_000) throw new NoValue(`a text of ${least} characters is no small value`);
  return least === 0 ? '' : 'mock'.slice(0, least).padEnd(least, '.');
}

const count = (value: Json | undefined): number => (typeof value === 'number' ? Math.max(0, Math.ceil(value)) : 0);

/** The first alternative that has a value. */
function firstOf(ways: (() => Json)[]): Json {
  let why: unknown = new NoValue('a choice without alternatives');
  for (const way of ways) {
    try {
      return way();
    } catch (error) {
      if (!(error instanceof NoValue)) throw error;
      why = error;
    }
  }
  throw why;
}

function first(values: Json[]): Json {
  if (values[0] === undefined) throw new NoValue('an enum without values');
  return values[0];
}

function resolve(root: Json, ref: string): Json {
  if (!ref.startsWith('#')) throw new NoValue('a schema may only refer to its own parts');
  let at: Json | undefined = root;
  for (const part of ref.slice(1).split('/').slice(1)) {
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    at = isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  }
  if (at === undefined) throw new NoValue(`${ref} points to nothing`);
  return at;
}

/** Merges two schemas, as far as a small value needs it. */
function merge(a: Json, b: Json): Json {
  if (!isObject(a) || !isObject(b)) return a === false || b === false ? false : isObject(a) ? a : b;
  const required = [a.required ?? [], b.required ?? []].flat();
  return {
    ...a,
    ...b,
    ...(isObject(a.properties) && isObject(b.properties) ? { properties: { ...a.properties, ...b.properties } } : {}),
    ...(required.length > 0 ? { required: [...new Set(required)] } : {}),
  };
}

function without(schema: JsonObject, name: string): JsonObject {
  const rest = { ...schema };
  delete rest[name];
  return rest;
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
