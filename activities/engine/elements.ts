import type { Job, JobEnd } from '../../core/engine/job';
import { Gathering, listOf, piecesOf } from '../../core/engine/lists';
import type { StepTable } from '../../core/engine/table';
import type { Json } from '../../schemas/json';
import type { Documents } from '../../src/documents/content';

type Values = Pick<Documents, 'fromValue' | 'toValue' | 'putValue'>;

/** The list of a step that runs for each of its elements, kept so that a reference can name one of them. */
export async function listed(documents: Values, value: Json): Promise<JobEnd> {
  const made = listOf(value);
  if ('failed' in made) return made;
  return { listed: { count: made.count, list: await documents.toValue<Json>(made.list) } };
}

/** The output of such a step, or a part of it, kept: the outputs of its elements, and their failures. */
export async function gathered(
  documents: Values,
  table: Pick<StepTable, 'get' | 'elementsOf'>,
  { step, part }: Pick<Extract<Job, { do: 'gather' }>, 'step' | 'part'>,
): Promise<JobEnd> {
  const gathering = new Gathering(part);
  for (const piece of piecesOf(table, step.id, part)) {
    const fault =
      'kept' in piece
        ? gathering.addPart(await documents.fromValue(piece.kept))
        : gathering.add(piece.output ? await documents.fromValue(piece.output) : null, piece.error);
    if (fault) return fault;
  }
  if (part === undefined) return { gathered: await documents.toValue<Json>(gathering.output) };
  const { file } = gathering;
  return { part, gatheredPart: { kept: { ref: await documents.putValue(file) }, failed: file.errors.length } };
}
