import { createInterface } from 'node:readline';
import { Type, type Static } from 'typebox';
import { defineTool } from '../../define';
import type { ToolContext } from '../../tool';
import { mayBeText } from './content';
import { findFiles } from './find';
import { common, Path, Pattern, strict } from './schema';

/** Matches that are given without `max_matches`, and characters of their lines. */
const MATCHES = 1_000;
const SHOWN = 500;

/** Bytes of files that are looked through, and of their beginnings that tell a text. */
const LARGEST = 64 * 1024 * 1024;

export const SearchInput = Type.Object(
  {
    text: Type.String({ minLength: 1, maxLength: 1_000, description: 'plain words, as they stand in a line' }),
    path: Type.Optional(Type.Unsafe<string>({ ...Path, description: 'a file or a folder' })),
    pattern: Type.Optional(Pattern),
    ignore_case: Type.Optional(Type.Boolean({ default: true })),
    max_matches: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: MATCHES })),
  },
  strict,
);
type SearchInput = Static<typeof SearchInput>;

const Match = Type.Object({ path: Path, line: Type.Integer({ minimum: 1 }), text: Type.String() }, strict);
type Match = Static<typeof Match>;

export const SearchOutput = Type.Object(
  {
    matches: Type.Array(Match),
    count: Type.Integer({ minimum: 0 }),
    complete: Type.Boolean({ description: 'false: there are more matches, or files that are too large' }),
  },
  strict,
);

/** Looks for words in the texts of the workspace. */
export const fileSearch = defineTool({
  ...common,
  name: 'file.search',
  description: 'Finds the lines of text files in the workspace of the run that hold some words.',
  input: SearchInput,
  output: SearchOutput,
  effect: 'none',
  run: search,
  simulate: search,
});

async function search(
  { text, ignore_case = true, max_matches = MATCHES, ...choice }: SearchInput,
  { workspace, signal }: ToolContext,
): Promise<Static<typeof SearchOutput>> {
  const plain = (line: string): string => (ignore_case ? line.toLowerCase() : line).normalize('NFC');
  const wanted = plain(text);
  const matches: Match[] = [];
  let complete = true;
  for (const file of await findFiles(workspace, choice)) {
    signal.throwIfAborted();
    if (!mayBeText(file.path)) continue;
    if (file.bytes > LARGEST) {
      complete = false;
      continue;
    }
    for await (const [line, found] of linesOf(workspace, file.path)) {
      if (!plain(found).includes(wanted)) continue;
      if (matches.length === max_matches) return { matches, count: matches.length, complete: false };
      matches.push({ path: file.path, line, text: found.slice(0, SHOWN) });
    }
  }
  return { matches, count: matches.length, complete };
}

/** The lines of a text file by their numbers, from 1; none of a binary file, which has zeros. */
async function* linesOf(workspace: ToolContext['workspace'], path: string): AsyncGenerator<[number, string]> {
  const { body } = await workspace.stream(path);
  try {
    let number = 0;
    for await (const line of createInterface({ input: body, crlfDelay: Infinity })) {
      if (line.includes('\0')) return;
      number += 1;
      yield [number, line];
    }
  } finally {
    body.destroy();
  }
}
