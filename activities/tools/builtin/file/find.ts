import { globOf } from '../../../../src/workspaces/glob';
import type { Workspace, WorkspaceFile } from '../../../../src/workspaces/port';

/** A choice of files: those of a folder, or one file, whose paths fit a pattern. */
export interface Choice {
  path?: string;
  pattern?: string;
}

/** The files of a choice. A pattern is held against paths as they are below the folder. */
export async function findFiles(
  workspace: Pick<Workspace, 'list' | 'stat'>,
  { path, pattern }: Choice,
): Promise<WorkspaceFile[]> {
  const isFolder = path === undefined || path === '.' || path.endsWith('/');
  const alone = isFolder ? undefined : await workspace.stat(path);
  const files = alone ? [alone] : await workspace.list(path ?? '');
  if (pattern === undefined) return files;
  const fits = globOf(pattern);
  return files.filter((file) => fits(file.path) || fits(belowFolder(file.path, path ?? '')));
}

/** The path of a file as it is below a folder. */
export function belowFolder(path: string, folder: string): string {
  const plain = folder.normalize('NFC').replace(/\/$/, '');
  return plain !== '' && plain !== '.' && path.startsWith(`${plain}/`) ? path.slice(plain.length + 1) : path;
}
