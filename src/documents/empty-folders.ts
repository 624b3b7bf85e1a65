import { lstat, readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, ignoreAbsence } from './filesystem-errors';

/**
 * Removes a folder with nothing but empty folders in it: an object store has none of these, so a document may take its
 * place. One with files stays, and so does everything that is no folder.
 */
export async function removeEmptyFolders(folder: string): Promise<void> {
  if (!(await lstat(folder).catch(ignoreAbsence))?.isDirectory()) return;
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await removeEmptyFolders(join(folder, entry.name));
  await rmdir(folder).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') ignoreAbsence(error);
  });
}
