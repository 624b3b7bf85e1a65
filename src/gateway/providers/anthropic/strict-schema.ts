import type { Json, JsonObject } from '../../../../schemas/json';
import { GatewayError } from '../../errors';

/** Keywords that Anthropic's grammars keep as they are. */
const KEPT = ['type', 'enum', 'const', '$ref', 'required', 'description', 'title'];
const FORMATS = ['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'uri', 'ipv4', 'ipv6', 'uuid'];
/** Keywords that say nothing about a value. */
const DROPPED = ['$schema', '$id', '$comment', 'default', 'examples', 'deprecated'];
const LISTS: Readonly<Record<string, string>> = { anyOf: 'anyOf', oneOf: 'anyOf', allOf: 'allOf' };
const MAPS = ['properties', '$defs', 'definitions'];

/**
 * The schema as Anthropic's strict answers and strict tools take it: objects without further members, and limits
 * (lengths, bounds, patterns) as words in the description, because the grammar does not know them. Whoever asks checks
 * the answer by the whole schema. @throws GatewayError `bad_request` for objects with members of any name
 */
export function strictSchema(schema: JsonObject, pointer = ''): JsonObject {
  const strict: JsonObject = {};
  const words: string[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    const at = `${pointer}/${keyword}`;
    if (DROPPED.includes(keyword)) continue;
    if (Object.hasOwn(LISTS, keyword)) strict[LISTS[keyword] as string] = each(value, at);
    else if (MAPS.includes(keyword)) strict[keyword] = members(value, at);
    else if (keyword === 'items') strict.items = strictPart(value, at);
    else if (keyword === 'additionalProperties' && value !== false) throw openObject(at);
    else if (isKept(keyword, value)) strict[keyword] = value;
    else words.push(`${keyword}: ${JSON.stringify(value)}`);
  }
  if (isObjectSchema(strict)) {
    if (strict.properties === undefined && strict.additionalProperties === undefined) throw openObject(pointer || '/');
    strict.additionalProperties = false;
  }
  if (strict.type === undefined && !Object.hasOwn(strict, 'anyOf')) Object.assign(strict, typeOf(strict));
  if (words.length > 0) {
    const { description } = strict;
    strict.description = `${typeof description === 'string' ? `${description}\n` : ''}{${words.join(', ')}}`;
  }
  return strict;
}

const isObjectSchema = ({ type, properties }: JsonObject) =>
  [type].flat().includes('object') || properties !== undefined;

/** The type of listed values, which schemas may leave out and grammars may not. */
function typeOf({ enum: listed, const: only }: JsonObject): { type?: string | string[] } {
  const values = Array.isArray(listed) ? listed : only === undefined ? [] : [only];
  const [type, ...more] = new Set(values.map((value) => (value === null ? 'null' : typeof value)));
  return type === undefined ? {} : { type: more.length === 0 ? type : [type, ...more] };
}

const isKept = (keyword: string, value: Json) =>
  KEPT.includes(keyword) ||
  keyword === 'additionalProperties' ||
  (keyword === 'format' && FORMATS.includes(value as string)) ||
  (keyword === 'minItems' && (value === 0 || value === 1));

const isSchema = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function strictPart(value: Json, at: string): JsonObject {
  if (isSchema(value) && Object.keys(value).length > 0) return strictSchema(value, at);
  throw new GatewayError('bad_request', `The schema allows anything at ${at.slice(0, 200)}; Anthropic wants a type.`, {
    reason: 'schema',
  });
}

const each = (value: Json, at: string): Json[] =>
  Array.isArray(value) ? value.map((one, i) => strictPart(one, `${at}/${i}`)) : [];

const members = (value: Json, at: string): JsonObject =>
  isSchema(value)
    ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, strictPart(one, `${at}/${name}`)]))
    : {};

const openObject = (at: string) =>
  new GatewayError(
    'bad_request',
    `The schema allows members of any name at ${at.slice(0, 200)}; Anthropic’s strict answers do not know that.`,
    { reason: 'schema' },
  );
