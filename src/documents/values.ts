import type { Json } from '../../schemas/json';
import { INLINE_LIMIT, type Ref, type Value } from '../../schemas/refs';
import { FileCache, type CachedFile } from './cache';
import { createOrMend } from './content-files';
import { DocumentError } from './errors';
import { canonicalInTurns, canonicalJson, cloneJson, sha256 } from './json';
import type { DocumentStore } from './port';

/** Size of the cache of parsed files, in bytes of the files (not of memory). */
const CACHE_BYTES = 32 * 1024 * 1024;

/** JSON values in the document store, named by their hash: the same value is the same file. */
export interface ValueStore {
  putValue<T>(value: T): Promise<Ref<T>>;
  /** A fresh copy; `not_found` if the file or the member is missing, `corrupt` if the bytes have changed. */
  getValue<T>(ref: Ref<T>): Promise<T>;
  /** Inline up to {@link INLINE_LIMIT}. `canonical` is the value's canonical JSON, if the caller has it already. */
  toValue<T>(value: T, canonical?: string): Promise<Value<T>>;
  fromValue<T>(value: Value<T>): Promise<T>;
  /** where its files lie, for threads that read and write values themselves */
  readonly files: ValueFiles;
}

/** The part of a document store that values need. */
export type ValueFiles = Pick<DocumentStore, 'create' | 'read' | 'stat' | 'replace'>;

/** The file of a value. */
export const valuePath = (hash: string): string => `values/${hash.slice(0, 2)}/${hash}.json`;

export function createValueStore(store: ValueFiles, options: { cacheBytes?: number } = {}): ValueStore {
  const cache = new FileCache(options.cacheBytes ?? CACHE_BYTES);
  const reading = new Map<string, Promise<CachedFile>>();

  async function putCanonical<T>(canonical: string): Promise<Ref<T>> {
    const bytes = Buffer.from(canonical);
    const hash = sha256(bytes);
    await createOrMend(store, valuePath(hash), bytes, { media_type: 'application/json' });
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

  /** Reads a file once for all who ask meanwhile: the join after a fan-out asks a hundred times at once. */
  async function readShared(hash: string): Promise<CachedFile> {
    const known = cache.get(hash) ?? reading.get(hash);
    if (known) return await known;
    const promise = load(hash).finally(() => reading.delete(hash));
    reading.set(hash, promise);
    return await promise;
  }

  /** Content is named by its hash: what lies there is what was put, and so of the type that the reference was given. */
  async function getValue<T>(ref: Ref<T>): Promise<T> {
    const [, hash = ''] = /^sha256:([0-9a-f]{64})$/.exec(ref.$ref) ?? [];
    if (hash === '') throw new DocumentError('bad_path', 'the reference is not a SHA-256');
    const { value } = await readShared(hash);
    if (ref.key === undefined) return cloneJson(value) as T;
    if (value === null || typeof value !== 'object' || Array.isArray(value) || !Object.hasOwn(value, ref.key))
      throw new DocumentError('not_found', `the value ${ref.$ref} has no member ${JSON.stringify(ref.key)}`);
    return cloneJson(value[ref.key] as Json) as T;
  }

  return {
    files: store,
    getValue,
    putValue: async (value) => await putCanonical(await canonicalInTurns(value)),
    async toValue(value, canonical = canonicalJson(value)) {
      if (Buffer.byteLength(canonical) <= INLINE_LIMIT) return { inline: value };
      return { ref: await putCanonical(canonical) };
    },
    fromValue: async (value) => ('inline' in value ? value.inline : await getValue(value.ref)),
  };
}
