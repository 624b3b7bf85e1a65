import { Type, type Static } from 'typebox';
import { parseDuration } from '../../../../core/plan/duration';
import { Duration } from '../../../../schemas/plan';
import { defineTool } from '../../define';
import type { ToolContext } from '../../tool';
import { fileError } from './error';
import { findFiles } from './find';
import { common, Path, Pattern, strict } from './schema';

/** Files that are removed at once. */
const AT_ONCE = 16;

export const DeleteInput = Type.Object(
  {
    path: Type.Optional(Type.Unsafe<string>({ ...Path, description: 'a file, or a folder with all that is in it' })),
    pattern: Type.Optional(Pattern),
    older_than: Type.Optional(
      Type.Unsafe<string>({ ...Duration, description: 'only files that were written longer ago, such as `7d`' }),
    ),
    missing: Type.Optional(
      Type.Unsafe<'error' | 'ok'>({
        enum: ['error', 'ok'],
        default: 'ok',
        description: 'error: fails where there is nothing to delete',
      }),
    ),
  },
  strict,
);
type DeleteInput = Static<typeof DeleteInput>;

export const DeleteOutput = Type.Object({ deleted: Type.Array(Path), count: Type.Integer({ minimum: 0 }) }, strict);

/** Deletes files of the workspace. */
export const fileDelete = defineTool({
  ...common,
  name: 'file.delete',
  description:
    'Deletes a file, a folder, or the files that fit a pattern, in the workspace of the run. `older_than` keeps younger ones.',
  input: DeleteInput,
  output: DeleteOutput,
  effect: 'idempotent',
  risk: 'medium',
  async run(input, context) {
    const paths = await chosen(input, context);
    for (let from = 0; from < paths.length; from += AT_ONCE)
      await Promise.all(paths.slice(from, from + AT_ONCE).map((path) => context.workspace.remove(path)));
    return { deleted: paths, count: paths.length };
  },
  async simulate(input, context) {
    const paths = await chosen(input, context);
    return { deleted: paths, count: paths.length };
  },
});

async function chosen(input: DeleteInput, { workspace, attempt }: ToolContext): Promise<string[]> {
  const { path, pattern, older_than, missing = 'ok' } = input;
  if (path === undefined && pattern === undefined)
    throw fileError('file.bad_request', 'give a path or a pattern of what is to be deleted (`**` is everything)');
  const age = older_than === undefined ? 0 : (parseDuration(older_than) ?? 0);
  const youngest = Date.now() - age;
  const files = (await findFiles(workspace, { path, pattern })).filter(
    (file) => file.modified_at <= youngest || age === 0,
  );
  // an attempt before may have deleted them, and died before it could say so
  if (files.length === 0 && missing === 'error' && attempt === 1)
    throw fileError(
      'file.not_found',
      `the workspace has nothing to delete at ${[path, pattern].filter(Boolean).join(' · ')}`,
    );
  return files.map((file) => file.path);
}
