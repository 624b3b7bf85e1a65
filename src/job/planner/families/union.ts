import type { Family } from '../family';
import type { Ref } from '../reading';
import { Refusal } from '../refusal';
import { nameOf, rowsIn } from './parts/rows';
import { take } from './parts/take';

/** Rows of several places, one after another. */
export const unionFamily: Family = {
  name: 'union',
  does: 'puts the rows of several places one after another',
  examples: [
    'put jan.csv, feb.csv and mar.csv one under another and save q1.csv',
    'concatène janvier.json et fevrier.json, et enregistre le résultat dans bimestre.json',
  ],
  heads: [
    'append:union',
    'save $things:what stacked:union',
    'clitic save stacked:union',
    '(join|collect) $things:what stacked:union',
    '(join|collect|save) $things:what (in|into|to|as) single:union [data|table|file]',
  ],
  slots: ['[of] $things:what', '[(and|with|to)] $thing:more', 'stacked:union', '(in|into) [single] (data|table)'],
  needs: [['union']],
  passive: true,
  plan(clause, draft) {
    const { slots } = clause;
    const refs = [slots['what'] ?? [], slots['more'] ?? []].flat() as Ref[];
    const named = refs.filter(({ kind }) => kind !== 'current');
    const made = named.map((ref) => rowsIn(draft, take(draft, ref, clause)));
    if (made.length < 2)
      made.unshift(
        ...draft.made
          .filter((one) => !one.consumed && !one.used && one.form !== 'figure' && !made.includes(one))
          .map((one) => rowsIn(draft, one)),
      );
    if (made.length < 2)
      throw new Refusal(draft.span, 'say which rows to put together, such as "concatenate a.csv and b.csv"');
    const name = nameOf(made[0]!);
    const step = draft.add(`union_${name}`, {
      uses: 'transform.jsonata',
      with: {
        input: `\${{ [${made.map((one) => draft.expression(one)).join(', ')}] }}`,
        expression: '[$reduce($, $append)]',
      },
    });
    for (const one of made) one.consumed = true;
    draft.make({ labels: ['union', 'rows'], form: 'data', step, path: 'value' });
  },
};
