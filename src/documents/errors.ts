/**
 * Reasons why the document store failed. `unavailable` and `full` may pass; the others do not.
 *
 * - `not_found` a reference or an id names something that does not exist
 * - `unavailable` the disk or the service does not answer, or refuses us
 * - `full` there is no room left
 * - `too_large` larger than the caller allows
 * - `bad_path` not a path of the store
 * - `bad_value` not JSON
 * - `conflict` the path holds something else already
 * - `corrupt` the bytes are not the stored ones
 */
export type DocumentErrorCode =
  'not_found' | 'unavailable' | 'full' | 'too_large' | 'bad_path' | 'bad_value' | 'conflict' | 'corrupt';

/** The only error that leaves the document store. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';

  constructor(
    readonly code: DocumentErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** True if the same call may succeed later. */
  get passing(): boolean {
    return this.code === 'unavailable' || this.code === 'full';
  }
}
