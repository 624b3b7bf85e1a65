/**
 * Reasons why a state refused.
 *
 * - `bad_name` not a name
 * - `too_large` the value is larger than values may be
 * - `conflict` another value has been set since the version that was meant
 */
export type StateErrorCode = 'bad_name' | 'too_large' | 'conflict';

/** An error of a state itself; faults of the store below it stay `DocumentError`. */
export class StateError extends Error {
  override readonly name = 'StateError';

  constructor(
    readonly code: StateErrorCode,
    message: string,
  ) {
    super(message);
  }
}
