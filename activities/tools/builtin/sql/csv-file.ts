import { parseRecords, separatorOf } from '../../../../src/spreadsheets/csv-records';
import type { Workspace } from '../../../../src/workspaces/port';
import { sqlError } from './errors';
import { listOf } from './identifiers';
import type { Rows } from './load';

/** Characters in which the names have to be. */
const HEAD = 64 * 1024;

/**
 * The rows of a CSV file with a line of names; the server reads the rest. An empty field is null, and so is an empty
 * text of a column that holds no text. @throws ToolError `sql.rows`, WorkspaceError
 */
export async function openCsv(workspace: Workspace, path: string): Promise<Rows> {
  const text = () => textOf(workspace, path);
  let head = '';
  for await (const part of text()) {
    head += part;
    if (head.length >= HEAD) break;
  }
  const separator = separatorOf(head);
  const [first] = parseRecords(head, separator);
  const columns = first?.fields.map((field) => field.text.trim()) ?? [];
  const wrong = (what: string) =>
    sqlError('sql.rows', `${path} ${what}: its first line holds the names of its columns`);
  if (columns.length === 0 || columns.includes('')) throw wrong('has a column without a name');
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  if (twice !== undefined) throw wrong(`has two columns called ${twice}`);
  return {
    columns,
    format(typed) {
      const others = typed.filter(({ type }) => !/^(text|character)/.test(type)).map(({ name }) => name);
      const nulls = others.length === 0 ? '' : `, FORCE_NULL (${listOf(others)})`;
      return `FORMAT csv, HEADER true, DELIMITER ${literal(separator)}${nulls}`;
    },
    lines: text,
    place: (line) => `line ${line} of ${path}`,
  };
}

const literal = (separator: string): string => (separator === '\t' ? "E'\\t'" : `'${separator}'`);

/** The text of a file in UTF-8, without the mark at its beginning. */
async function* textOf(workspace: Workspace, path: string): AsyncGenerator<string> {
  const { body } = await workspace.stream(path);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const bytes of body) yield decoder.decode(bytes as Uint8Array, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw sqlError('sql.rows', `${path} is not written in UTF-8`);
  }
}
