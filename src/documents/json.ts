import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
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

/** Entries of a list after which others have their turn. */
const TURN = 1_000;

/** The same text of a value that may hold long lists, without keeping the process from other things meanwhile. */
export async function canonicalInTurns(value: unknown): Promise<string> {
  if (Array.isArray(value)) return value.length > TURN ? await listInTurns(value) : canonicalJson(value);
  if (typeof value !== 'object' || value === null || !Object.values(value).some(isLong)) return canonicalJson(value);
  const members: string[] = [];
  for (const name of Object.keys(value).sort()) {
    const member = (value as { [name: string]: unknown })[name];
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${await canonicalInTurns(member)}`);
  }
  return `{${members.join(',')}}`;
}

const isLong = (value: unknown): boolean => Array.isArray(value) && value.length > TURN;

async function listInTurns(list: unknown[]): Promise<string> {
  const parts: string[] = [];
  for (let from = 0; from < list.length; from += TURN) {
    parts.push(canonicalJson(list.slice(from, from + TURN)).slice(1, -1));
    await setImmediate();
  }
  return `[${parts.join(',')}]`;
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
