import type { JsonObject } from '../../../../schemas/json';
import type { Draft } from '../draft/draft';
import type { Made } from '../draft/made';
import type { Family, Clause } from '../family';
import type { Ref, Span } from '../reading';
import { Refusal } from '../refusal';
import { sameName } from '../text/fold';
import { textOf } from '../grammar/slots';
import type { Pair } from '../values/fields';
import type { How, Survivors } from '../values/survivors';
import { nameOf, rowsIn } from './parts/rows';
import { unionFamily } from './union';
import { take } from './parts/take';

/** Two sets of rows, put together by fields that are the same. */
export const joinFamily: Family = {
  name: 'join',
  does: 'joins two sets of rows by fields that are equal',
  examples: [
    'fetch users from https://a.example.com/users and orders from https://a.example.com/orders, join them on id = user_id',
    'joins les clients de https://a.example.com/clients avec les commandes de https://a.example.com/commandes sur id = client_id',
  ],
  heads: [
    'join',
    '[has_do] $join_kind:kind [(of|between)]',
    '$join_kind:kind between',
    'it be join',
    'join (to|with) $sourced:left_side [comma] $sourced:right',
    'join [of] $sourced:what (to|into|of) $sourced:right',
    'join [of] $whole:what (to|into|with|of) $whole:right [comma] (on|by) $pairs:on',
    'to (each_one|all) $whole:left_side [comma] (add|join) [possessive] $sourced:right',
    'join to (each_one|all) $whole:left_side [comma] [possessive] $whole:right',
    'add to each_one [data|noun] (of|in|from) $whole:left_side [comma] $whole:right',
    'join [of] $whole:left_side open column [called] $identifier:one close (with|and|to|by) $whole:right open [column] [of] [called] $identifier:other close',
  ],
  slots: [
    '[comma|open] [as|with|by|in] $join_kind:kind [close]',
    '[comma|open] (with|by|on|in|use) $pairs:on (as|for) join_key [close]',
    '[comma|open] [(with|by|on|use)] join_key [be|colon] $pairs:on [close]',
    '[comma] (where|whose|that has|if) $pairs:on be same [comma] [(in|on) both]',
    '[comma] (where|whose|that has|if|has) same $pairs:on',
    '(between|of) $things:what',
    '(with|and|against|of) $sourced:right',
    '[comma|open] (both|all|they|she|them) be (in|from|given) [in|by] context [close]',
    '[open] [same|common] [column] $pairs:on both_sides [close]',
    'column [colon|be] $pairs:on',
    '[of] $things:what',
    '(on|by) $pairs:on',
    '(with|and) $thing:right',
    'by $sourced:right',
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
    '(comma|open|so_that) [so_that] $survivors:said [close]',
    '$behind_fields:said',
    '[comma] join_key [be|colon] $pairs:on',
    '[comma] with or without:left $counted:aside_too',
    '[(by|with|in|and|open)] keep:left [all|each_one] $counted:aside [also] [comma] even $remark:aside_too [close]',
    '[(by|with|in|and|open)] keep:left [also] [all|each_one|clitic] [the] (data|noun|$identifier:aside|$counted:aside) [that|whose] (without|has|be) [not|none] [any] [partner|$identifier:aside_too] [filler] [close]',
    '[(by|with|in|and|open)] keep:left (all|each_one) $counted:aside [close]',
    'keep:left $counted:aside [comma] even_without $identifier:other_side',
    'keep:left $counted:aside [comma] even_when $counted:other_side has none [for it]',
    '[(with|by)] left_how:left',
    '[comma|open] join (on|by) [column] $pairs:on [close]',
    'keep:left [filler] $counted:aside (that|whose) [has] [be] (none|not) [any] $identifier:other_side [filler]',
    'keep:left [filler] $counted:aside without $identifier:other_side',
    '[open|comma] [the|also] $subject:aside (without|that has none) [of] [the] ($subject:other_side|partner) [must|ought] [be] stays:left [close]',
  ],
  needs: [['on', 'what', 'one', 'right']],
  passive: true,
  plan(clause, draft) {
    const { slots } = clause;
    const at: Span = [clause.start, clause.end];
    nameWords(draft, slots['aside_too'] as { at: Span } | undefined);
    checkOnly(draft, clause);
    // "merge jan.csv, feb.csv and mar.csv": by nothing, so that their rows stand one under another
    const isMany = refsOf(slots).length > 2;
    if (isMany && ['on', 'one', 'kind', 'right'].every((name) => slots[name] === undefined)) {
      unionFamily.plan(clause, draft);
      draft.note('Their rows are put one under another, since no field was named by which they belong together.');
      return;
    }
    const [left, right] = sides(draft, clause);
    const kind = slots['kind'] as How | undefined;
    const named = namedIn(draft, slots['aside']);
    void slots['other_side'];
    // "keep all columns" says nothing of rows
    const isCompleted = /^(complete|completez|completer)$/.test(draft.input.tokens[clause.start]?.folded ?? '');
    const isLeft =
      (slots['left'] === true && !named.columns) || slots['keeps'] === true || (isCompleted && kind === undefined);
    if (isCompleted && isLeft) draft.note('Rows stay that have nothing to be completed with.');
    if (isLeft && kind !== undefined && kind !== 'left')
      throw new Refusal(at, 'two kinds of joins are asked for: which one is it?');
    const on = (slots['on'] as Pair[] | undefined) ?? sidesOf(slots, left);
    if (!on) throw new Refusal(at, 'say on which fields to join, such as "on id = user_id"');
    // "keep every customer": the list that is named stands left
    const isOfRight =
      kind === 'right' ||
      (isLeft &&
        !named.words.some((name) => isCalled(left, name)) &&
        named.words.some((name) => isCalled(right, name)));
    const step = draft.add(`join_${nameOf(left)}_${nameOf(right)}`, {
      uses: 'transform.join',
      with: {
        ...sided(left, right, on, isOfRight, draft),
        ...(isLeft || isOfRight ? { how: 'left' } : kind === undefined ? {} : { how: kind }),
      },
    });
    draft.sides = isOfRight ? [right.labels, left.labels] : [left.labels, right.labels];
    const joined = draft.steps.get(step);
    if (slots['said'] !== undefined && joined?.with !== undefined)
      keepSaid(draft, joined.with, slots['said'] as Survivors, isLeft || isOfRight ? 'left' : kind);
    left.consumed = right.consumed = true;
    const labels = [...new Set(['joined', 'join', ...left.labels, ...right.labels])];
    draft.make({ labels, form: 'data', step, path: 'items' });
  },
};

/** "keep only those without a match": fewer rows than a left join has. */
function checkOnly(draft: Draft, { slots, start, end }: Clause): void {
  const { input } = draft;
  for (let at = start; at < end && slots['left'] === true; at++)
    if (
      input.is(at, 'keep', 'and', 'comma') &&
      /^(only|just|seulement|uniquement|que|qu')$/.test(input.tokens[at + 1]?.folded ?? '')
    )
      throw new Refusal(
        [at, end],
        'say by a field of the other list which rows are kept, such as "whose id2 is missing"',
      );
}

/** Words that name what is kept, and whether they speak of columns. */
function namedIn(draft: Draft, aside: unknown): { words: string[]; columns: boolean } {
  if (typeof aside === 'string') return { words: [aside], columns: false };
  const { words = [] } = (aside ?? {}) as Partial<Ref & { kind: 'thing' }>;
  return {
    words: words.map(({ text }) => text),
    columns: words.some(({ token }) => draft.input.is(token, 'column')),
  };
}

type SidePair = Omit<Pair, 'at'> & Partial<Pick<Pair, 'at'>>;

/** The two sides; a right join is a left one the other way round. Fields that name their list stand on its side. */
function sided(left: Made, right: Made, given: SidePair[], isRight: boolean, draft: Draft): JsonObject {
  const on = given.map(({ left: one, right: other, of, at = [0, 0] }) => {
    for (let token = at[0]; of !== undefined && token < at[1]; token++) draft.named.add(token);
    const isSwapped = of !== undefined && (isCalled(right, of[0]) || isCalled(left, of[1]));
    return isSwapped ? { left: other, right: one } : { left: one, right: other };
  });
  return isRight
    ? {
        left: draft.template(right),
        right: draft.template(left),
        on: on.map((pair) => ({ left: pair.right, right: pair.left })),
      }
    : { left: draft.template(left), right: draft.template(right), on };
}

const isCalled = ({ labels }: Made, name: string): boolean =>
  name !== '' && labels.some((label) => label !== '' && sameName(label, name));

/** Which rows of the two lists are kept, said after they were joined. */
export const joinHowFamily: Family = {
  name: 'join how',
  does: 'says which rows of joined lists are kept: those in both, all of one, or all of both',
  examples: [
    'join a.csv with b.csv on id. All rows of both files must appear.',
    'joins a.csv et b.csv sur id. On ne veut que ceux présents dans les deux.',
  ],
  heads: [],
  bare: ['$survivors:said', '$join_kind:kind'],
  slots: ['filler'],
  cost: 0.4,
  plan({ slots }, draft) {
    const step = draft.steps.all.findLast(({ uses }) => uses === 'transform.join');
    if (step?.with === undefined) throw new Refusal(draft.span, 'no lists are joined before this');
    const said = slots['said'] as Survivors | undefined;
    const before = step.with['how'] as How | undefined;
    if (said !== undefined) keepSaid(draft, step.with, said, before);
    else step.with['how'] = sameHow(draft, slots['kind'] as How, before);
  },
};

/** Which rows are kept, where it was not said otherwise before. @throws Refusal */
function sameHow(draft: Draft, how: How, before: How | undefined): How {
  if (how === 'right' || (before !== undefined && before !== how))
    throw new Refusal(draft.span, 'it was said otherwise before which rows are kept: which is it?');
  return how;
}

/** Has a join keep the rows that words say of it. */
function keepSaid(draft: Draft, join: JsonObject, { how, names, at }: Survivors, before: How | undefined): void {
  join['how'] = sameHow(draft, how, before);
  if (how === 'left') keepAllOf(draft, join, names);
  for (let token = at[0]; token < at[1]; token++) draft.named.add(token);
  draft.note(`"${draft.input.text(...at, draft.goal)}" was read as ${KEPT[how]}.`);
}

/** "every vendor stays": the list that is named first is the left one. */
function keepAllOf(draft: Draft, join: JsonObject, names: string[]): void {
  const [left = [], right = []] = draft.sides ?? [];
  const side = (labels: string[]): number =>
    names.findIndex((name) =>
      labels.some((label) => label.split(/[\s_]+/).some((word) => word !== '' && sameName(word, name))),
    );
  const [ofLeft, ofRight] = [side(left), side(right)];
  if (ofRight < 0 || (ofLeft >= 0 && ofLeft <= ofRight)) return;
  [join['left'], join['right']] = [join['right'] ?? null, join['left'] ?? null];
  join['on'] = (join['on'] as { left: string; right: string }[]).map((pair) => ({
    left: pair.right,
    right: pair.left,
  }));
}

const KEPT: { [how in How]: string } = {
  inner: 'rows that are in both lists',
  left: 'all rows of the first list',
  right: 'all rows of the second list',
  outer: 'all rows of both lists',
};

/** "client_id on the side of the orders, id on that of the clients". */
function sidesOf(slots: Clause['slots'], left: Made): SidePair[] | undefined {
  if (slots['one'] === undefined) return undefined;
  void slots['of_other'];
  const [one, other] = [textOf(slots['one']), textOf(slots['other'])];
  const isLeft = slots['of_one'] === undefined || left.labels.some((label) => sameName(label, textOf(slots['of_one'])));
  return [isLeft ? { left: one, right: other } : { left: other, right: one }];
}

function nameWords(draft: Draft, words: { at: Span } | undefined): void {
  for (let token = words?.at[0] ?? 0; token < (words?.at[1] ?? 0); token++) draft.named.add(token);
}

/** What stands before its verb is one, and a list after it. */
const refsOf = ({ what }: Clause['slots']): Ref[] => [what ?? []].flat() as Ref[];

function sides(draft: Draft, clause: Clause): [Made, Made] {
  const { slots } = clause;
  const at: Span = [clause.start, clause.end];
  const refs = [
    ...(slots['left_side'] === undefined ? [] : [slots['left_side'] as Ref]),
    ...refsOf(slots),
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
