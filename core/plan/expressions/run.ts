import { Budget } from './budget';
import { compile } from './compile';
import { fail } from './errors';
import { runCompiled } from './evaluate';
import { toJson } from './json';
import { bareExpression, quoteOnError, type EvaluateOptions } from './template';
import { kindOf, type Json } from './values';

/**
 * Evaluates one expression, bare or as `${{ … }}`, against the scope.
 *
 * @returns JSON that may share structure with the scope: do not change it.
 * @throws ExpressionError with any code.
 */
export function evaluate(expression: string, scope: Record<string, Json>, options: EvaluateOptions = {}): Json {
  const source = bareExpression(expression);
  return quoteOnError(source, () => toJson(runCompiled(compile(source), scope, options.budget ?? new Budget())));
}

/**
 * Evaluates a condition, bare or as `${{ … }}`.
 *
 * @throws ExpressionError `expression.type` unless the result is true or false; other codes as `evaluate`.
 */
export function test(expression: string, scope: Record<string, Json>, options: EvaluateOptions = {}): boolean {
  const result = evaluate(expression, scope, options);
  if (typeof result === 'boolean') return result;
  return quoteOnError(bareExpression(expression), () => {
    throw fail(
      'expression.type',
      `A condition must be true or false, but this is ${kindOf(result)}`,
      'Compare it: `x > 0`',
    );
  });
}

/** A condition as a template, so that `check` and `references` can read it: `x > 1` becomes `${{ x > 1 }}`. */
export function condition(expression: string): string {
  return `\${{ ${bareExpression(expression)} }}`;
}
