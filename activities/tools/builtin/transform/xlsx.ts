import { Type } from 'typebox';
import { FieldNames, Items } from '../../../../src/transform/schema';
import { toXlsx } from '../../../../src/transform/xlsx';
import { definePure } from '../../pure/define';
import { Artifact, Count, fileErrors, listErrors, strict, transformation, WorkspacePath } from './common';
import { sourceOf, tableInput, TableOutput } from './csv';

const Sheet = Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'the name of the sheet' }));

/** Reads a sheet of a workbook as items, in a process of its own. */
export const transformFromXlsx = definePure({
  ...transformation,
  name: 'transform.from_xlsx',
  description:
    'Reads a sheet (.xlsx, .xls, .xlsb, .ods) as a list of objects, from a file of the workspace or an artifact.',
  input: Type.Object({ ...tableInput, sheet: Sheet }, strict),
  output: TableOutput,
  errors: fileErrors,
  local: false,
  source: (input) => sourceOf(input),
  async work({ sheet, header }, { file = '', children, signal }) {
    return { output: await children.readTable(file, { sheet, header }, signal) };
  },
});

/** Writes items as a workbook. */
export const transformToXlsx = definePure({
  ...transformation,
  name: 'transform.to_xlsx',
  description: 'Writes a list of objects as a workbook (.xlsx) into the workspace. ISO dates become dates.',
  effect: 'idempotent',
  input: Type.Object(
    { items: Items, columns: Type.Optional(FieldNames), sheet: Sheet, save_as: Type.Optional(WorkspacePath) },
    strict,
  ),
  output: Type.Object({ path: Type.String(), bytes: Count, file: Type.Optional(Artifact), count: Count }, strict),
  errors: listErrors,
  local: false,
  async work({ items, columns, sheet, save_as: path = 'table.xlsx' }) {
    const bytes = await toXlsx(items, { columns, sheet });
    return { output: { path, bytes: bytes.length, count: items.length }, save: { path, bytes } };
  },
});
