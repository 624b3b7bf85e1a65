import { createHash } from 'node:crypto';
import { canonical, NotJson } from '../../core/canonical';
import type { Json } from '../../schemas/json';
import { DocumentError } from './errors';

/** The text whose hash names a stored value. @throws DocumentError `bad_value` for what JSON cannot hold */
export function canonicalJson(value: unknown): string {
  try {
    return canonical(value);
  } catch (error) {
    throw error instanceof NotJson ? new DocumentError('bad_value', error.message) : error;
  }
}

/** A copy that shares nothing with the value. */
export function cloneJson(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(cloneJson);
  const copy: { [key: string]: Json } = {};
  for (const [name, member] of Object.entries(value)) setOwn(copy, name, cloneJson(member));
  return copy;
}

/** Parses a stored file. @throws DocumentError `corrupt` if it is not JSON any more */
export function parseStored(bytes: Buffer, path: string): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch (error) {
    throw new DocumentError('corrupt', `${path} is not JSON, so it is not what was stored`, { cause: error });
  }
}

/** SHA-256 in hexadecimal. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** `__proto__` is a name like any other in JSON; assigning it would set the prototype. */
function setOwn(object: { [key: string]: Json }, name: string, value: Json): void {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  else object[name] = value;
}
