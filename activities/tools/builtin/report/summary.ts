import { Type } from 'typebox';
import { JsonObjectValue, JsonValue } from '../../../../schemas/json';
import { listedArtifact, summary } from '../../../../src/report/summary';
import { definePure } from '../../pure/define';
import { SaveAs, strict } from '../transform/common';
import { LanguageOf, made, report, reportOutput, Title } from './common';

/** Summarises a context and files. */
export const reportSummary = definePure({
  ...report,
  name: 'report.summary',
  description:
    'Summarises a context in Markdown: its values, counts, totals and extremes of its lists, and files with size and hash.',
  input: Type.Object(
    {
      title: Title,
      context: JsonValue,
      artifacts: Type.Optional(
        Type.Array(JsonObjectValue, {
          maxItems: 1_000,
          description: 'artifacts, or outputs of tools that wrote a file',
        }),
      ),
      language: LanguageOf,
      save_as: SaveAs,
    },
    strict,
  ),
  output: Type.Object(reportOutput, strict),
  work: ({ save_as, artifacts = [], ...given }) =>
    made(summary({ ...given, artifacts: artifacts.map(listedArtifact) }), save_as, {}),
});
