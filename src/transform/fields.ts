import type { Json, JsonObject } from '../../schemas/json';
import { TransformError } from './errors';

/** One element of the list that a transformation works on. */
export type Item = JsonObject;

/** Reads a field of an item; undefined where it is missing. */
export type Field = (item: Item) => Json | undefined;

/**
 * The field of a name or of a path with dots, `address.city`. A name with a dot that an item has as it stands wins.
 * Numbers in a path are places in a list, from 0. Only members that an item has itself are fields.
 */
export function fieldOf(name: string): Field {
  if (!name.includes('.')) return (item) => memberOf(item, name);
  const path = name.split('.');
  return (item) => memberOf(item, name) ?? path.reduce<Json | undefined>(stepInto, item);
}

/** A value that is there: neither missing nor null. */
export const isThere = (value: Json | undefined): value is Exclude<Json, null> => value !== undefined && value !== null;

/**
 * The field of a name that at least one item has: a misspelt name must not pass for an empty field.
 * @throws TransformError `bad_field`, with the fields that there are
 */
export function knownField(items: readonly Item[], name: string, where = 'item'): Field {
  const field = fieldOf(name);
  if (items.length === 0 || items.some((item) => field(item) !== undefined)) return field;
  throw new TransformError(
    'bad_field',
    `no ${where} has the field ${JSON.stringify(name)}; ${where}s have ${namesOf(items)}`,
    { field: name },
  );
}

/** Items that are looked at, and names that are told, for a message. */
const LOOKED_AT = 100;
const TOLD = 20;

function namesOf(items: readonly Item[]): string {
  const names = [...new Set(items.slice(0, LOOKED_AT).flatMap((item) => Object.keys(item)))];
  const told = names.slice(0, TOLD).map((name) => JSON.stringify(name));
  return `${told.join(', ') || 'no fields'}${names.length > TOLD ? ` and ${names.length - TOLD} more` : ''}`;
}

const memberOf = (object: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;

function stepInto(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return memberOf(value, name);
  return /^\d{1,9}$/.test(name) ? value[Number(name)] : undefined;
}
