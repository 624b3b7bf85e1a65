import type { DocumentMeta, DocumentStore } from './port';

/**
 * Creates a file that is named by its content. A file that exists must have the same content; if its size differs
 * (somebody edited it, a disk lost its end), it is replaced.
 */
export async function createOrMend(
  store: Pick<DocumentStore, 'create' | 'stat' | 'replace'>,
  path: string,
  bytes: Uint8Array,
  meta: DocumentMeta,
): Promise<void> {
  if ((await store.create(path, bytes, meta)) === 'created') return;
  const stat = await store.stat(path);
  if (stat?.bytes !== bytes.length) await store.replace(path, bytes, meta);
}
