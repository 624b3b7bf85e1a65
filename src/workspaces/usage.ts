import { WorkspaceError } from './errors';
import type { WorkspaceFile, WorkspaceLimits } from './port';

/** Milliseconds for which a count is believed: other processes write too. */
const FRESH = 30_000;

/** Counts of workspaces that are remembered. */
const REMEMBERED = 1_000;

interface Count {
  bytes: number;
  files: number;
  counted_at: number;
}

/** A file that is to take the place of another, of `before` bytes, or of none. */
export interface Change {
  run: string;
  path: string;
  before: number | undefined;
}

/**
 * Room in workspaces. Each process counts what it writes, and counts again when its count is old or says that there is
 * no room; so writers in several processes may pass a limit by what they write within half a minute.
 */
export function createUsage(
  { bytes: mostBytes, files: mostFiles }: WorkspaceLimits,
  list: (run: string) => Promise<WorkspaceFile[]>,
  clock: () => number = Date.now,
) {
  const counts = new Map<string, Count>();

  async function count(run: string): Promise<Count> {
    const files = await list(run);
    const found = { bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), files: files.length, counted_at: clock() };
    counts.delete(run);
    counts.set(run, found);
    if (counts.size > REMEMBERED) counts.delete(counts.keys().next().value ?? '');
    return found;
  }

  /** Bytes that a file may have. @throws WorkspaceError `quota` where it has no room, whatever its size */
  async function room({ run, path, before }: Change, atLeast: number): Promise<number> {
    const known = counts.get(run);
    const isFresh = known !== undefined && clock() - known.counted_at < FRESH;
    const left = (at: Count): number => mostBytes - at.bytes + (before ?? 0);
    const full = (at: Count): boolean => left(at) < atLeast || (before === undefined && at.files >= mostFiles);
    const at = isFresh && !full(known) ? known : await count(run);
    if (before === undefined && at.files >= mostFiles)
      throw new WorkspaceError(
        'quota',
        `${path} has no room: the workspace has ${at.files} files, and may not have more`,
      );
    if (left(at) < atLeast)
      throw new WorkspaceError('quota', `${path} has no room: of ${mostBytes} bytes, ${at.bytes} are taken`);
    return left(at);
  }

  return {
    room,
    /** Notes that a file has been written (`bytes`) or removed (undefined). */
    note({ run, before }: Omit<Change, 'path'>, bytes: number | undefined): void {
      const known = counts.get(run);
      if (!known) return;
      known.bytes += (bytes ?? 0) - (before ?? 0);
      known.files += (bytes === undefined ? 0 : 1) - (before === undefined ? 0 : 1);
    },
  };
}

export type Usage = ReturnType<typeof createUsage>;
