import { WorkspaceError } from './errors';

/** Bytes of a segment: file systems take no more. */
const SEGMENT_BYTES = 255;

/** Names that Windows keeps for devices, with any ending. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)/i;

/** Characters that break out of a name on one system or another, or fool the eye. */
// eslint-disable-next-line no-control-regex -- it refuses control characters
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\\<>:"|?*]/;

/**
 * Checks a path in a workspace, and gives it in the one form that is used everywhere: NFC. Segments separated by `/`,
 * each of which is a file name on every system.
 * @throws WorkspaceError `bad_path`
 */
export function workspacePath(given: string, maxBytes: number): string {
  if (given === '') throw badPath(given, 'is empty');
  if (given.length > maxBytes) throw badPath(given, `is longer than ${maxBytes} bytes`);
  if (!given.isWellFormed()) throw badPath(given, 'is not valid Unicode');
  const path = given.normalize('NFC');
  if (Buffer.byteLength(path) > maxBytes) throw badPath(given, `is longer than ${maxBytes} bytes`);
  if (path.startsWith('/')) throw badPath(given, 'is absolute: it begins with a folder or a name, not with /');
  if (FORBIDDEN.test(path)) throw badPath(given, 'holds a control character, or one of \\ < > : " | ? *');
  for (const segment of path.split('/')) assertSegment(given, segment);
  return path;
}

/** The same for a folder: empty for the whole workspace, and a `/` at its end does not count. */
export function workspaceFolder(given: string, maxBytes: number): string {
  const plain = given.endsWith('/') && given !== '/' ? given.slice(0, -1) : given;
  return plain === '' || plain === '.' ? '' : `${workspacePath(plain, maxBytes)}/`;
}

function assertSegment(given: string, segment: string): void {
  if (segment === '') throw badPath(given, 'has a part without a name (two / in a row, or one at the end)');
  if (segment === '.' || segment === '..') throw badPath(given, `has a part ${JSON.stringify(segment)}`);
  if (/^\s|[\s.]$/.test(segment)) throw badPath(given, 'has a part that begins or ends in a space, or ends in a dot');
  if (DEVICE.test(segment)) throw badPath(given, `has a part ${JSON.stringify(segment)}, which is a device on Windows`);
  if (Buffer.byteLength(segment) > SEGMENT_BYTES) throw badPath(given, `has a part of over ${SEGMENT_BYTES} bytes`);
}

function badPath(path: string, why: string): WorkspaceError {
  const shown = path.length > 80 ? `${path.slice(0, 80)}…` : path;
  return new WorkspaceError('bad_path', `the path ${JSON.stringify(shown)} ${why}`);
}
