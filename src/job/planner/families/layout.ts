import type { Draft } from '../draft/draft';
import type { PlannedStep } from '../draft/steps';
import type { Clause, Family } from '../family';
import type { Ref } from '../reading';
import { Refusal } from '../refusal';
import { textOf } from '../grammar/slots';
import { take } from './parts/take';

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
    'title_it ($text:title|$label_text:title)',
    '(with|use|under|as) ($text:title|$label_text:title) (as|for) title [comma]',
    '[called] sheet [must|ought] [be] [called|colon|equals] ($label_text:sheet|$name:sheet)',
    'points (be|colon|located) $thing:points',
    '$delimited:delimiter',
    '[use|with] $delimited:delimiter',
    '(in|on|to|from) database [called] $identifier:database',
    'database:ahead [called] $identifier:database (colon|comma)',
    '(in|on|from) database:ahead [called] $identifier:database (colon|comma)',
    '[noun|compound] database:ahead open [database] [name|file_name] [called] [colon|be] [called] $identifier:database close',
  ],
  slots: [],
  plan(clause, draft) {
    const { slots, lead } = clause;
    if (slots['points'] !== undefined) {
      fillLast(draft, slots['points'] as Ref, clause);
      return;
    }
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
    // "under the title X, write a report …": that of the report after it
    if (name === 'title' && step === undefined) {
      draft.title = { text: textOf(slots['title']), at: draft.span };
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

/** "The items are the tasks in the context": what the report is made of that was asked for before, of the whole context. */
function fillLast(draft: Draft, ref: Ref, clause: Clause): void {
  const step = lastOf(draft, /^report\.(checklist|summary)$/);
  // "the steps are in the context: …": what is spoken of next
  if (step === undefined && ref.kind === 'thing' && ref.source?.type === 'context') {
    const [start, end] = draft.span;
    const key = draft.input.tokens.slice(start, end).findLast(({ text }) => draft.contextKey(text) !== undefined);
    take(draft, key ? { ...ref, source: { type: 'context', name: key.text } } : ref, clause);
    return;
  }
  if (step?.with?.['context'] !== '${{ input }}')
    throw new Refusal(draft.span, 'no report was named before this that could be made of it');
  const made = draft.data(take(draft, ref, clause));
  made.used = true;
  step.with['context'] = draft.template(made);
}

const lastOf = (draft: Draft, tool: RegExp): PlannedStep | undefined =>
  draft.steps.all.findLast(({ uses }) => tool.test(uses ?? ''));
