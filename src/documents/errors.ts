/**
 * Why the document store could not do what was asked. `unavailable` may pass; the others do not.
 *
 * - `not_found` something that is named by a reference or an id is not there
 * - `unavailable` the disk or the service does not answer, is full, or refuses us
 * - `too_large` larger than the caller allows
 * - `bad_path` not a path of the store
 * - `bad_value` not JSON
 * - `conflict` something else lies there already
 * - `corrupt` the bytes are not those that were stored
 */
export type DocumentErrorCode =
  'not_found' | 'unavailable' | 'too_large' | 'bad_path' | 'bad_value' | 'conflict' | 'corrupt';

/** The one error that leaves the document store. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';

  constructor(
    readonly code: DocumentErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Whether the same call may end otherwise later. */
  get passing(): boolean {
    return this.code === 'unavailable';
  }
}
