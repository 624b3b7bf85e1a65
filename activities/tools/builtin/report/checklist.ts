import { Type } from 'typebox';
import { JsonValue } from '../../../../schemas/json';
import { checklist } from '../../../../src/report/checklist';
import { definePure } from '../../pure/define';
import { SaveAs, strict } from '../transform/common';
import { LanguageOf, made, report, reportOutput, Title } from './common';

const Item = Type.Object(
  {
    text: Type.String(),
    done: Type.Boolean(),
    source: Type.String({ description: 'JSON Pointer into the context' }),
    line: Type.Optional(Type.Integer({ minimum: 1, description: 'of a text with several items' })),
  },
  strict,
);

/** Makes a checklist of what a context says is to be done. */
export const reportChecklist = definePure({
  ...report,
  name: 'report.checklist',
  description:
    'Makes a checklist in Markdown of the tasks, requirements, steps and bullet lists of a context, each with its source. What the context lacks is asked.',
  input: Type.Object(
    {
      title: Title,
      subject: Type.Optional(Type.String({ maxLength: 5_000, description: 'the goal, in its own words' })),
      context: JsonValue,
      language: LanguageOf,
      save_as: SaveAs,
    },
    strict,
  ),
  output: Type.Object({ ...reportOutput, items: Type.Array(Item), questions: Type.Array(Type.String()) }, strict),
  work({ save_as, ...given }) {
    const { markdown, items, questions } = checklist(given);
    return made(markdown, save_as, { items, questions });
  },
});
