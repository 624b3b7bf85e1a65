import { RunError } from './errors';

/** An opaque position: the state that a list needs to go on, as text that fits into an address. */
export const encodeCursor = (position: unknown): string =>
  Buffer.from(JSON.stringify(position), 'utf8').toString('base64url');

/** Reads a position back; `check` accepts only those of this list. */
export function decodeCursor<T>(cursor: string, check: (position: unknown) => position is T): T {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (check(position)) return position;
  } catch {
    // reported below
  }
  throw foreignCursor();
}

/** A cursor that no list of ours has given. */
export function foreignCursor(cause?: unknown): RunError {
  const message = 'This cursor is not one that this list has given.';
  return new RunError('invalid', message, { errors: [{ pointer: 'cursor', detail: message }], cause });
}
