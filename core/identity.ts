import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonical } from './canonical';
import type { Json } from '../schemas/json';

/** The UUID namespace of the platform's ids, which those of events came first to. */
const NAMESPACE = utf8ToBytes('awe:event-id:v5.');

/** UUID version 5 of a name: the same name always gives the same id. */
export function uuid5(name: string): string {
  const hash = sha1(concat(NAMESPACE, utf8ToBytes(name))).slice(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytesToHex(hash);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** SHA-256 over canonical JSON, as `sha256:<hex>`: the identity of exactly what was shown to a person. */
export function digest(value: Json): string {
  return `sha256:${bytesToHex(sha256(utf8ToBytes(canonical(value))))}`;
}

/**
 * A person's name as it is compared: one who is written in another width, case or composition of letters, or with other
 * spaces or characters that nobody sees, is the same person.
 */
export const samePerson = (a: string, b: string): boolean => folded(a) === folded(b);

/** NFKC before and after folding, since each may undo the other. Case folds by way of capitals: `ß` is `ss`. */
const folded = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .trim();

/** Bytes of a value as JSON in UTF-8, near enough for limits: counts UTF-16 units beyond ASCII as three bytes. */
export function jsonBytes(value: unknown): number {
  const text = JSON.stringify(value) ?? '';
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) bytes += 2;
  return bytes;
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
