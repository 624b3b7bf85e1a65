import { Type, type Static } from 'typebox';
import { type JsonValue } from '../../../../schemas/json';
import { defineTool } from '../../define';
import type { ToolContext } from '../../tool';
import { formOf, readContent, type Form } from './content';
import { fileError } from './error';
import { common, INLINE_BYTES, Path, strict, Written } from './schema';

export const ReadInput = Type.Object(
  {
    path: Path,
    as: Type.Optional(
      Type.Unsafe<Form>({
        enum: ['auto', 'text', 'json', 'artifact'],
        default: 'auto',
        description: 'auto: JSON and text as their names and bytes say they are, everything else as an artifact',
      }),
    ),
  },
  strict,
);
type ReadInput = Static<typeof ReadInput>;

export const ReadOutput = Type.Object(
  {
    ...Written.properties,
    content: Type.Unsafe<Static<typeof JsonValue>>({ description: 'text, or JSON as a value; null for an artifact' }),
  },
  strict,
);

/** Reads a file of the workspace. */
export const fileRead = defineTool({
  ...common,
  name: 'file.read',
  description: 'Reads a file in the workspace of the run, as text, as JSON, or as an artifact for other tools.',
  input: ReadInput,
  output: ReadOutput,
  effect: 'none',
  run: read,
  simulate: read,
});

async function read(
  { path, as = 'auto' }: ReadInput,
  { workspace, documents }: ToolContext,
): Promise<Static<typeof ReadOutput>> {
  const found = await workspace.file(path);
  if (as === 'artifact' || (as === 'auto' && found.bytes > INLINE_BYTES)) return { ...found, content: null };
  if (found.bytes > INLINE_BYTES)
    throw fileError('file.too_large', `${path} has ${found.bytes} bytes; over ${INLINE_BYTES}, read it as an artifact`);
  const bytes = await documents.readArtifact(found.sha256);
  if (!bytes) throw fileError('file.not_found', `the content of ${path} is lost`);
  return { ...found, content: readContent(path, bytes, as === 'auto' ? formOf(path, bytes) : as) };
}
