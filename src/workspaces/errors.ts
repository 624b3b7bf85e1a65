/**
 * Reasons why a workspace refused.
 *
 * - `bad_path` not a path of a workspace
 * - `not_found` there is no such file
 * - `exists` another file is there already
 * - `is_folder` the path is that of a folder, or leads through a file
 * - `too_large` the file has more bytes than the caller takes
 * - `quota` the workspace has no room for it
 */
export type WorkspaceErrorCode = 'bad_path' | 'not_found' | 'exists' | 'is_folder' | 'too_large' | 'quota';

/** An error of a workspace itself; faults of the store below it stay `DocumentError`. */
export class WorkspaceError extends Error {
  override readonly name = 'WorkspaceError';

  constructor(
    readonly code: WorkspaceErrorCode,
    message: string,
  ) {
    super(message);
  }
}
