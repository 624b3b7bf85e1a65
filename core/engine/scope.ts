import type { Json } from '../../schemas/json';
import type { Scope } from '../../schemas/step-call';
import { references, render } from '../plan/expressions';

/**
 * Renders a template if everything that it reads is inline; undefined where it reads a reference, which only an
 * activity can open. Throws `ExpressionError`.
 */
export function renderInline(template: Json, scope: Scope): { value: Json } | undefined {
  return readsReference(template, scope) ? undefined : { value: render(template, plain(scope)) };
}

/** The scope as expressions see it. */
function plain(scope: Scope): Record<string, Json> {
  const steps: Record<string, Json> = {};
  for (const [id, { status, output, error }] of Object.entries(scope.steps))
    steps[id] = { status, output: 'inline' in output ? output.inline : null, error: error ? { ...error } : null };
  return { input: 'inline' in scope.input ? scope.input.inline : null, steps };
}

function readsReference(template: Json, scope: Scope): boolean {
  return references(template).some(({ root, path }) => {
    if (root === 'input') return 'ref' in scope.input;
    const step = typeof path[0] === 'string' ? scope.steps[path[0]] : undefined;
    return step !== undefined && 'ref' in step.output && (path.length < 2 || path[1] === 'output');
  });
}
