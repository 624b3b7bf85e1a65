import type { DocumentStore } from '../documents/port';
import { createAppends } from './appends';
import { filesBelow } from './files';
import type { WorkspaceLimits, Workspaces } from './port';
import { createUsage } from './usage';
import { openWorkspace } from './workspace';

/**
 * Workspaces in the document store: the bytes of a file are an artifact, named by their hash, and then placed under the
 * file's path, where people find them while the run goes on.
 */
export function createWorkspaces(store: DocumentStore, limits: WorkspaceLimits): Workspaces {
  const usage = createUsage(limits, (run) => filesBelow(store, run, ''));
  const appends = createAppends(store);
  return { of: (run) => openWorkspace({ store, usage, appends, limits }, run) };
}
