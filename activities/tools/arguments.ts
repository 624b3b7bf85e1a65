import type { Json } from '../../schemas/json';
import type { Value } from '../../schemas/refs';
import type { Scope, StepArguments } from '../../schemas/step-call';
import type { Documents } from '../../src/documents/content';
import { ExpressionError, references, render, type EvaluateOptions } from '../../core/plan/expressions';
import { ToolError } from './errors';

/**
 * Characters of rendered arguments, as JSON: more than a workflow may render, but several such steps in one process must
 * not keep it from its heartbeats.
 */
const LARGEST_RENDERED = 4 * 1024 * 1024;

type Values = Pick<Documents, 'getValue' | 'fromValue'>;

/** The template of a step's arguments, with references read. Arguments that are rendered already have none. */
export const readTemplate = async (documents: Values, given: StepArguments): Promise<Json> =>
  'value' in given ? null : await documents.fromValue(given.template);

/**
 * The arguments of a step as JSON; `secrets` are those that its template names. @throws ToolError of class `input` with
 * the expression's code; DocumentError
 */
export async function resolveArguments(
  documents: Values,
  given: StepArguments,
  secrets: Record<string, string>,
  options: EvaluateOptions = {},
): Promise<Json> {
  if ('value' in given) return await documents.fromValue(given.value);
  return await renderTemplate(documents, given.template, given.scope, { secrets }, options);
}

/** Bytes of the stored values that a step reads for its arguments. */
export function argumentBytes(template: Json, given: StepArguments): number {
  const bytesOf = (value: Value): number => ('ref' in value ? value.ref.bytes : 0);
  if ('value' in given) return bytesOf(given.value);
  const { input, steps } = given.scope;
  return references(template).reduce((sum, { root, path: [id] }) => {
    if (root === 'input') return sum + bytesOf(input);
    if (root !== 'steps') return sum;
    const read = id === undefined ? Object.values(steps) : [steps[id]];
    return read.reduce((more, step) => more + (step ? bytesOf(step.output) : 0), sum);
  }, bytesOf(given.template));
}

/** Renders a template. Of the references in the scope, only those are read that the template reads. */
export async function renderTemplate(
  documents: Values,
  template: Value,
  scope: Scope,
  more: Record<string, Json> = {},
  options: EvaluateOptions = {},
): Promise<Json> {
  const plain = await documents.fromValue(template);
  const known = await readScope(documents, plain, scope);
  try {
    return render(plain, { ...known, ...more }, { size: LARGEST_RENDERED, ...options });
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
  const names = (name: string): boolean => wanted.some(({ root }) => root === name);
  const readsOutput = (id: string): boolean =>
    wanted.some(
      ({ root, path }) =>
        root === 'steps' && (path.length === 0 || path[0] === id) && (path.length < 2 || path[1] === 'output'),
    );
  const read = async (value: Value, needed: boolean): Promise<{ value: Json } | undefined> =>
    'inline' in value || needed ? { value: await documents.fromValue(value) } : undefined;

  const { item: element = { inline: null }, index } = scope;
  const [input, item, ...steps] = await Promise.all([
    read(scope.input, names('input')),
    read(element, names('item')),
    ...Object.entries(scope.steps).map(async ([id, { status, output, error }]) => {
      const found = await read(output, readsOutput(id));
      return [id, { status, ...(found ? { output: found.value } : {}), error: error ? { ...error } : null }] as const;
    }),
  ]);
  return {
    ...(input ? { input: input.value } : {}),
    ...(index === undefined ? {} : { index, ...(item ? { item: item.value } : {}) }),
    steps: Object.fromEntries(steps),
  };
}
