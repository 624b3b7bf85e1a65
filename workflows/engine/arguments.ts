import type { Json } from '../../schemas/json';
import type { Value } from '../../schemas/refs';
import type { Scope, StepArguments } from '../../schemas/step-call';
import { references, render } from '../../core/plan/expressions';
import { jsonBytes } from '../../core/identity';
import type { StepTable } from './table';
import type { Work } from './work';

/** What travels inline; larger values go by reference. */
export const INLINE_LIMIT = 2048;

/**
 * The arguments of an execution. Where all that the template reads is inline, it is rendered here, so that the Web UI
 * shows the arguments as they are; where it reads a reference, the tool runtime renders it beside the file.
 */
export async function buildArguments(
  work: Work,
  table: StepTable,
  template: Value,
  scope: Scope,
  local: boolean,
): Promise<StepArguments> {
  if ('inline' in template && !readsReference(template.inline, scope)) {
    const value = render(template.inline, plain(scope));
    if (local || jsonBytes(value) <= INLINE_LIMIT) return { value: { inline: value } };
    return { value: { ref: await work.io('storeValue', value, 'store arguments') } };
  }
  if (local || jsonBytes({ template, scope }) <= INLINE_LIMIT) return { template, scope };
  const ids = Object.keys(scope.steps).filter((id) => id in scope.steps && 'inline' in (scope.steps[id]?.output ?? {}));
  await table.demote((value) => work.io('storeValue', value, 'store outputs'), ids);
  return { template, scope: table.scope(scope.input, Object.keys(scope.steps)) };
}

/** Renders a value for the workflow's own use, such as a question or a duration; beside the file where it has to. */
export async function renderValue(work: Work, template: Json, scope: Scope): Promise<Json> {
  if (!readsReference(template, scope)) return render(template, plain(scope));
  const value = await work.io('evaluate', { template: { inline: template }, scope }, 'evaluate an expression');
  if ('inline' in value) return value.inline;
  return await work.io('loadValue', value.ref, 'load a value');
}

/** The scope as expressions see it. Only for scopes of which nothing that is read is a reference. */
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
