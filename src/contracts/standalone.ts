import type { TSchema } from 'typebox';
import type { JsonSchema } from '../../schemas/tool';

/** Makes a schema plain data without ids of parts, which would claim addresses and clash if a part is used twice. */
export function toStandalone(schema: TSchema | JsonSchema): JsonSchema {
  return withoutIds(JSON.parse(JSON.stringify(schema))) as JsonSchema;
}

function withoutIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (value === null || typeof value !== 'object') return value;
  // A property that is called `$id` is a schema, not a string.
  const members = Object.entries(value).filter(([name, member]) => !(name === '$id' && typeof member === 'string'));
  return Object.fromEntries(members.map(([name, member]) => [name, withoutIds(member)]));
}
