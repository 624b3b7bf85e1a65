import type { Json } from '../../schemas/json';
import { INLINE_LIMIT, type Ref, type Value } from '../../schemas/refs';
import { FileCache, type CachedFile } from './cache';
import { mendingCreate } from './content-files';
import { DocumentError } from './errors';
import { canonicalJson, cloneJson, sha256 } from './json';
import type { DocumentStore } from './port';

/** Bytes of files (not of memory) that are kept parsed. */
const CACHE_BYTES = 32 * 1024 * 1024;

/** JSON values in the document store, named by their hash: the same value is the same file. */
export interface ValueStore {
  putValue(value: Json): Promise<Ref>;
  /** A copy of its own; `not_found` where the file or the member is missing, `corrupt` where the bytes have changed. */
  getValue(ref: Ref): Promise<Json>;
  /** Inline up to {@link INLINE_LIMIT}. `canonical` is the value's canonical JSON, where the caller has it already. */
  toValue(value: Json, canonical?: string): Promise<Value>;
  fromValue(value: Value): Promise<Json>;
}

/** The file of a value. */
export const valuePath = (hash: string): string => `values/${hash.slice(0, 2)}/${hash}.json`;

export function createValueStore(store: DocumentStore, options: { cacheBytes?: number } = {}): ValueStore {
  const cache = new FileCache(options.cacheBytes ?? CACHE_BYTES);
  const reading = new Map<string, Promise<CachedFile>>();

  async function putCanonical(canonical: string): Promise<Ref> {
    const bytes = Buffer.from(canonical);
    const hash = sha256(bytes);
    await mendingCreate(store, valuePath(hash), bytes, { media_type: 'application/json' });
    return { $ref: `sha256:${hash}`, bytes: bytes.length };
  }

  async function load(hash: string): Promise<CachedFile> {
    const path = valuePath(hash);
    const bytes = await store.read(path);
    if (!bytes) throw new DocumentError('not_found', `the value sha256:${hash} is not in the document store`);
    if (sha256(bytes) !== hash) throw new DocumentError('corrupt', `${path} is not what was stored: its hash differs`);
    const file = { value: JSON.parse(bytes.toString()) as Json, bytes: bytes.length };
    cache.set(hash, file);
    return file;
  }

  /** Readers of the same file share one reading: the join after a fan-out asks for it a hundred times at once. */
  async function file(hash: string): Promise<CachedFile> {
    const known = cache.get(hash) ?? reading.get(hash);
    if (known) return await known;
    const promise = load(hash).finally(() => reading.delete(hash));
    reading.set(hash, promise);
    return await promise;
  }

  async function getValue(ref: Ref): Promise<Json> {
    const [, hash = ''] = /^sha256:([0-9a-f]{64})$/.exec(ref.$ref) ?? [];
    if (hash === '') throw new DocumentError('bad_path', 'the reference is not a SHA-256');
    const { value } = await file(hash);
    if (ref.key === undefined) return cloneJson(value);
    if (value === null || typeof value !== 'object' || Array.isArray(value) || !Object.hasOwn(value, ref.key))
      throw new DocumentError('not_found', `the value ${ref.$ref} has no member ${JSON.stringify(ref.key)}`);
    return cloneJson(value[ref.key] as Json);
  }

  return {
    getValue,
    putValue: (value) => putCanonical(canonicalJson(value)),
    async toValue(value, canonical = canonicalJson(value)) {
      if (Buffer.byteLength(canonical) <= INLINE_LIMIT) return { inline: value };
      return { ref: await putCanonical(canonical) };
    },
    fromValue: async (value) => ('inline' in value ? value.inline : await getValue(value.ref)),
  };
}
