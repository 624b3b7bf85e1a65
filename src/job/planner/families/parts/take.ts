import { resolve } from '../../draft/sources';
import type { Draft } from '../../draft/draft';
import type { Made } from '../../draft/made';
import type { Clause } from '../../family';
import { placeOf, type Conditions, type Ref, type Source } from '../../reading';
import { Baseless, Refusal } from '../../refusal';
import { sameName } from '../../text/fold';
import { isSimple, selectRows } from './table';
import { distinctRows, filterRows, figureOf, firstRows, groupRows } from './rows';

/** What a clause is about; a figure is computed where it has not been yet. */
export function take(draft: Draft, ref: Ref | undefined, clause: Clause): Made {
  if (ref?.kind !== 'figure') return resolve(draft, ref, clause);
  const { figure, label, by } = ref;
  const isSame = ({ form, labels, figure: name }: Made): boolean =>
    form === 'figure' &&
    labels.some((known) => sameName(known, label)) &&
    (figure.field === undefined || figure.field === '' || name?.endsWith(`_${figure.field}`) === true);
  // "put the sums into …": the groups that have them
  const last = draft.made.findLast(({ consumed }) => !consumed);
  const said = figure.op === 'count' ? draft.input.text(...ref.at, draft.goal) : label;
  const isTally = figure.op === 'count' && /^(the |le |la |les )?(count|tally|décompte|compte|comptage)$/i.test(said);
  const isPlural =
    (isTally || /(s|x)$/.test(said)) && (figure.field ?? '') === '' && by.length === 0 && ref.of === undefined;
  if (isPlural && last?.figures?.length === 1) return last;
  // "count them per city. Save the count": one for each group
  const isCounted = figure.op === 'count' && figure.field === undefined && by.length === 0 && ref.of === undefined;
  if (isCounted && last?.figures?.join() === 'count') return last;
  const known = draft.made.findLast(isSame);
  if (known && ref.of === undefined && by.length === 0) return known;
  // "the total of the context", and "the total" where the context has a number that it calls so
  const isOfContext = ref.of?.kind === 'thing' && ref.of.source?.type === 'context' && ref.of.words.length === 0;
  const isPlain = by.length === 0 && (figure.field ?? '') === '' && (ref.of === undefined || isOfContext);
  const key = isPlain ? draft.contextKey(label) : undefined;
  if (key !== undefined && (isOfContext || draft.isNumber({ root: `input.${key}`, path: '' } as Made)))
    return draft.ofContext(key, ref.at);
  if (by.length === 0) return figureOf(draft, resolve(draft, ref.of, clause), figure, label, ref.at);
  if (figure.op !== 'count' && (figure.field === undefined || figure.field === ''))
    throw new Refusal(ref.at, `say of which field: "the ${label} of amount per ${by.join(', ')}"`);
  return groupRows(draft, resolve(draft, ref.of, clause), by, [figure]);
}

/** A place that was named by itself, in a slot; else the thing that is spoken of, in another. */
export const placeOrThing = (source: unknown, thing: unknown): Ref | undefined =>
  source === undefined ? (thing as Ref | undefined) : placeOf(source as Source, [0, 0]);

/** The same as `take`, less the rows that the clause leaves out: its conditions, and the number of rows that it asks for. */
export function takeRows(draft: Draft, ref: Ref | undefined, clause: Clause, given?: Made): Made {
  const { slots, start, end } = clause;
  const said = ref?.kind === 'thing' ? [...(ref.where ?? [])] : [];
  const all = [...said, ...((slots['where'] as Conditions[] | undefined) ?? [])];
  const where = all.length === 0 ? undefined : all;
  const except = slots['except'] as Conditions[] | undefined;
  const limit = slots['limit'] === undefined ? undefined : Number(slots['limit']);
  const source = (slots['source'] as Source | undefined) ?? (ref?.kind === 'thing' ? ref.source : undefined);
  if (!given && slots['unique'] === undefined && source?.type === 'table' && where !== undefined && isSimple(where)) {
    const rows = selectRows(draft, source, ref, where, except ? undefined : limit);
    const kept = except ? filterRows(draft, rows, except, true, [start, end]) : rows;
    return except && limit !== undefined ? firstRows(draft, kept, limit) : kept;
  }
  const whole = where && ref?.kind === 'thing' ? { ...ref, where: undefined } : ref;
  let rows = given ?? take(draft, whole, clause);
  if (where) rows = filterRows(draft, rows, where, false, [start, end]);
  if (except) rows = filterRows(draft, rows, except, true, [start, end]);
  if (slots['unique'] === true) rows = distinctRows(draft, rows, slots['unique_by'] as string[] | undefined);
  return limit === undefined ? rows : firstRows(draft, rows, limit);
}

/** "the orders", and "in orders.csv": one thing. */
export function locate(what: Ref | undefined, place: Ref | undefined): Ref | undefined {
  if (what?.kind === 'figure' && place)
    throw new Refusal(what.at, 'a figure cannot stand here: say first what it is the figure of');
  if (what?.kind !== 'thing' || place?.kind !== 'thing' || !place.source) return place ?? what;
  if (place.where && !what.where) what = { ...what, where: place.where };
  if (what.source) throw new Baseless(place.at, 'two places are named to read from: which one is it?');
  return { ...what, source: place.source };
}
