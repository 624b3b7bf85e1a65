import type { Json } from '../../schemas/json';
import type { Value } from '../../schemas/refs';
import type { Scope, StepArguments } from '../../schemas/step-call';
import type { Documents } from '../../src/documents/content';
import { ExpressionError, references, render } from '../../core/plan/expressions';
import { ToolError } from './errors';

type Values = Pick<Documents, 'getValue' | 'fromValue'>;

/** The arguments of a step as JSON. @throws ToolError of class `input` with the expression's code; DocumentError */
export async function resolveArguments(documents: Values, given: StepArguments): Promise<Json> {
  if ('value' in given) return await documents.fromValue(given.value);
  return await renderTemplate(documents, given.template, given.scope);
}

/** Renders a template. Of the references in the scope, only those are read that the template reads. */
export async function renderTemplate(documents: Values, template: Value, scope: Scope): Promise<Json> {
  const plain = await documents.fromValue(template);
  const known = await readScope(documents, plain, scope);
  try {
    return render(plain, known);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new ToolError({ class: 'input', type: error.code, message: error.message, cause: error });
  }
}

/**
 * The scope as expressions see it. Values that the template does not read are left out: they must not cost a file,
 * and reading one all the same would be an error, not a silent null.
 */
async function readScope(documents: Values, template: Json, scope: Scope): Promise<Record<string, Json>> {
  const wanted = references(template);
  const readsInput = wanted.some(({ root }) => root === 'input');
  const readsOutput = (id: string): boolean =>
    wanted.some(
      ({ root, path }) =>
        root === 'steps' && (path.length === 0 || path[0] === id) && (path.length < 2 || path[1] === 'output'),
    );
  const read = async (value: Value, needed: boolean): Promise<{ value: Json } | undefined> =>
    'inline' in value || needed ? { value: await documents.fromValue(value) } : undefined;

  const [input, ...steps] = await Promise.all([
    read(scope.input, readsInput),
    ...Object.entries(scope.steps).map(async ([id, { status, output, error }]) => {
      const found = await read(output, readsOutput(id));
      return [id, { status, ...(found ? { output: found.value } : {}), error: error ? { ...error } : null }] as const;
    }),
  ]);
  return { ...(input ? { input: input.value } : {}), steps: Object.fromEntries(steps) };
}
