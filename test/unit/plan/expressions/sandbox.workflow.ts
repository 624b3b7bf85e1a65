import { check, evaluate, ExpressionError, references, render, type Json } from '../../../../core/plan/expressions';

/** Uses expressions like a workflow, in one call; the sandbox test runs it without a server. */
export async function usesExpressions(value: Json, scope: Record<string, Json>): Promise<Json> {
  return {
    rendered: render(value, scope),
    references: references(value).length,
    faults: check(value, Object.keys(scope)).length,
  };
}

/** The code of the failure, for the sandbox test. */
export function codeOf(expression: string, scope: Record<string, Json>): string {
  try {
    evaluate(expression, scope);
    return 'none';
  } catch (error) {
    return error instanceof ExpressionError ? error.code : String(error);
  }
}

/** Renders many times, for the sandbox test to measure. */
export function renderRepeatedly(value: Json, scope: Record<string, Json>, times: number): void {
  for (let i = 0; i < times; i++) render(value, scope);
}
