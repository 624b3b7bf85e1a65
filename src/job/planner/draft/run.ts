import type { Clause } from '../grammar/clauses';
import type { Ordered } from '../grammar/order';
import type { Ref } from '../reading';
import type { Draft } from './draft';

/** Families of clauses that open a condition or a repetition. */
const OPENING = new Set(['if', 'if so', 'otherwise', 'for each']);

/** Plans clauses in their order, each under the conditions and repetitions that reach to it. */
export function runClauses(draft: Draft, ordered: readonly Ordered[]): void {
  let first = true;
  ordered.forEach(({ clause }, index) => {
    const isOpening = OPENING.has(clause.family.name);
    const before = ordered[index - 1];
    if (
      clause.lead.kind === 'sentence' &&
      before?.alone !== true &&
      !(before && OPENING.has(before.clause.family.name))
    )
      close(draft);
    else if (draft.each && !isOpening && !first && !staysInside(clause, draft)) draft.each = undefined;
    if (draft.when !== undefined && clause.family.name === 'if' && before && !OPENING.has(before.clause.family.name))
      draft.when = undefined;
    draft.run(openEach(draft, clause));
    first = isOpening;
    if (before?.alone === true && OPENING.has(before.clause.family.name)) close(draft);
  });
}

/** "send each of them to …": the clause is done for each element. */
function openEach(draft: Draft, clause: Clause): Clause {
  const ref = clause.slots['what'] as Ref | undefined;
  const isEach =
    clause.slots['one_by_one'] === true || (ref?.kind !== undefined && ref.kind !== 'figure' && ref.each === true);
  const list = clause.slots['for_each'] as Ref | undefined;
  if (PER_ELEMENT.has(clause.family.name) && list !== undefined && !draft.each) {
    draft.openEach(list, clause);
    return { ...clause, slots: { ...clause.slots, for_each: undefined } };
  }
  if (!PER_ELEMENT.has(clause.family.name) || !isEach || draft.each) return clause;
  draft.openEach(ref ?? { kind: 'current', many: true, at: [clause.start, clause.end] }, clause);
  return { ...clause, slots: { ...clause.slots, what: undefined } };
}

/** Families that do something for one element at a time. */
const PER_ELEMENT = new Set(['send', 'call']);

function close(draft: Draft): void {
  draft.when = undefined;
  draft.each = undefined;
}

/** A later clause is done for each element if its address or path has a place for one, or if it sends "it". */
function staysInside({ slots, family }: Clause, draft: Draft): boolean {
  const texts = [
    slots['url'],
    slots['path'],
    ...[slots['what']].flat().map((ref) => sourceOf(ref)),
    sourceOf({ source: slots['source'] }),
  ];
  if (texts.some((text) => typeof text === 'string' && /\{\w[\w.]*\}|\/:\w/.test(text))) return true;
  const ref = slots['what'] as Ref | undefined;
  // "fill the letter and post the letter": the one of each element
  if (family.name === 'send' && ref?.kind === 'thing' && ref.source === undefined && !/s$/.test(ref.label))
    return draft.made.some(
      ({ step, labels }) =>
        step !== undefined && draft.each?.steps.has(step) === true && labels.some((label) => label === ref.label),
    );
  return (
    (family.name === 'send' || family.name === 'save') &&
    ref?.kind === 'current' &&
    !ref.many &&
    slots['path'] === undefined
  );
}

const sourceOf = (ref: unknown): unknown => {
  const source = (ref as { source?: { url?: string; path?: string } } | undefined)?.source;
  return source?.url ?? source?.path;
};
