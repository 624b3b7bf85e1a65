import type { DocumentMeta, DocumentStore } from './port';

/**
 * Creates a file that is named by its content. What lies there already must be the same; where its size says that it
 * is not (somebody edited it, a disk lost its end), it is put right.
 */
export async function mendingCreate(
  store: DocumentStore,
  path: string,
  bytes: Uint8Array,
  meta: DocumentMeta,
): Promise<void> {
  if ((await store.create(path, bytes, meta)) === 'created') return;
  const stat = await store.stat(path);
  if (stat?.bytes !== bytes.length) await store.replace(path, bytes, meta);
}
