import { Type } from 'typebox';
import { tableReport } from '../../../../src/report/table';
import { FieldNames, Items } from '../../../../src/transform/schema';
import { definePure } from '../../pure/define';
import { SaveAs, strict } from '../transform/common';
import { LanguageOf, made, report, reportOutput, Title } from './common';

/** Writes a list as a table. */
export const reportTable = definePure({
  ...report,
  name: 'report.table',
  description: 'Writes a list of objects as a table in Markdown.',
  input: Type.Object(
    {
      title: Type.Optional(Title),
      items: Items,
      columns: Type.Optional(FieldNames),
      language: LanguageOf,
      save_as: SaveAs,
    },
    strict,
  ),
  output: Type.Object(reportOutput, strict),
  errors: { 'transform.bad_field': 'input' },
  work: ({ save_as, ...given }) => made(tableReport(given), save_as, {}),
});
