import type { Draft } from '../draft/draft';
import type { Family } from '../family';
import type { Aggregate, Conditions, Ref } from '../reading';
import { Baseless, Refusal } from '../refusal';
import { figureOf, filterRows, groupRows, WHERE_SLOTS } from './parts/rows';
import { locate, take, takeRows } from './parts/take';
import { sameName } from '../text/fold';
import { textOf } from '../grammar/slots';

/** Groups, and figures of each. */
export const groupFamily: Family = {
  name: 'group',
  does: 'groups rows by fields, with counts, totals, averages of each group',
  examples: [
    'group by city',
    'group them by country with the total of amount',
    'regroupe par ville avec la moyenne de price',
  ],
  heads: ['group', 'summarise'],
  bare: ['[single] (data|response) per $fields:by', '[single] $number:aside data per $fields:by'],
  slots: ['[of] $thing:what', '(by|per|on) $fields:by', '(with|by) $figures:figures'],
  tails: [
    '[(with|by)] $figures:figures',
    'calculate $figures:figures',
    '[in|by|with] count:counting [of] [$counted:aside] [in_each]',
    '[in|by|with] (sum_up:sum|make total:sum of) [column] $field:field',
  ],
  needs: [['by']],
  passive: true,
  plan(clause, draft) {
    const { slots } = clause;
    const figures: Aggregate[] = ((slots['figures'] as Ref[] | undefined) ?? []).map((ref) => figureOnly(draft, ref));
    if (slots['field'] !== undefined) figures.unshift({ op: 'sum', field: textOf(slots['field']) });
    if (slots['counting'] === true && !figures.some(({ op }) => op === 'count')) figures.push({ op: 'count' });
    groupRows(draft, take(draft, slots['what'] as Ref | undefined, clause), slots['by'] as string[], figures);
  },
};

/** The figure of each group; what it counts may be named again. */
function figureOnly(draft: Draft, ref: Ref): Aggregate {
  if (ref.kind !== 'figure')
    throw new Refusal(
      ref.at,
      'this is no figure of a group: say "the total of amount", "the number", "the average of price"',
    );
  const { op, field } = ref.figure;
  if (ref.of?.kind === 'thing') draft.checkCounted(ref.of);
  if (op !== 'count' && (field === undefined || field === ''))
    throw new Refusal(ref.at, `say of which field: "the ${ref.label} of amount"`);
  return ref.figure;
}

/** Figures of rows: totals, averages, counts; per group where groups are named. */
export const calculateFamily: Family = {
  name: 'calculate',
  does: 'computes totals, averages, counts, the least and the greatest, per group too',
  examples: ['compute the total of amount per customer', 'calcule la moyenne de price'],
  heads: ['calculate', 'generate', 'fetch', 'what_is', 'each $thing:group [comma] calculate'],
  continues: ['$figures:figures'],
  slots: [
    '[of] $figures:figures',
    '[of] $description:told open $figures:figures close [per $fields:by]',
    '(of|in|from|for|on|over) $origin:what',
    '(per|by|on) $fields:by',
    ...WHERE_SLOTS,
  ],
  needs: [['figures']],
  passive: true,
  plan(clause, draft) {
    const refs = clause.slots['figures'] as (Ref & { kind: 'figure' })[];
    const what = clause.slots['what'] as Ref | undefined;
    const group = groupIn(
      draft,
      what?.kind === 'thing' && what.each === true ? what : (clause.slots['group'] as Ref | undefined),
    );
    const by =
      group === undefined ? ((clause.slots['by'] as string[] | undefined) ?? refs.flatMap((ref) => ref.by)) : [group];
    const isGroup = what?.kind === 'thing' && what.each === true && group !== undefined;
    const of = (isGroup ? undefined : what) ?? refs.find((ref) => ref.of !== undefined)?.of;
    let rows =
      clause.slots['where'] === undefined
        ? undefined
        : filterRows(draft, take(draft, of, clause), clause.slots['where'] as Conditions[], false, draft.span);
    if (by.length > 0) {
      groupRows(
        draft,
        rows ?? take(draft, of, clause),
        by,
        refs.map((ref) => figureOnly(draft, ref)),
      );
      return;
    }
    // the second figure is of the same rows as the first, and not of the first
    if (of !== undefined || refs.length > 1) rows ??= take(draft, of, clause);
    for (const ref of refs) {
      if (rows) rows.consumed = false;
      take(draft, rows ? { ...ref, of: { kind: 'current', many: true, at: ref.at } } : ref, clause);
    }
    if (rows && refs.length > 1) rows.used = true;
  },
};

/** "for each region": the column by which rows are grouped, and no list that there is. */
function groupIn(draft: Draft, ref: Ref | undefined): string | undefined {
  if (ref?.kind !== 'thing' || ref.source !== undefined) return undefined;
  const isList =
    draft.contextKey(ref.label) !== undefined ||
    draft.made.some(({ labels }) => labels.some((known) => sameName(known, ref.label)));
  const [word, second] = ref.words;
  if (isList || word === undefined || second !== undefined)
    throw new Refusal(ref.at, 'say by which column it is computed, such as "the total of amount per region"');
  draft.named.add(word.token);
  return word.text;
}

/** "sum the amount by month": the figure is the verb. */
export const sumFamily: Family = {
  name: 'sum',
  does: 'adds up or averages a field, per group too',
  examples: ['sum amount by month', 'average the price per category', 'additionne le montant par mois'],
  heads: [
    'total [up:up] [column] $field:field',
    'average:avg [column] $field:field',
    'add_up [up:up] [column] $field:field',
    'sum_up:up [column] $field:field',
    'make total:up of [column] $field:field',
  ],
  continues: [
    '$field:field (summed|averaged:avg) [up] (per|by) $fields:by',
    '(summed|averaged:avg) [up] (per|by) $fields:by of [column] $field:field',
  ],
  slots: ['(per|by) $fields:by', '(of|in|from|over) [all] $thing:what', ...WHERE_SLOTS],
  needs: [['field'], ['what', 'by', 'up']],
  plan(clause, draft) {
    const { slots } = clause;
    const at = draft.span;
    const figure: Aggregate = { op: slots['avg'] === true ? 'avg' : 'sum', field: textOf(slots['field']) };
    if (/^(rows?|lines?|records?|lignes?)$/i.test(figure.field ?? ''))
      throw new Baseless(at, `say which column is added up: "${figure.field ?? ''}" is all of them`);
    const rows = takeRows(draft, slots['what'] as Ref | undefined, clause);
    const by = slots['by'] as string[] | undefined;
    if (by) groupRows(draft, rows, by, [figure]);
    else figureOf(draft, rows, figure, slots['avg'] === true ? 'average' : 'total', at);
  },
};

/** Counting. */
export const countFamily: Family = {
  name: 'count',
  does: 'counts rows, per group too',
  examples: ['count them', 'count the orders per country', 'compte les factures par pays'],
  heads: ['count', 'how_many', 'each $thing:group [comma] count', '(calculate|fetch|count|look|poll|search) how_many'],
  slots: [
    '[of] $counted:what',
    '(be there|there_is|be)',
    '(has|that has) $conditions:where',
    '(of|in|from) $thing:in',
    '(per|by) $fields:by',
    ...WHERE_SLOTS,
  ],
  passive: true,
  plan(clause, draft) {
    const { slots } = clause;
    const place = slots['in'] as Ref | undefined;
    const isEach = place?.kind === 'thing' && place.each === true;
    const group = groupIn(draft, isEach ? place : (slots['group'] as Ref | undefined));
    const by = group === undefined ? ((slots['by'] as string[] | undefined) ?? []) : [group];
    const given = isEach ? (slots['what'] as Ref | undefined) : locate(slots['what'] as Ref | undefined, place);
    const at = draft.span;
    if (slots['where'] !== undefined)
      filterRows(draft, take(draft, given, clause), slots['where'] as Conditions[], false, at);
    const of = slots['where'] === undefined ? given : undefined;
    take(draft, { kind: 'figure', figure: { op: 'count' }, label: 'count', by, at, ...(of ? { of } : {}) }, clause);
  },
};
