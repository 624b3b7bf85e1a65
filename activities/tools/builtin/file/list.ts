import { Type, type Static } from 'typebox';
import { Instant } from '../../../../schemas/json';
import { defineTool } from '../../define';
import type { ToolContext } from '../../tool';
import { belowFolder, findFiles } from './find';
import { common, Path, Pattern, strict } from './schema';

const folder = { ...Path, description: 'a folder; everything if it is left out' };

export const ListInput = Type.Object(
  {
    path: Type.Optional(Type.Unsafe<string>(folder)),
    pattern: Type.Optional(Pattern),
    recursive: Type.Optional(Type.Boolean({ default: true, description: 'false: not what lies in folders below' })),
  },
  strict,
);
type ListInput = Static<typeof ListInput>;

const Listed = Type.Object({ path: Path, bytes: Type.Integer({ minimum: 0 }), modified_at: Instant }, strict);

export const ListOutput = Type.Object({ files: Type.Array(Listed), count: Type.Integer({ minimum: 0 }) }, strict);

/** Lists files of the workspace. */
export const fileList = defineTool({
  ...common,
  name: 'file.list',
  description: 'Lists the files in the workspace of the run: of a folder, or those whose paths fit a pattern.',
  input: ListInput,
  output: ListOutput,
  effect: 'none',
  run: list,
  simulate: list,
});

async function list(
  { path, pattern, recursive = true }: ListInput,
  { workspace }: ToolContext,
): Promise<Static<typeof ListOutput>> {
  const found = (await findFiles(workspace, { path, pattern })).filter(
    (file) => recursive || !belowFolder(file.path, path ?? '').includes('/'),
  );
  const files = found.map((file) => ({ ...file, modified_at: new Date(file.modified_at).toISOString() }));
  return { files, count: files.length };
}
