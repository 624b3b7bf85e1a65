import { DocumentError } from './errors';

/** Lengths that object stores and file systems both take, in bytes of UTF-8. */
const LONGEST = { path: 1024, segment: 255 };

/** The folder of unfinished writes, which is not part of the store. */
export const WORKING_FOLDER = '.tmp';

/** Folders that the platform writes itself: no artifact may lie there. */
const OWN_FOLDERS: ReadonlySet<string> = new Set([
  'values',
  'artifacts',
  'records',
  'idempotency',
  'ledger',
  'definitions',
  'catalogue',
  'dlq',
  'generations',
  'memory',
  'state',
  'meaning',
  'effects',
  'reserved',
  'transcripts',
  'appends',
  'webhooks',
  'deliveries',
  'webhooks-failing',
  'hooks',
  'mcp',
  'recordings',
  'sessions',
]);

// eslint-disable-next-line no-control-regex -- it refuses control characters
const FORBIDDEN = /[\u0000-\u001f\u007f\\]/;

/**
 * Checks a path: segments separated by `/`, not empty, `.` or `..`, no control characters or backslashes; at most 1,024
 * bytes, 255 a segment. Case counts. @throws DocumentError `bad_path`
 */
export function assertPath(path: string): void {
  if (path === '') throw badPath(path, 'is empty');
  if (Buffer.byteLength(path) > LONGEST.path) throw badPath(path, `is longer than ${LONGEST.path} bytes`);
  if (FORBIDDEN.test(path)) throw badPath(path, 'holds a control character or a backslash');
  if (Buffer.from(path).toString() !== path) throw badPath(path, 'is not valid Unicode');
  if (path.startsWith('/')) throw badPath(path, 'is absolute');
  const segments = path.split('/');
  for (const segment of segments) {
    if (segment === '' || segment === '.' || segment === '..')
      throw badPath(path, `has a segment ${JSON.stringify(segment)}`);
    if (Buffer.byteLength(segment) > LONGEST.segment)
      throw badPath(path, `has a segment longer than ${LONGEST.segment} bytes`);
  }
  if (segments[0] === WORKING_FOLDER) throw badPath(path, 'lies in the folder of unfinished writes');
}

/** Checks a prefix: empty, or a path that may end in `/` or in the middle of a segment. */
export function assertPrefix(prefix: string): void {
  if (prefix !== '') assertPath(prefix.endsWith('/') ? prefix.slice(0, -1) : prefix);
}

/** Checks a path that people choose or see: it lies outside the folders that the platform keeps for itself. */
export function assertArtifactPath(path: string): void {
  assertPath(path);
  const [first = ''] = path.split('/');
  if (first.startsWith('.') || OWN_FOLDERS.has(first.toLowerCase()))
    throw badPath(path, `lies in ${JSON.stringify(first)}, which the platform keeps for itself`);
}

/** Compares paths in the order of a listing: by their bytes in UTF-8. */
export function comparePaths(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

export function badPath(path: string, why: string): DocumentError {
  const shown = path.length > 80 ? `${path.slice(0, 80)}…` : path;
  return new DocumentError('bad_path', `the path ${JSON.stringify(shown)} ${why}`);
}
