import { createArtifactStore, type ArtifactStore } from './artifacts';
import type { DocumentStore } from './port';
import { createValueStore, type ValueStore } from './values';

/** What tools, agents and activities keep: values and artifacts, named by their content. */
export type Documents = ValueStore & ArtifactStore;

/** One for a process: it keeps the values read last. */
export function createDocuments(store: DocumentStore): Documents {
  return { ...createValueStore(store), ...createArtifactStore(store) };
}
