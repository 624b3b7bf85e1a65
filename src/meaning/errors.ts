/**
 * Reasons why the memory by meaning refused.
 *
 * - `bad_space` not a name of a space
 * - `too_large` the text or its facts are larger than may be
 * - `quota` the space holds as many texts as it may
 * - `unavailable` the store of vectors does not answer
 */
export type MeaningErrorCode = 'bad_space' | 'too_large' | 'quota' | 'unavailable';

/** An error of the memory by meaning; faults of the document store below it stay `DocumentError`. */
export class MeaningError extends Error {
  override readonly name = 'MeaningError';

  constructor(
    readonly code: MeaningErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
