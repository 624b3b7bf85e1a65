import type { Draft } from '../draft/draft';
import type { PlannedStep } from '../draft/steps';
import type { Family } from '../family';
import { Refusal } from '../refusal';
import { textOf } from '../grammar/slots';

/** How the file looks that was written before: the name of its sheet, the letter between its columns. */
export const layoutFamily: Family = {
  name: 'layout',
  does: 'names the sheet of a workbook, the title of a report, or the separator of a CSV file, that was written before',
  examples: [
    'fetch https://api.example.com/users and save to users.xlsx. The sheet is called People.',
    'récupère https://api.example.com/users et enregistre dans users.csv. Le séparateur est « ; ».',
  ],
  heads: [],
  bare: [
    '[with] title [must|ought] [be] [called|colon|equals] ($text:title|$label_text:title)',
    'titled ($text:title|$label_text:title)',
    '[called] sheet [must|ought] [be] [called|colon|equals] ($label_text:sheet|$name:sheet)',
    '$delimited:delimiter',
    '[use|with] $delimited:delimiter',
    '(in|on|to|from) database [called] $identifier:database',
    'database:ahead [called] $identifier:database (colon|comma)',
    '(in|on|from) database:ahead [called] $identifier:database (colon|comma)',
    '[noun|compound] database:ahead open [database] [name|file_name] [called] [colon|be] [called] $identifier:database close',
  ],
  slots: [],
  plan({ slots, lead }, draft) {
    const [name, tool] =
      slots['database'] !== undefined
        ? ['database', /^sql\./]
        : slots['title'] !== undefined
          ? ['title', /^report\./]
          : slots['sheet'] === undefined
            ? ['delimiter', /^transform\.to_csv$/]
            : ['sheet', /^transform\.to_xlsx$/];
    const step = lastOf(draft, tool);
    // "database stock: …": that of the tables after it
    if ((slots['ahead'] === true && lead.kind === 'sentence') || (name === 'database' && step === undefined)) {
      draft.database = textOf(slots['database']);
      return;
    }
    if (step?.with === undefined)
      throw new Refusal(
        draft.span,
        `no ${name === 'database' ? 'statement or table' : name === 'title' ? 'report' : name === 'sheet' ? 'workbook' : 'CSV file'} was named before this: say it with what it is of`,
      );
    step.with[name] = draft.literal(textOf(slots[name]));
  },
};

const lastOf = (draft: Draft, tool: RegExp): PlannedStep | undefined =>
  draft.steps.all.findLast(({ uses }) => tool.test(uses ?? ''));
