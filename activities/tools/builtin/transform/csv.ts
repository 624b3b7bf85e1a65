import { readFile } from 'node:fs/promises';
import { Type } from 'typebox';
import { decode } from '../../../../src/spreadsheets/encoding';
import { fromCsv, toCsv } from '../../../../src/transform/csv';
import { TransformError } from '../../../../src/transform/errors';
import { FieldNames, Items } from '../../../../src/transform/schema';
import { definePure } from '../../pure/define';
import { Artifact, Count, fileErrors, listErrors, SaveAs, strict, transformation, WorkspacePath } from './common';

const Delimiter = Type.Optional(
  Type.String({ pattern: '^[^"\\r\\n]$', description: 'one letter; without it, what the text itself has, or a comma' }),
);
const Header = Type.Optional(
  Type.Boolean({ default: true, description: 'false: the first row is data, and columns are called A, B, C' }),
);

const Bom = Type.Optional(
  Type.Boolean({ default: false, description: 'true: with the mark by which Excel knows UTF-8' }),
);

export const TableOutput = Type.Object({ items: Items, columns: Type.Array(Type.String()), count: Count }, strict);
export const tableInput = { path: Type.Optional(WorkspacePath), artifact: Type.Optional(Artifact), header: Header };

/** Reads a CSV as items. */
export const transformFromCsv = definePure({
  ...transformation,
  name: 'transform.from_csv',
  description: 'Reads a CSV as a list of objects: a text, a file of the workspace, or an artifact. Values are texts.',
  input: Type.Object({ text: Type.Optional(Type.String()), ...tableInput, delimiter: Delimiter }, strict),
  output: TableOutput,
  errors: fileErrors,
  source: (input) => sourceOf(input, input.text !== undefined),
  async work({ text, delimiter, header }, { file }) {
    const whole = file === undefined ? (text ?? '') : decode(await readFile(file)).text;
    return { output: fromCsv(whole, { delimiter, header }) };
  },
});

/** Writes items as a CSV. */
export const transformToCsv = definePure({
  ...transformation,
  name: 'transform.to_csv',
  description: 'Writes a list of objects as a CSV, as a text or as a file of the workspace.',
  effect: 'idempotent',
  input: Type.Object(
    { items: Items, columns: Type.Optional(FieldNames), delimiter: Delimiter, bom: Bom, save_as: SaveAs },
    strict,
  ),
  output: Type.Object(
    {
      text: Type.Optional(Type.String()),
      path: Type.Optional(Type.String()),
      bytes: Count,
      file: Type.Optional(Artifact),
      count: Count,
    },
    strict,
  ),
  errors: listErrors,
  work({ items, columns, delimiter, bom, save_as }) {
    const text = toCsv(items, { columns, delimiter, bom });
    const bytes = Buffer.from(text);
    const facts = { bytes: bytes.length, count: items.length };
    return save_as === undefined ? { output: { text, ...facts } } : { output: facts, save: { path: save_as, bytes } };
  },
});

/** The one place where a table comes from. */
export function sourceOf(
  {
    path,
    artifact,
  }: { path?: string; artifact?: { artifact_id: string; path: string; media_type: string; bytes: number } },
  text = false,
) {
  if (Number(text) + Number(path !== undefined) + Number(artifact !== undefined) !== 1)
    throw new TransformError('bad_operation', 'a table comes from one of text (of a CSV), path and artifact');
  if (path !== undefined) return { path };
  return artifact && { artifact };
}
