import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { comparePaths, WORKING_FOLDER } from './paths';

/** The wanted paths: those that begin with `prefix` and come after `after`. */
interface Wanted {
  prefix: string;
  after: string;
}

/**
 * The files below a folder (`''` or ending in `/`), in the order of their whole paths: `a-b` comes before `a/b`, unlike
 * in the order of names in a folder. Folders that cannot hold wanted paths are not opened.
 */
export async function* listFolder(root: string, folder: string, wanted: Wanted): AsyncGenerator<string> {
  for (const { path, isFolder } of await entriesOf(root, folder)) {
    if (isFolder) {
      if (mayHold(path, wanted)) yield* listFolder(root, path, wanted);
    } else if (path.startsWith(wanted.prefix) && comparePaths(path, wanted.after) > 0) {
      yield path;
    }
  }
}

async function entriesOf(root: string, folder: string): Promise<{ path: string; isFolder: boolean }[]> {
  const entries = (await readFolder(join(root, folder)))
    .filter((entry) => entry.isFile() || entry.isDirectory())
    .filter((entry) => folder !== '' || entry.name !== WORKING_FOLDER)
    .map((entry) => ({
      path: `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`,
      isFolder: entry.isDirectory(),
    }));
  return entries.sort((a, b) => comparePaths(a.path, b.path));
}

async function readFolder(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}

function mayHold(folder: string, { prefix, after }: Wanted): boolean {
  if (!folder.startsWith(prefix) && !prefix.startsWith(folder)) return false;
  return after.startsWith(folder) || comparePaths(folder, after) > 0;
}
