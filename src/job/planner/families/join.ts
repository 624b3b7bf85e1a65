import type { Draft } from '../draft/draft';
import type { Made } from '../draft/made';
import type { Family, Clause } from '../family';
import type { Ref, Span } from '../reading';
import { Refusal } from '../refusal';
import { sameName } from '../text/fold';
import { textOf } from '../grammar/slots';
import { nameOf, rowsIn } from './parts/rows';
import { take } from './parts/take';

/** Two sets of rows, put together by fields that are the same. */
export const joinFamily: Family = {
  name: 'join',
  does: 'joins two sets of rows by fields that are equal',
  examples: [
    'fetch users from https://a.example.com/users and orders from https://a.example.com/orders, join them on id = user_id',
    'joins les clients de https://a.example.com/clients avec les commandes de https://a.example.com/commandes sur id = client_id',
  ],
  heads: ['join'],
  slots: [
    '[of] $things:what',
    '(on|by) $pairs:on',
    '(with|and) $thing:right',
    '(where|with) $pairs:on',
    '(on|by|with|open) [same|common] [column] $pairs:on [close]',
    '(same|common) [column] $pairs:on',
    'open $identifier:one side $subject:of_one (comma|and) $identifier:other side $subject:of_other close',
    '(on|by|with) $identifier:one side $subject:of_one (comma|and) $identifier:other side $subject:of_other',
    '[open] $equalities:on [close]',
    '[(with|by|as|and)] [(keep|save)] left_how:left',
    '[(with|by|as|and)] keep:keeps [all] [also] (data|noun) (without|that has none) (data|noun)',
    '(with|as) column [of|be|colon] $pairs:on',
    'open column [colon|be] $pairs:on close',
  ],
  tails: [
    '[(by|with|in|and|open)] keep:left [all|each_one] $counted:aside [also] [comma] even $remark:aside_too [close]',
    '[(by|with|in|and|open)] keep:left [also] [all|each_one|clitic] [the] (data|noun|$identifier:aside|$counted:aside) [that|whose] (without|has|be) [not|none] [any] [partner|$identifier:aside_too] [filler] [close]',
    '[(by|with|in|and|open)] keep:left (all|each_one) $counted:aside [close]',
    'keep:left $counted:aside [comma] even_without $identifier:aside',
    'keep:left $counted:aside [comma] even_when $counted:aside has none [for it]',
    '[(with|by)] left_how:left',
    'keep:left [filler] $counted:aside (that|whose) [has] [be] (none|not) [any] $identifier:aside [filler]',
    'keep:left [filler] $counted:aside without $identifier:aside',
    '[open|comma] [the|also] $subject:aside (without|that has none) [of] [the] ($subject:aside|partner) [must|ought] [be] stays:left [close]',
  ],
  needs: [['on', 'what', 'one']],
  passive: true,
  plan(clause, draft) {
    const { slots } = clause;
    const at: Span = [clause.start, clause.end];
    nameWords(draft, slots['aside_too'] as { at: Span } | undefined);
    const [left, right] = sides(draft, clause);
    const on = (slots['on'] as { left: string; right: string }[] | undefined) ?? sidesOf(slots, left);
    if (!on) throw new Refusal(at, 'say on which fields to join, such as "on id = user_id"');
    const step = draft.add(`join_${nameOf(left)}_${nameOf(right)}`, {
      uses: 'transform.join',
      with: {
        left: draft.template(left),
        right: draft.template(right),
        on,
        ...(slots['left'] === true || slots['keeps'] === true ? { how: 'left' } : {}),
      },
    });
    left.consumed = right.consumed = true;
    const labels = [...new Set(['joined', 'join', ...left.labels, ...right.labels])];
    draft.make({ labels, form: 'data', step, path: 'items' });
  },
};

/** "client_id on the side of the orders, id on that of the clients". */
function sidesOf(slots: Clause['slots'], left: Made): { left: string; right: string }[] | undefined {
  if (slots['one'] === undefined) return undefined;
  void slots['of_other'];
  const [one, other] = [textOf(slots['one']), textOf(slots['other'])];
  const isLeft = left.labels.some((label) => sameName(label, textOf(slots['of_one'])));
  return [isLeft ? { left: one, right: other } : { left: other, right: one }];
}

function nameWords(draft: Draft, words: { at: Span } | undefined): void {
  for (let token = words?.at[0] ?? 0; token < (words?.at[1] ?? 0); token++) draft.named.add(token);
}

function sides(draft: Draft, clause: Clause): [Made, Made] {
  const { slots } = clause;
  const at: Span = [clause.start, clause.end];
  const refs = [
    ...((slots['what'] as Ref[] | undefined) ?? []),
    ...(slots['right'] === undefined ? [] : [slots['right'] as Ref]),
  ];
  const named = refs.filter((ref) => ref.kind !== 'current');
  const made = named.map((ref) => rowsIn(draft, take(draft, ref, clause)));
  if (made.length === 0 || (made.length === 1 && refs.length > 1) || made.length === 1) {
    const open = draft.made
      .filter((one) => !one.consumed && !one.used && one.form !== 'figure' && !made.includes(one))
      .map((one) => draft.data(one));
    const wanted = 2 - made.length;
    if (open.length !== wanted)
      throw new Refusal(
        at,
        'say which two sets of rows to join, such as "join the users with the orders on id = user_id"',
      );
    made.unshift(...open);
  }
  const [left, right, third] = made;
  if (!left || !right || third) throw new Refusal(at, 'two sets of rows are joined at a time');
  return [left, right];
}
