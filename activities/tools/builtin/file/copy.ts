import { Type, type Static } from 'typebox';
import { defineTool } from '../../define';
import type { ToolContext } from '../../tool';
import { common, Path, strict, Written } from './schema';

export const CopyInput = Type.Object(
  {
    from: Path,
    to: Path,
    replace: Type.Optional(
      Type.Boolean({ default: false, description: 'true: over a file that is there; false: other bytes are an error' }),
    ),
  },
  strict,
);
type CopyInput = Static<typeof CopyInput>;

/** Copies a file of the workspace. */
export const fileCopy = defineTool({
  ...common,
  name: 'file.copy',
  description: 'Copies a file in the workspace of the run to another path.',
  input: CopyInput,
  output: Written,
  effect: 'idempotent',
  run: copy,
  simulate: previewCopy,
});

/** Moves a file of the workspace. */
export const fileMove = defineTool({
  ...common,
  name: 'file.move',
  description: 'Moves or renames a file in the workspace of the run.',
  input: CopyInput,
  output: Written,
  effect: 'idempotent',
  async run(input, context) {
    const { workspace, attempt } = context;
    const there = await workspace.stat(input.from);
    // an attempt before may have moved it, and died before it could say so
    if (!there && attempt > 1 && (await workspace.stat(input.to))) return await workspace.file(input.to);
    const copied = await copy(input, context);
    if (there && copied.path !== there.path) await workspace.remove(input.from);
    return copied;
  },
  simulate: previewCopy,
});

async function copy({ from, to, replace = false }: CopyInput, { workspace }: ToolContext): Promise<Written> {
  const { body } = await workspace.stream(from);
  try {
    return await workspace.write(to, body as AsyncIterable<Uint8Array>, { replace });
  } finally {
    body.destroy();
  }
}

async function previewCopy({ from, to, replace = false }: CopyInput, { workspace }: ToolContext): Promise<Written> {
  return await workspace.preview(to, await workspace.file(from), { replace });
}
