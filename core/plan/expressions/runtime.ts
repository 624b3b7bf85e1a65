import type { Budget } from './budget';
import { ExpressionError, fail, withExpression } from './errors';
import type { Node } from './syntax';
import { kindOf, type Json, type Value } from './values';

/** A variable of a loop or of `cel.bind`, and the ones around it. */
export interface Frame {
  name: string;
  value: Value;
  outer: Frame | undefined;
}

/** State of one evaluation of an expression. `at` is the node in work: an error quotes its source. */
export interface Evaluation {
  source: string;
  scope: Record<string, Json>;
  budget: Budget;
  at: Node;
  evaluate(node: Node, run: Evaluation, frame: Frame | undefined): Value;
}

/** Evaluates a node that must be true or false. */
export function truth(node: Node, run: Evaluation, frame: Frame | undefined): boolean {
  const value = run.evaluate(node, run, frame);
  if (typeof value === 'boolean') return value;
  run.at = node;
  throw fail(
    'expression.type',
    `True or false is needed, but this is ${kindOf(value)}`,
    'Compare it: `x > 0`, `x != null`',
  );
}

/** Keeps an error that `||`, `&&`, `all` or `exists` may outvote, as in CEL; throws any other, such as a limit. */
export function absorb(error: unknown, run: Evaluation): ExpressionError {
  if (!(error instanceof ExpressionError) || error.code === 'expression.limit') throw error;
  run.budget.absorb();
  return withExpression(error, run.source.slice(run.at.start, run.at.end));
}
