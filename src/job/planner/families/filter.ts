import type { Family } from '../family';
import type { Conditions, Ref } from '../reading';
import { Refusal } from '../refusal';
import { distinctRows, filterRows, WHERE_SLOTS } from './parts/rows';
import { take } from './parts/take';

/** Keeping rows by conditions on their fields. */
export const keepFamily: Family = {
  name: 'filter',
  does: 'keeps the rows that fulfil conditions',
  examples: [
    'keep those whose userId is 1',
    'filter them by status = open and amount over 100',
    'ne garde que ceux dont le prix dépasse 20',
  ],
  heads: [
    'keep [only]',
    'filter',
    'condition_word [colon|be]',
    'search [only] (data|noun|ones|them) (whose|that|has|with) $conditions:where',
    'select [only]',
    'only (keep|fetch|list)',
    'fetch [only] whose $conditions:where',
  ],
  slots: [
    '[of] $whole:what',
    '[colon] [(by|on|for|to)] $conditions:where',
    '[whose|of] $sized:where',
    'to only',
    'to [only] them',
    '$participle:where ones',
    ...WHERE_SLOTS,
  ],
  continues: [
    '[only] (whose|that) $conditions:where',
    'only [$whole:what] (whose|that) $conditions:where',
    '(except|without) (data|them|noun) (whose|that) $conditions:except',
  ],
  bare: [
    '[[it|file|she] [ought] (contains|has)|holding] only $limited:limited',
    '[only] $limited:limited $stop:aside',
    'only (whose|that) $conditions:where',
    '(which_ones|asked_which) of $whole:what [that] ($conditions:where|$measured:where)',
    'which_ones [that] $conditions:where',
  ],
  predicates: ['[comma] (which_ones|asked_which) [that] $conditions:where'],
  needs: [['where', 'except', 'limited']],
  passive: true,
  plan(clause, draft) {
    const { slots } = clause;
    const what = (slots['limited'] ?? slots['what']) as Ref | undefined;
    let rows = take(draft, what, clause);
    if (slots['where'] !== undefined) rows = filterRows(draft, rows, slots['where'] as Conditions[], false, draft.span);
    if (slots['except'] !== undefined) filterRows(draft, rows, slots['except'] as Conditions[], true, draft.span);
  },
};

/** Texts that are compared whatever their letters are, said after the condition. */
export const caseFamily: Family = {
  name: 'ignore case',
  does: 'compares texts whatever their case is',
  examples: ['read a.json, keep those whose name contains "pallet", ignoring case'],
  heads: [],
  bare: ['ignore_case:on'],
  slots: [],
  plan({ slots }, draft) {
    void slots['on'];
    const step = draft.steps.all.findLast(({ uses }) => uses === 'transform.filter');
    if (step?.with === undefined) throw new Refusal(draft.span, 'no texts are compared before this');
    step.with['ignore_case'] = true;
  },
};

/** Leaving rows out by conditions on their fields. */
export const dropRowsFamily: Family = {
  name: 'filter out',
  does: 'leaves out the rows that fulfil conditions',
  examples: ['remove those whose status is cancelled', 'exclure ceux dont amount est inférieur à 10'],
  heads: ['remove'],
  slots: [
    '[of] $whole:what',
    '(whose|that) $conditions:where',
    'that has $held:where',
    '[whose|of] $sized:where',
    'without $lacking:where',
    'that be $flag:where',
  ],
  needs: [['where']],
  passive: true,
  plan(clause, draft) {
    const what = clause.slots['what'] as Ref | undefined;
    // "remove the rows of the table x": in the table itself, and not in what is read of it
    if (what?.kind === 'thing' && what.source?.type === 'table')
      throw new Refusal(
        draft.span,
        'say it of the table, such as "delete from table x the rows whose status is closed"',
      );
    const rows = take(draft, what, clause);
    filterRows(draft, rows, clause.slots['where'] as Conditions[], true, draft.span);
  },
};

/** Each row once. */
export const distinctFamily: Family = {
  name: 'distinct',
  does: 'leaves out rows that are there twice, by some fields or by all',
  examples: ['remove the duplicates by email', 'deduplicate them', 'supprime les doublons par email'],
  heads: [
    'remove [all] duplicate:dup',
    'remove [all] (data|noun|ones|them) (with|has|that has|whose) duplicate:dup [in|of] [column] $fields:by',
    'remove [all] (data|noun|ones|them) whose [column] $fields:by [be] [in] duplicate:dup',
    'dedupe:dup',
    'without [all] duplicate:dup',
    'keep [only] distinct:dup',
    '(keep|save) [only] one_row:dup (per|of each_one|for) [value_word] [of] [column] $fields:by',
    'generate (data|them|it) distinct:dup (on|by|per) [column] $fields:by',
    'remove [all] (data|noun|ones|them) (that|whose) repeats:dup [column] $fields:by',
    'keep [only] one_alone:dup [single] $element:aside per $fields:by',
  ],
  bare: [
    '(each_one|all) [value_word] [of] [column] $fields:by [must|ought] [not] occurs_once only_once:dup',
    '[with] [only] one_row:dup (per|of each_one) [column] $fields:by',
    'distinct:dup (on|by) [column] $fields:by',
    'duplicate:dup [of|on|by|per] $fields:by [out|remove]',
    '[none|not|without] duplicate:dup [on|by|per] $fields:by',
    'there_is [any] duplicate:dup (in|of|from) $thing:what',
    '$sourced:what (has|contains) duplicate:dup',
    'remove (them|clitic) $stop:again',
  ],
  slots: [
    '[first_of_all] [open] (by|on|per) $fields:by [close]',
    '[(of|from|in|among)] $thing:what',
    'data',
    '[comma|open] same [column] $fields:by equals duplicate [close]',
    '(with|has|that has|by|on) same [column] $fields:by',
  ],
  needs: [['dup', 'again']],
  passive: true,
  plan(clause, draft) {
    // "there are duplicates in a.csv. Remove them.": done already
    if (clause.slots['again'] === true) {
      if (draft.steps.all.at(-1)?.uses === 'transform.distinct') return;
      throw new Refusal(draft.span, 'say which of them are removed, such as "whose status is closed"');
    }
    distinctRows(
      draft,
      take(draft, clause.slots['what'] as Ref | undefined, clause),
      clause.slots['by'] as string[] | undefined,
    );
  },
};
