import { pagesOf } from '../documents/pages';
import type { DocumentStore } from '../documents/port';
import { WorkspaceError } from './errors';
import { nearestPaths } from './nearest';
import type { WorkspaceFile } from './port';

/** Facts of files that are asked for at once. */
const STATS_AT_ONCE = 32;

/** The folder of the document store in which a run's workspace lies. */
export const workspaceRoot = (run: string): string => `workspaces/${run}/`;

/** Files below a folder (`''` or ending in `/`) of a workspace, in the order of their paths. */
export async function filesBelow(store: DocumentStore, run: string, folder: string): Promise<WorkspaceFile[]> {
  const root = workspaceRoot(run);
  const files: WorkspaceFile[] = [];
  for await (const paths of pagesOf(store, `${root}${folder}`)) {
    for (let from = 0; from < paths.length; from += STATS_AT_ONCE) {
      const some = paths.slice(from, from + STATS_AT_ONCE);
      const stats = await Promise.all(some.map((path) => store.stat(path)));
      stats.forEach((stat, i) => {
        if (stat) files.push({ path: (some[i] ?? '').slice(root.length), ...stat });
      });
    }
  }
  return files;
}

/** An object store would take a file beside a folder of the same name; nobody could unpack that. */
export async function assertNoFolder(store: DocumentStore, run: string, path: string): Promise<void> {
  const root = workspaceRoot(run);
  if ((await store.list(`${root}${path}/`, { limit: 1 })).paths.length > 0) throw isFolder(path);
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    const parent = path.slice(0, at);
    if (await store.stat(`${root}${parent}`))
      throw new WorkspaceError('is_folder', `${path} leads through ${parent}, which is a file`);
  }
}

/** The error for a path under which there is no file. */
export async function missingFile(store: DocumentStore, run: string, path: string): Promise<WorkspaceError> {
  const paths = (await filesBelow(store, run, '')).map((file) => file.path);
  if (paths.some((one) => one.startsWith(`${path}/`))) return isFolder(path);
  const near = nearestPaths(path, paths);
  const hint = near.length > 0 ? `there are: ${near.join(', ')}` : 'it has no files yet';
  return new WorkspaceError('not_found', `the workspace has no file ${path}; ${hint}`);
}

const isFolder = (path: string): WorkspaceError =>
  new WorkspaceError('is_folder', `${path} is a folder: name a file in it`);
