import { createHash } from 'node:crypto';
import type { Json } from '../../schemas/json';
import { DocumentError } from './errors';

/** Objects and arrays inside each other. */
const DEEPEST = 200;

/**
 * JSON with the members of objects in the order of their names and no white space (RFC 8785): equal values have equal
 * bytes, and the hash of a stored value is the digest of what was shown. Members that are undefined are left out.
 *
 * @throws DocumentError `bad_value` for what JSON cannot hold: dates, maps, NaN, functions, cycles, more than 200 levels.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

/** A copy that shares nothing with the value. */
export function cloneJson(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(cloneJson);
  const copy: { [key: string]: Json } = {};
  for (const [name, member] of Object.entries(value)) setOwn(copy, name, cloneJson(member));
  return copy;
}

/** What a stored file says. @throws DocumentError `corrupt` where it is not JSON any more */
export function parseStored(bytes: Buffer, path: string): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch (error) {
    throw new DocumentError('corrupt', `${path} is not JSON: it is not what was stored`, { cause: error });
  }
}

/** SHA-256 in hexadecimal. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      if (Number.isFinite(value)) return JSON.stringify(value);
      throw notJson(String(value));
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return writeArray(value, deeper(depth));
      if (isPlain(value)) return writeObject(value as Record<string, unknown>, deeper(depth));
      throw notJson(`a ${value.constructor.name}`);
    default:
      throw notJson(`a ${typeof value}`);
  }
}

function writeArray(array: unknown[], depth: number): string {
  let text = '[';
  for (let i = 0; i < array.length; i++) text += (i > 0 ? ',' : '') + write(array[i], depth);
  return `${text}]`;
}

function writeObject(object: Record<string, unknown>, depth: number): string {
  let text = '{';
  for (const name of sortedNames(object)) {
    const member = object[name];
    if (member !== undefined) text += `${text === '{' ? '' : ','}${JSON.stringify(name)}:${write(member, depth)}`;
  }
  return `${text}}`;
}

/** Most objects come with their members in order already, and sorting is most of the work. */
function sortedNames(object: object): string[] {
  const names = Object.keys(object);
  for (let i = 1; i < names.length; i++) if ((names[i - 1] as string) > (names[i] as string)) return names.sort();
  return names;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Objects of another realm (a test's sandbox) have another Object.prototype: it is the one without a prototype.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function deeper(depth: number): number {
  if (depth >= DEEPEST)
    throw new DocumentError('bad_value', `the value nests deeper than ${DEEPEST} levels, or in a circle`);
  return depth + 1;
}

function notJson(what: string): DocumentError {
  return new DocumentError('bad_value', `the value holds ${what}, which JSON cannot hold`);
}

/** `__proto__` is a name like any other in JSON; assigning it would set the prototype. */
function setOwn(object: { [key: string]: Json }, name: string, value: Json): void {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  else object[name] = value;
}
