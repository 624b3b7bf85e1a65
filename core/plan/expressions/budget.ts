import { fail } from './errors';
import { ceil } from './natives';

/**
 * All bounds. They keep the worst expression far below a second: the sandbox kills an isolate that computes for five
 * seconds, and the run is then wedged.
 */
export const LIMITS = {
  /** Steps of one evaluation (`render` of a whole value is one evaluation). See {@link Budget}. */
  steps: 100_000,
  /** Comprehensions inside the body of a comprehension, counted with the outer one. */
  nestedLoops: 2,
  /** Characters of one produced text, and of one result or rendered value written as JSON. */
  size: 1_048_576,
  /** Characters of one expression. */
  source: 8_192,
  /** Characters of all expressions in one value. */
  sources: 32_768,
  /** Nodes of one parsed expression, and their depth. */
  nodes: 2_000,
  nodeDepth: 250,
  /** Brackets and calls inside one another; `!` and `-` in a row. */
  parseDepth: 64,
  unaryRun: 16,
  /** Objects and lists inside one another, in a plan value and in a result. */
  templateDepth: 32,
  valueDepth: 128,
} as const;

/** Units in a step. A node or an element is one unit, so that a loop of 300 x 300 with a small body fits. */
const UNITS = 10;
const CHARACTERS_PER_STEP = 256;
/** Text search is quadratic in V8 for hostile patterns (47 s for 1 MiB in 1 MiB), so it is charged by the product. */
const COMPARISONS_PER_STEP = 4_096;
/** Making an error that `||`, `&&`, `all` or `exists` absorbs costs microseconds. */
const ABSORBED_ERROR_STEPS = 50;

/**
 * Counts the work of one evaluation. A step is ten visited nodes, loop rounds or list elements (five map keys), or 256
 * characters read or written. Throws `expression.limit` when it is used up, and every time after that.
 */
export class Budget {
  private units = 0;
  private readonly most: number;

  constructor(steps: number = LIMITS.steps) {
    this.most = steps * UNITS;
  }

  /** Steps used so far. */
  get steps(): number {
    return ceil(this.units / UNITS);
  }

  /** Visited nodes, loop rounds or elements. */
  spend(units: number): void {
    this.units += units;
    if (this.units <= this.most) return;
    const most = this.most / UNITS;
    throw fail(
      'expression.limit',
      `The expression needs more than ${most} steps`,
      'Filter the list first, drop a nested loop, or do the work in a tool',
    );
  }

  /** Characters read. */
  read(characters: number): void {
    this.spend(1 + ceil((characters * UNITS) / CHARACTERS_PER_STEP));
  }

  /** Characters written into one text; call before making it. */
  write(characters: number): void {
    if (characters > LIMITS.size) throw tooBig();
    this.read(characters);
  }

  /** One search of a text for another. */
  search(text: string, pattern: string): void {
    this.read(text.length);
    this.spend(ceil(((text.length * pattern.length) / COMPARISONS_PER_STEP) * UNITS));
  }

  /** An error that is absorbed. */
  absorb(): void {
    this.spend(ABSORBED_ERROR_STEPS * UNITS);
  }
}

export function tooBig(most: number = LIMITS.size): Error {
  return fail(
    'expression.limit',
    `The value is larger than ${most} characters`,
    'Pass a reference to the document instead, or select the fields that are needed',
  );
}
