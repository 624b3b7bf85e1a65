import { createArtifactStore, type ArtifactStore } from './artifacts';
import type { DocumentStore } from './port';
import { createValueStore, type ValueStore } from './values';

/** Storage for tools, agents and activities: values and artifacts, named by their content. */
export type Documents = ValueStore & ArtifactStore;

/** Make one per process: it caches the values read last. */
export function createDocuments(store: DocumentStore): Documents {
  return { ...createValueStore(store), ...createArtifactStore(store) };
}
