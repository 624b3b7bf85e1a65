import type { StoredVersion } from '../../schemas/definition/run';
import type { DocumentStore } from './port';
import { createVersionStore, type VersionStore } from './versions';

/** Versions of workflow definitions. */
export type DefinitionStore = VersionStore<StoredVersion>;

export const createDefinitionStore = (store: DocumentStore): DefinitionStore =>
  createVersionStore<StoredVersion>(store, 'definitions');
