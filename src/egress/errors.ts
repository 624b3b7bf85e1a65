/**
 * Why a request has no answer, or an answer no end. `refused` is the only one that is a rule of the platform; all
 * others are facts of the network or of the other side.
 */
export type EgressCode =
  | 'refused'
  | 'unresolved'
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'broken'
  | 'too_large'
  | 'encoding'
  | 'bad_answer'
  | 'redirects';

/** How far a request had come: not to the other side, to it without an answer, or to the head of an answer. */
export type EgressStage = 'before' | 'sent' | 'answered';

/** The error of requests to the outside. Its message names the host, and neither path nor headers: they may be secret. */
export class EgressError extends Error {
  override readonly name = 'EgressError';

  constructor(
    readonly code: EgressCode,
    readonly stage: EgressStage,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Another try may have another end. */
  get passing(): boolean {
    return this.code === 'unreachable' || this.code === 'timeout' || this.code === 'broken';
  }
}

export const refused = (message: string): EgressError => new EgressError('refused', 'before', message);
