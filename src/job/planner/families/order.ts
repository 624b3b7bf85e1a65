import type { Draft } from '../draft/draft';
import type { Clause, Family } from '../family';
import { placeOf, type Ref, type Source } from '../reading';
import { Refusal } from '../refusal';
import { firstRows, sortRows } from './parts/rows';
import { locate, take } from './parts/take';
import { saveTo } from './parts/write';
import { textOf } from '../grammar/slots';

/** The first rows, in the order in which they come or by a field. */
export const topFamily: Family = {
  name: 'top',
  does: 'keeps the first rows, by a field or as they come',
  examples: ['keep the top 5 by price', 'take the first 10', 'garde les 3 premiers'],
  heads: ['keep [only]', 'fetch', 'select [only]', 'list', 'only keep'],
  slots: [
    '(top|best:best) $number:limit [$counted:what]',
    '$number:limit (top|best:best) [$counted:what]',
    '(by|on) $orders:by',
    '[of] $counted:what',
    '$direction:direction',
    '$number:limit $counted:what',
    '(from|in|of) $source:source',
    'with (highest:desc|maximum:desc|minimum:asc|lowest:asc) $field:extreme',
    '$number:limit (highest:desc|lowest:asc) [$counted:what] [comma|open] (by|column|on) [column] $field:extreme [close]',
    '$number:limit $counted:what (highest:desc|lowest:asc) [comma|open] (by|column|on) [column] $field:extreme [close|comma]',
    '(highest:desc|lowest:asc) $number:limit [$counted:what] [comma|open] (by|column|on) [column] $field:extreme [close]',
  ],
  continues: [
    '[only] $number:limit (highest:desc|lowest:asc) [$counted:what] [comma|open] (by|column|on) [column] $field:extreme [close]',
    '[only] $number:limit top',
    '[only] (top|best:best) $number:limit',
  ],
  bare: ['(top|best:best) $number:limit'],
  needs: [['limit']],
  passive: true,
  plan(clause, draft) {
    const { slots } = clause;
    const target = targetIn(draft, clause);
    const source = target === undefined ? (slots['source'] as Source | undefined) : undefined;
    const place = source && placeOf(source, draft.span);
    const what = slots['what'] as Ref | undefined;
    const rows = take(draft, locate(target === undefined ? what : unplaced(what), place), clause);
    const way = slots['asc'] === true ? 'asc' : slots['desc'] === true ? 'desc' : undefined;
    const extreme = slots['extreme'] === undefined ? undefined : [{ field: textOf(slots['extreme']), order: way }];
    const by = extreme ?? (slots['by'] as { field: string; order?: string }[] | undefined);
    // the clause after it sorts them first
    if (slots['limit'] === undefined) return;
    const limit = Number(slots['limit']);
    if (!by && slots['best'] === true && rows.sorted !== true)
      throw new Refusal(
        draft.span,
        `say by which field they are the top ${limit}, such as "the top ${limit} by price"`,
      );
    const order = slots['direction'] === undefined ? 'desc' : textOf(slots['direction']);
    const first = by
      ? sortRows(
          draft,
          rows,
          by.map((one) => ({ order, ...one })),
          limit,
        )
      : firstRows(draft, rows, limit);
    if (target !== undefined) saveTo(draft, first, target, clause);
  },
};

/** "keep the first 50 in x.csv", once there are rows: where they go, and not where they come from. */
function targetIn(draft: Draft, { start, slots }: Clause): string | undefined {
  const what = slots['what'] as Ref | undefined;
  const source = (slots['source'] as Source | undefined) ?? (what?.kind === 'thing' ? what.source : undefined);
  if (source?.type !== 'path' || !draft.input.is(start, 'keep')) return undefined;
  const isThere = draft.made.some(({ consumed, used, form }) => !consumed && !used && form !== 'figure');
  return isThere && !draft.made.some(({ file }) => file?.path === source.path) ? source.path : undefined;
}

const unplaced = (ref: Ref | undefined): Ref | undefined =>
  ref?.kind === 'thing' && ref.source !== undefined ? { kind: 'current', many: true, at: ref.at } : ref;

/** Order of rows. */
export const sortFamily: Family = {
  name: 'sort',
  does: 'orders rows by fields, and keeps the first of them',
  examples: ['sort them by price, highest first', 'sort by country and name descending', 'trie par prix décroissant'],
  heads: ['sort', '(save|list) ($extreme:by|$direction:direction)'],
  slots: ['[of] $thing:what', '(by|on|per) $orders:by', '[in|from] $direction:direction', 'at_most $number:limit'],
  tails: [
    'open [the] column [be|called|colon] $orders:by close',
    '[comma] then by $orders:by',
    '[keep] [only] (top|best) $number:limit',
    '[keep] [only] $number:limit top',
  ],
  needs: [['by', 'direction']],
  continues: [
    '$direction:direction [by|of] $orders:by',
    '[with|in|from] $direction:direction',
    'with sort [$direction:direction] (by|on|per) $orders:by',
    '[in|by] order_word of $orders:by',
  ],
  bare: ['$extreme:by', '[with] $direction:direction $end:aside'],
  passive: true,
  plan(clause, draft) {
    const { slots } = clause;
    const by = slots['by'] as { field: string; order?: string }[] | undefined;
    if (!by) {
      // "biggest first" of groups is by their only figure
      const rows = take(draft, slots['what'] as Ref | undefined, clause);
      const [only, second] = rows.figures ?? (rows.compared === undefined ? [] : [rows.compared]);
      if (only === undefined || second !== undefined) throw new Refusal(draft.span, 'say by which field to sort');
      draft.note(`It is sorted by "${only}", since no other field was named.`);
      sortRows(draft, rows, [{ field: only, order: textOf(slots['direction']) }]);
      return;
    }
    const last = by.length - 1;
    const direction = slots['direction'];
    if (direction !== undefined && by.length === 1 && by[0]?.order !== undefined && by[0].order !== direction)
      throw new Refusal(draft.span, 'two orders are asked for: which one is it?');
    const orders =
      direction === undefined
        ? by
        : by.map((one, index) => (index === last || by.length === 1 ? { order: textOf(direction), ...one } : one));
    const limit = slots['limit'] === undefined ? undefined : Number(slots['limit']);
    sortRows(draft, take(draft, slots['what'] as Ref | undefined, clause), orders, limit);
  },
};
