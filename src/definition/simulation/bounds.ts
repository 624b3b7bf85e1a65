import type { Failure } from '../../../schemas/catalogue';

/** Bounds of a simulation. */
export const BOUNDS = {
  /** attempts of steps, checks of rounds, questions and waits, in all */
  jobs: 20_000,
  /** milliseconds of the virtual clock: ten years */
  virtual: 3_653 * 86_400_000,
  /** sub-workflows within one another */
  depth: 5,
  /** entries that are listed */
  steps: 1_000,
  questions: 200,
  effects: 500,
  /** bytes of JSON of a value that is shown, of the result, and of all values together */
  value: 16 * 1_024,
  result: 256 * 1_024,
  all: 1_024 * 1_024,
} as const;

/** A simulation has come to a bound. */
export class Cut extends Error {
  override readonly name = 'Cut';
  readonly failure: Failure;

  constructor(type: string, message: string) {
    super(message);
    this.failure = { type: `simulation.${type}`, message };
  }
}
