import type { Config } from '../config';
import type { DocumentStore } from '../documents/port';
import { createEmbeddedStore } from './embedded-store';
import type { VectorStore } from './port';

/** The store of vectors of this installation: Qdrant where it is named, else the document store. */
export async function openVectors(
  { qdrant, namespace }: Pick<Config, 'qdrant' | 'namespace'>,
  store: DocumentStore,
): Promise<VectorStore> {
  if (!qdrant) return createEmbeddedStore(store);
  // its client is large, and processes without it start sooner
  const { createQdrantStore } = await import('./qdrant-store.js');
  return createQdrantStore({ ...qdrant, prefix: namespace });
}
