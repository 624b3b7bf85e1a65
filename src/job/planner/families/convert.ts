import type { Family } from '../family';
import type { Format, Ref } from '../reading';
import { Refusal } from '../refusal';
import { nameUnnamed } from './save';
import { take } from './parts/take';
import { save } from './parts/write';

/** Other formats of what is there, without a file. */
export const convertFamily: Family = {
  name: 'convert',
  does: 'turns CSV, XLSX and JSON into one another',
  examples: ['convert data.csv to JSON', 'convertis clients.xlsx en csv'],
  heads: ['convert', 'parse'],
  slots: [
    '[of] $thing:what',
    '(from|of) $format:from',
    '(to|as|in|into) $format:format',
    '$format:from (to|as|in|into) $format:format',
  ],
  needs: [['format'], ['what']],
  passive: true,
  plan(clause, draft) {
    const format = clause.slots['format'] as Format | undefined;
    const made = take(draft, clause.slots['what'] as Ref | undefined, clause);
    const named = made.file?.path;
    if ((format === 'csv' || format === 'xlsx' || format === 'json') && named !== undefined) {
      const path = named.replace(/\.\w+$/, `.${format}`);
      nameUnnamed(draft, path);
      save(draft, made, path, clause);
      return;
    }
    const data = draft.data(made);
    if (format === undefined || format === 'json') {
      if (data.form !== 'text') return;
      const step = draft.add('parse_json', { uses: 'transform.parse_json', with: { text: draft.template(data) } });
      draft.remake(data, { form: 'data', step, path: 'value' });
      return;
    }
    if (format !== 'csv' && format !== 'xlsx')
      throw new Refusal(draft.span, `nothing turns data into ${format}: save it to a file, or fill a template`);
    const step = draft.add(`to_${format}`, { uses: `transform.to_${format}`, with: { items: draft.template(data) } });
    draft.remake(
      data,
      format === 'csv' ? { form: 'text', step, path: 'text' } : { form: 'file', step, path: 'file', file: { format } },
    );
  },
};
