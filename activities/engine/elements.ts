import type { JobEnd } from '../../core/engine/job';
import { Gathering, listOf } from '../../core/engine/lists';
import type { StepState } from '../../core/engine/table';
import type { Json } from '../../schemas/json';
import type { Documents } from '../../src/documents/content';

type Values = Pick<Documents, 'fromValue' | 'toValue'>;

/** The list of a step that runs for each of its elements, kept so that a reference can name one of them. */
export async function listed(documents: Values, value: Json): Promise<JobEnd> {
  const made = listOf(value);
  if ('failed' in made) return made;
  return { listed: { count: made.count, list: await documents.toValue<Json>(made.list) } };
}

/** The output of such a step, kept: the outputs of its elements, and their failures. */
export async function gathered(documents: Values, elements: readonly StepState[]): Promise<JobEnd> {
  const gathering = new Gathering();
  for (const { status, output, error } of elements) {
    const item = status === 'completed' && output ? await documents.fromValue(output) : null;
    const fault = gathering.add(item, error);
    if (fault) return fault;
  }
  return { gathered: await documents.toValue<Json>(gathering.output) };
}
