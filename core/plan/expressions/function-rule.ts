import type { Budget } from './budget';
import type { Value } from './values';

/**
 * A function of expressions. `args` counts the receiver: every function may be called as `size(x)` or `x.size()`.
 * `run` must be pure, and must charge the budget before it does work that grows with its input.
 */
export interface FunctionRule {
  args: [least: number, most: number];
  /** Units of the budget for a call that is slow whatever its input, such as reading a date; 3 by default. */
  cost?: number;
  run(args: Value[], budget: Budget): Value;
}
