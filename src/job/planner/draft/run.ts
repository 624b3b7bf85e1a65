import type { Clause } from '../family';
import { isOrderedInside } from '../grammar/lead';
import type { Ordered } from '../grammar/order';
import type { Ref } from '../reading';
import { textOf } from '../grammar/slots';
import { Baseless, Refusal } from '../refusal';
import type { Draft } from './draft';
import { openEach } from './sources';

/** Families of clauses that open a condition or a repetition. */
const OPENING = new Set(['if', 'if so', 'otherwise', 'for each']);

/** Values of clauses that say nothing more than which family it is. */
const NEUTRAL = [
  'telling',
  'remembering',
  'dup',
  'before_last',
  'before_effects',
  'needing',
  'agrees',
  'up',
  'memory',
  'saving',
  'aside_too',
  'beside',
  'told',
  'before',
  'after',
  'context',
  'any',
  'none',
  'workspace',
  'summarise',
  'files',
  'move',
  'best',
  'sum',
  'unnamed',
  'folder_mark',
  'aside',
  'statement',
  'one_by_one',
  'row_by_row',
  'current',
  'place',
  'union',
  'multiply',
  'going_on',
  'posted',
];

/** Families after which a place without a verb of its own is another one that is changed, and not read. */
const CHANGING = new Set([
  'send',
  'call',
  'notify',
  'insert',
  'delete files',
  'drop table',
  'change rows',
  'execute',
  'move files',
]);

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
    // "if it is over 100, ask for approval. Then post it": the approval alone is on condition
    if (before?.clause.family.name === 'approval' && startsSentence(draft, clause)) draft.when = undefined;
    if (draft.when !== undefined && clause.family.name === 'if' && before && !OPENING.has(before.clause.family.name))
      draft.when = undefined;
    if (clause.slots['beside'] === true && before && CHANGING.has(before.clause.family.name))
      throw new Refusal(
        [clause.start, clause.end],
        'say what is to be done with this: it stands beside what is changed',
      );
    planClause(draft, perElement(draft, clause));
    first = isOpening;
    if (before?.alone === true && OPENING.has(before.clause.family.name)) close(draft);
  });
}

/** True where a full stop stands before a clause and its word of order: ". Then post it". */
const startsSentence = ({ input }: Draft, { start }: Clause): boolean =>
  input.tokens[start - 1]?.text === '.' || (input.is(start - 1, 'then') && input.tokens[start - 2]?.text === '.');

/** Plans one clause. Every value that it was said with has to be of use. */
function planClause(draft: Draft, clause: Clause): void {
  const { family, start, end, lead, slots: values } = clause;
  draft.begin([start, end], family.name);
  const read = new Set<string>(NEUTRAL);
  const slots = new Proxy(values, {
    get: (all, name) => {
      read.add(String(name));
      return all[String(name)];
    },
  });
  family.plan({ ...clause, slots }, draft);
  for (const aside of [values['told'] ?? []].flat() as { at?: [number, number] }[])
    if (aside.at) draft.note(`"${draft.input.text(...aside.at, draft.goal)}" says nothing about what to do.`);
  const unread = Object.keys(values).filter((name) => values[name] !== undefined && !read.has(name));
  const Kind = unread.includes('what') ? Baseless : Refusal;
  if (unread.length > 0) throw new Kind([start, end], `I do not know what to do here with the ${unread.join(', ')}`);
  const isThen = lead.kind === 'then' || isOrderedInside(draft.input, start);
  draft.end(Object.values(values).flat(), isThen || family.name === 'poll' || family.name === 'delete files');
}

/** "send each of them to …": the clause is done for each element. */
function perElement(draft: Draft, clause: Clause): Clause {
  const ref = clause.slots['what'] as Ref | undefined;
  const isEach =
    clause.slots['one_by_one'] === true || (ref?.kind !== undefined && ref.kind !== 'figure' && ref.each === true);
  const list = clause.slots['for_each'] as Ref | undefined;
  if (PER_ELEMENT.has(clause.family.name) && list !== undefined && !draft.each) {
    // "each row of a.csv": the list is what stands behind it
    const isPlaced =
      list.kind === 'thing' &&
      list.source === undefined &&
      ref?.kind === 'thing' &&
      ref.source !== undefined &&
      ref.words.length === 0;
    openEach(draft, isPlaced ? { ...list, source: ref.source, where: ref.where } : list, clause);
    return { ...clause, slots: { ...clause.slots, for_each: undefined, ...(isPlaced ? { what: undefined } : {}) } };
  }
  if (PER_ELEMENT.has(clause.family.name) && isToldOfEach(draft, clause)) {
    openEach(draft, { kind: 'current', many: true, at: [clause.start, clause.end] }, clause);
    return clause;
  }
  if (!PER_ELEMENT.has(clause.family.name) || !isEach || draft.each) return clause;
  openEach(draft, ref ?? { kind: 'current', many: true, at: [clause.start, clause.end] }, clause);
  return { ...clause, slots: { ...clause.slots, what: undefined } };
}

/** "Each of the users has to be locked: DELETE https://…/users/{id}": a call for each element of what was read before. */
function isToldOfEach(draft: Draft, { start, slots }: Clause): boolean {
  const place = /\{(\w+)\}/.exec(textOf(slots['url']))?.[1];
  if (draft.each || slots['what'] !== undefined || place === undefined || draft.hasInContext(place)) return false;
  const { input } = draft;
  let first = start - 1;
  while (first > 0 && !/^[.;!]$/.test(input.tokens[first - 1]?.text ?? '')) first--;
  return input.tokens[start - 1]?.text === ':' && input.is(first, 'each_one', 'each', 'all');
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
