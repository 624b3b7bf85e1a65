import type { Json, JsonObject } from '../../schemas/json';
import type { Scope } from '../../schemas/step-call';
import { references, render } from '../plan/expressions';

/**
 * Renders a template if everything that it reads is inline; undefined where it reads a reference or a secret, which only
 * an activity can open. Throws `ExpressionError`.
 * @param secrets what stands for secrets, by their names, where nobody opens them
 */
export function renderInline(template: Json, scope: Scope, secrets?: JsonObject): { value: Json } | undefined {
  if (readsElsewhere(template, scope, secrets !== undefined)) return undefined;
  return { value: render(template, { ...inlineScope(scope), ...(secrets ? { secrets } : {}) }) };
}

/** The scope as expressions see it; what it has by reference is null. */
export function inlineScope(scope: Scope): Record<string, Json> {
  const steps: Record<string, Json> = {};
  for (const [id, { status, output, error }] of Object.entries(scope.steps))
    steps[id] = { status, output: 'inline' in output ? output.inline : null, error: error ? { ...error } : null };
  const { input, item, index } = scope;
  return {
    input: 'inline' in input ? input.inline : null,
    steps,
    ...(item ? { item: 'inline' in item ? item.inline : null } : {}),
    ...(index === undefined ? {} : { index }),
  };
}

function readsElsewhere(template: Json, scope: Scope, knowsSecrets: boolean): boolean {
  return references(template).some(({ root, path }) => {
    if (root === 'secrets') return !knowsSecrets;
    if (root === 'input') return 'ref' in scope.input;
    if (root === 'item') return scope.item !== undefined && 'ref' in scope.item;
    const step = typeof path[0] === 'string' ? scope.steps[path[0]] : undefined;
    return step !== undefined && 'ref' in step.output && (path.length < 2 || path[1] === 'output');
  });
}
