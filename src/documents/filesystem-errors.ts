import { DocumentError } from './errors';
import { badPath } from './paths';

/** The operating system's name of an error, such as `ENOENT`. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** True if nothing is there, or a file instead of a folder, or a folder instead of a file. */
export function isAbsence(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error));
}

export function ignoreAbsence(error: unknown): undefined {
  if (!isAbsence(error)) throw error;
}

export function notAFolder(path: string): DocumentError {
  return badPath(path, 'should be a folder, but something else is there');
}

/** Errors of the operating system, in words that tell what to do. */
const REMEDIES: Record<string, string> = {
  ENOSPC: 'its disk is full: make room',
  EDQUOT: 'its disk quota is used up: make room',
  EROFS: 'its file system is read-only',
  EACCES: 'this process may not write or read there: check owner and mode',
  EPERM: 'the file system refuses it (it needs hard links: not FAT, not some network mounts)',
  EXDEV: 'a folder below it lies on another file system: the whole store has to be on one',
  EMFILE: 'this process has too many files open: raise `ulimit -n`',
  ENOENT: 'a folder or an unfinished file was removed meanwhile',
};

/** Turns any error into the store's own. */
export function toDocumentError(error: unknown, path: string): DocumentError {
  if (error instanceof DocumentError) return error;
  const code = codeOf(error);
  if (code === 'ELOOP') return badPath(path, 'leads through a symbolic link');
  if (code === 'ENOTDIR' || code === 'EISDIR') return notAFolder(path);
  if (code === 'ENAMETOOLONG') return badPath(path, 'is too long for this file system');
  const why = REMEDIES[code] ?? String(error);
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new DocumentError(full ? 'full' : 'unavailable', `the document store cannot serve ${path}: ${why}`, {
    cause: error,
  });
}
