import type { Span } from './reading';

/** A part of the goal that cannot be planned, by tokens; `message` says why and what would help. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly at: Span,
    message: string,
    readonly near: string[] = [],
  ) {
    super(message);
  }
}

/** A part that has nothing to work on as it was read: the words may have another reading, and that one is tried. */
export class Baseless extends Refusal {}

/** A part of the goal that cannot be planned, by offsets, with what is known near it. */
export interface Refused {
  part: string;
  from: number;
  to: number;
  message: string;
  near: string[];
}
