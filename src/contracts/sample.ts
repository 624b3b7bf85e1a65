import type { Json, JsonObject } from '../../schemas/json';
import type { JsonSchema } from '../../schemas/tool';

/** Subschemas inside each other; a schema that names itself ends here. */
const DEEPEST = 12;

const FORMATS: Record<string, string> = {
  'date-time': '2000-01-01T00:00:00Z',
  date: '2000-01-01',
  time: '00:00:00Z',
  duration: 'P1D',
  email: 'nobody@example.com',
  hostname: 'example.com',
  uri: 'https://example.com/',
  'uri-reference': '/',
  uuid: '00000000-0000-4000-8000-000000000000',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
};

/** Names of content, as the platform's own contracts write them; other patterns are not looked into. */
const HASHES: Record<string, string> = {
  '^[0-9a-f]{64}$': '0'.repeat(64),
  '^sha256:[0-9a-f]{64}$': `sha256:${'0'.repeat(64)}`,
};

/**
 * The plainest value of a schema: its example, default or constant where it names one, else the smallest of its type
 * with the required members alone. Patterns are not solved, so the result has to be checked against the schema.
 */
export function sampleOf(schema: JsonSchema): Json {
  return sample(schema, schema, 0);
}

function sample(node: unknown, root: JsonSchema, depth: number): Json {
  if (!isObject(node) || depth > DEEPEST) return null;
  const [example] = Array.isArray(node.examples) ? (node.examples as Json[]) : [];
  if (example !== undefined) return example;
  if ('default' in node) return node.default as Json;
  if ('const' in node) return node.const as Json;
  if (Array.isArray(node.enum)) return (node.enum as Json[])[0] ?? null;
  if (typeof node.$ref === 'string') return sample(resolve(node.$ref, root), root, depth + 1);
  for (const choice of [node.anyOf, node.oneOf])
    if (Array.isArray(choice)) return sample(joined(node, choice[0]), root, depth + 1);
  if (Array.isArray(node.allOf))
    return sample(node.allOf.reduce(joined, { ...node, allOf: undefined }), root, depth + 1);
  return ofType(node, root, depth);
}

function ofType(node: JsonSchema, root: JsonSchema, depth: number): Json {
  const type: unknown = Array.isArray(node.type) ? node.type[0] : node.type;
  if (type === 'object' || (type === undefined && isObject(node.properties))) return objectOf(node, root, depth);
  if (type === 'array') {
    const fixed = Array.isArray(node.prefixItems) ? node.prefixItems : [];
    const length = Math.max(numberOf(node.minItems, 0), fixed.length);
    return Array.from({ length }, (_, i) => sample(fixed[i] ?? node.items, root, depth + 1));
  }
  if (type === 'string') return stringOf(node);
  if (type === 'integer' || type === 'number') return numberIn(node, type === 'integer');
  if (type === 'boolean') return false;
  return null;
}

function objectOf(node: JsonSchema, root: JsonSchema, depth: number): JsonObject {
  const properties = isObject(node.properties) ? node.properties : {};
  const required = Array.isArray(node.required) ? (node.required as string[]) : [];
  return Object.fromEntries(required.map((name) => [name, sample(properties[name], root, depth + 1)]));
}

function stringOf(node: JsonSchema): string {
  const text = known(FORMATS, node.format) ?? known(HASHES, node.pattern) ?? 'sample';
  return text.padEnd(numberOf(node.minLength, 0), '.').slice(0, numberOf(node.maxLength, Number.MAX_SAFE_INTEGER));
}

const known = (samples: Record<string, string>, name: unknown): string | undefined =>
  typeof name === 'string' ? samples[name] : undefined;

function numberIn(node: JsonSchema, whole: boolean): number {
  const step = numberOf(node.multipleOf, whole ? 1 : 0);
  const above = numberOf(node.exclusiveMinimum, -Infinity);
  const below = numberOf(node.exclusiveMaximum, Infinity);
  const least = Math.max(numberOf(node.minimum, -Infinity), above);
  const most = Math.min(numberOf(node.maximum, Infinity), below);
  if (least < 0 && most > 0) return 0;
  if (least === 0 && above !== 0) return 0;
  if (most === 0 && below !== 0) return 0;
  const start = Number.isFinite(least) ? least : most;
  if (step > 0) {
    const near = Number.isFinite(least) ? Math.ceil(start / step) * step : Math.floor(start / step) * step;
    return near === above ? near + step : near === below ? near - step : near;
  }
  if (start !== above && start !== below) return start;
  return Number.isFinite(least) && Number.isFinite(most) ? (least + most) / 2 : start === above ? start + 1 : start - 1;
}

/** Local references only: `#`, `#/$defs/x`. */
function resolve(reference: string, root: JsonSchema): unknown {
  if (!reference.startsWith('#')) return undefined;
  let node: unknown = root;
  for (const segment of reference.split('/').slice(1)) {
    const name = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    node = isObject(node) || Array.isArray(node) ? (node as JsonSchema)[name] : undefined;
  }
  return node;
}

/** Two schemas that hold together, as far as a sample needs it. */
function joined(a: unknown, b: unknown): JsonSchema {
  const [left, right] = [isObject(a) ? a : {}, isObject(b) ? b : {}];
  const { anyOf: _any, oneOf: _one, ...rest } = left;
  return {
    ...rest,
    ...right,
    properties: { ...(left.properties as object | undefined), ...(right.properties as object | undefined) },
    required: [...((left.required as string[] | undefined) ?? []), ...((right.required as string[] | undefined) ?? [])],
  };
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
