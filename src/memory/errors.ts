/**
 * Reasons why the memory of a run refused.
 *
 * - `bad_name` not a name
 * - `too_large` the value is larger than values may be
 * - `quota` there are as many names as there may be
 */
export type MemoryErrorCode = 'bad_name' | 'too_large' | 'quota';

/** An error of a memory itself; faults of the store below it stay `DocumentError`. */
export class MemoryError extends Error {
  override readonly name = 'MemoryError';

  constructor(
    readonly code: MemoryErrorCode,
    message: string,
  ) {
    super(message);
  }
}
