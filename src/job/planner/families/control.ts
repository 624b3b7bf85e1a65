import type { Family } from '../family';
import { placeOf, type Condition, type Conditions, type Ref, type Source, type Span } from '../reading';
import { Baseless, Refusal } from '../refusal';
import { filterRows } from './parts/rows';
import { locate, take } from './parts/take';
import { FILE_TESTS, isOfFiles, lookAtFiles } from './parts/file-tests';
import { conditionOf, statusTest, type Tested } from './parts/tests';
import { textOf } from '../grammar/slots';

/** A condition for what follows it in its sentence, or for what stands before it. */
export const ifFamily: Family = {
  name: 'if',
  does: 'does something only if a condition holds',
  examples: [
    'if there are more than 10, post them to https://api.example.com/alerts',
    'si le total dépasse 100, préviens https://hooks.example.com/x',
  ],
  heads: [
    'if',
    'unless:unless',
    // "with a match, …", "without any hits, …"
    '(with:any|without:none|in_case:any) [single|any|at_least_one] (hits|data|noun|ones|file) [found|in_there] comma',
  ],
  bare: [
    '$comparison:size [$counted:about] question_sign',
    '(none:none|any:any) [data|noun|ones] [remaining|found] question_sign',
    '$amount:size [$counted:about] arrow',
    '(none:none|any:any|not:none) [data|noun|ones] (remaining|found) (arrow|colon)',
    '(none:none|any:any|not:none) (data|noun|ones|hits) [remaining|found] (arrow|colon)',
  ],
  slots: [
    ...FILE_TESTS,
    '(none:none|any:any) [data|noun] [be] found',
    '$comparison:size [$counted:about] found [(from|of) $source:in]',
    '[there_is] (any|all) [data|noun|ones] (of|in|from) $source:in (has|with|whose|that|gives) [column] $conditions:chosen',
    '[there_is] (any|all) [data|noun|ones|$identifier:aside] (has|with|whose|that|gives) [column] $conditions:chosen',
    '$tests:tests',
    'there_is (none:none|any:any|$comparison:size) [$counted:about] [remaining]',
    'there_is [in $source:in] (none:none|any:any|$comparison:size|the) [$counted:about] [remaining]',
    'there_is $counted:about',
    'some_exist:any $end:aside',
    '(none:none|any:any) [data|noun] (gives|be|found)',
    '(none:none|any:any) (data|noun|ones) [gives|be|found|obtained]',
    '(it|them|response|data|$whole:about) [be] (empty_list:none|filled_list:any)',
    '(it|them|response|data|$whole:about) be not empty_list:any',
    '(it|them|response|data|$whole:about) not [be] [not] empty_list:any',
    'there_is [not] (none:none|any:any)',
    '[it|she|them|response|$source:asked] not:negated gives [with|by] [the] [single] [status] $number:status [status]',
    '[it|she|them|response|$source:asked] gives [with|by] [the] [single] status $number:status',
    '(it|she|them|response|data) (gives|has|contains|counts) (none:none|any:any|$comparison:size) [$counted:rows]',
    '$whole:about gives (none:none|any:any|$comparison:size) [data|noun|ones]',
    '$source:in (has|contains|counts) (none:none|any:any|$comparison:size) [$counted:about]',
  ],
  needs: [['tests', 'chosen', 'size', 'none', 'any', 'about', 'status', 'word']],
  plan(clause, draft) {
    const { slots } = clause;
    if (slots['status'] !== undefined) {
      const [op, value] = [slots['negated'] === true ? 'ne' : 'eq', Number(slots['status'])] as const;
      const condition = statusTest(draft, slots['asked'] as Source | undefined, { op, value });
      draft.when = draft.lastCondition = slots['unless'] === true ? negationOf(condition) : condition;
      return;
    }
    if (isOfFiles(clause)) lookAtFiles(draft, clause);
    // "if any item has quantity below 5": those items, if there are some
    if (slots['chosen'] !== undefined)
      filterRows(
        draft,
        take(
          draft,
          locate(undefined, placeIn(slots, draft.span)) ?? { kind: 'current', many: true, at: draft.span },
          clause,
        ),
        slots['chosen'] as Conditions[],
        false,
        draft.span,
      );
    const size = slots['chosen'] === undefined ? slots : { rows: true };
    const tests = (slots['tests'] as Tested[] | undefined) ?? [sizeOf(size, draft.span)];
    const parts = tests.map((test) => conditionOf(draft, test, clause));
    const all = parts.join(' && ');
    draft.when = draft.lastCondition = slots['unless'] === true ? negationOf(all) : all;
  },
};

/** The place whose rows are spoken of. */
function placeIn({ in: source }: { [name: string]: unknown }, at: Span): Ref | undefined {
  return source === undefined ? undefined : placeOf(source as Source, at);
}

function sizeOf(slots: { [name: string]: unknown }, at: Span): Tested {
  const counted = slots['about'] as Ref | undefined;
  const place = placeIn(slots, at);
  // "if that gives at least one row": rows of what was made last
  const isOfFound = slots['files'] !== undefined || slots['files_in'] !== undefined;
  const isOfIt = (slots['rows'] !== undefined || isOfFound) && counted === undefined && place === undefined;
  const about: Ref | undefined = isOfIt ? { kind: 'current', many: true, at } : locate(counted, place);
  if ((slots['size'] as { value?: unknown }[] | undefined)?.some(({ value }) => typeof value === 'string'))
    throw new Baseless(at, 'say which field says so, such as "if status is done"');
  const figure: Ref = {
    kind: 'figure',
    figure: { op: 'count' },
    label: 'count',
    by: [],
    at,
    ...(about ? { of: about } : {}),
  };
  const comparison = (slots['size'] as Pick<Condition, 'op' | 'value'>[] | undefined) ?? [
    { op: slots['none'] === undefined ? 'gt' : 'eq', value: 0 },
  ];
  return { about: figure, comparison };
}

/** The condition that holds where this one does not; "no rows" for "any rows". */
function negationOf(condition: string): string {
  const [, rows] = /^([\w.]+\.row_count) > 0$/.exec(condition) ?? [];
  if (rows !== undefined) return `${rows} == 0`;
  const [, list] = /^size\(([\w.]+)\) > 0$/.exec(condition) ?? [];
  return list === undefined ? `!(${condition})` : `size(${list}) == 0`;
}

/** What is done where the condition before it does not hold. */
export const otherwiseFamily: Family = {
  name: 'otherwise',
  does: 'does something if the condition before does not hold',
  examples: [
    'if there are more than 10, post them to https://api.example.com/many, otherwise post them to https://api.example.com/few',
  ],
  heads: ['otherwise', 'no_word (colon|arrow|comma)'],
  slots: [],
  plan(clause, draft) {
    if (draft.lastCondition === undefined) throw new Refusal(draft.span, 'there is no condition before this');
    draft.when = negationOf(draft.lastCondition);
  },
};

/** "check whether …": a condition that what follows speaks of, by "if so" or "if not". */
export const checkFamily: Family = {
  ...ifFamily,
  name: 'check',
  does: 'looks whether a condition holds, for "if so" and "if not" after it',
  examples: [
    'check whether https://api.example.com/health has ok = true; if so, notify https://hooks.example.com/up, if not notify https://hooks.example.com/down',
  ],
  heads: ['(poll|look) whether'],
  // "are there any files in tmp/? If so, …"
  bare: [
    ...FILE_TESTS.map((test) => `[does|be] ${test} question_sign`),
    'be there (none:none|any:any|$comparison:size) $fileset:files [in_there] question_sign',
  ],
  plan(clause, draft) {
    ifFamily.plan(clause, draft);
    draft.when = undefined;
  },
};

/** "if so": the condition that was said last. */
export const soFamily: Family = {
  name: 'if so',
  does: 'does something if the condition before it holds',
  examples: [],
  heads: ['in_that_case', 'yes_word (colon|arrow|comma)'],
  slots: [],
  plan(_, draft) {
    if (draft.lastCondition === undefined) throw new Refusal(draft.span, 'there is no condition before this');
    draft.when = draft.lastCondition;
  },
};

/** What is done whether the condition before it holds or not. */
export const alwaysFamily: Family = {
  name: 'always',
  does: 'does something whether the condition before holds or not',
  examples: ['if there are more than 10, post them to https://api.example.com/many; in any case save them to all.json'],
  heads: ['always'],
  slots: [],
  plan(_, draft) {
    draft.when = undefined;
  },
};

/** Words that say that one clause comes before or after another one; the order of clauses takes them out. */
export const orderFamily: Family = {
  name: 'order',
  does: 'says what is done before or after what',
  examples: ['before saving them to x.json, sort them by name'],
  heads: ['before:before', 'after:after', 'before:before (save:save|send:send|insert:insert) [(it|them)] $end:mention'],
  slots: [],
  plan(_, draft) {
    throw new Refusal(draft.span, 'I do not know before or after what this should happen');
  },
};

/** What is not to be done. */
export const notFamily: Family = {
  name: 'not',
  does: 'nothing: a plan holds what is to be done',
  examples: [],
  heads: ['refuse_not', 'without', 'without $news:aside'],
  slots: [],
  cost: 0.5,
  plan({ start, end }, draft) {
    let to = end;
    while (draft.input.tokens[to] !== undefined && draft.input.tokens[to]?.kind !== 'sign') to++;
    throw new Refusal(
      [start, to],
      'a plan holds only what is to be done: leave out what is not, or say which rows are excepted',
    );
  },
};

/** Pauses. */
export const waitFamily: Family = {
  name: 'wait',
  does: 'waits for a time',
  examples: ['wait 10 minutes', 'attends 30 secondes'],
  heads: [
    'wait [colon]',
    'after $duration:for',
    '(give|leaves) [it|them|$thing:aside] $duration:for',
    'leaves $identifier:aside $duration:for',
    'leaves $duration:for go_by',
    'wait $duration:for (between|before)',
    'in_time $duration:for [only] $end:before_last',
    'only in_time $duration:for $end:before_last',
  ],
  bare: [
    '$duration:for later',
    '$duration:for after [begin] [of] [$whole:aside]',
    'in_time $duration:for',
    '(none|nothing_done) for $duration:for',
    '[(only|let)] $duration:for (later|after) $end:before_last',
  ],
  slots: [
    '[for] $duration:for',
    'before [it|them] look',
    '[until] $instant:until',
    'to_do $remark:aside',
    'reason $remark:aside',
    'before $remark:aside',
    '(before|beforehand) $end:before_last',
    'at_most $duration:for',
  ],
  needs: [['for', 'until']],
  plan({ slots }, draft) {
    const before = draft.steps.leaves().map(({ id }) => id);
    const step = draft.add('wait', {
      kind: 'wait',
      with: slots['until'] === undefined ? { for: textOf(slots['for']) } : { until: textOf(slots['until']) },
    });
    const added = draft.steps.get(step);
    if (added) for (const id of before) draft.steps.order(added, id);
    draft.gates.push(step);
  },
};
