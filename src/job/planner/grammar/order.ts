import type { Ref } from '../reading';
import type { Family, Clause } from '../family';
import type { Input } from './input';
import { textOf } from './slots';
import { deliverShaped, parted } from './manner';
import { firstOfAll, isFamily, isSaidLate, pagesLast, waitsAfter } from './sentences';
import { wantedLast } from './wanted';

/** A clause in the order in which things are done; `alone`: its condition holds for the next clause only. */
export interface Ordered {
  clause: Clause;
  alone: boolean;
}

/** "…, once Anna has agreed. Then …": a consent after a comma, at the end of its sentence, holds for what stands before it. */
const endsItsSentence = (input: Input, { start, end, lead }: Clause): boolean =>
  lead.kind === 'soft' &&
  !input.is(start - 1, 'and') &&
  input.is(start, 'after', 'if', 'subject_to', 'only_after', 'only') &&
  /^[.;]$/.test(input.tokens[end]?.text ?? '');

/** Clauses in the order in which things are done: what was said to come before comes before. */
export function orderClauses(input: Input, said: readonly Clause[], fetch: Family): Ordered[] {
  const first = waitsAfter(input, pagesLast(firstOfAll(said)));
  const clauses = deliverShaped(input, wantedLast(input, first, fetch), fetch);
  const ordered: Ordered[] = [];
  const put = (clause: Clause, alone = false) => ordered.push({ clause, alone });
  const putBefore = (clause: Clause, alone = false) => {
    const last = lastStep(ordered);
    ordered.splice(last, 0, { clause, alone });
    const after = ordered[last + 1];
    if (after && clause.lead.beforehand)
      after.clause = { ...after.clause, lead: { ...after.clause.lead, kind: 'then' } };
  };
  for (let index = 0; index < clauses.length; index++) {
    const clause = clauses[index];
    if (!clause) continue;
    const next = clauses[index + 1];
    const isSuffix = clause.lead.kind === 'none' && ordered.length > 0;
    if (isFamily(clause, 'order') && clause.slots['mention'] === true) {
      index += moveBefore(ordered, clause, isSuffix, next);
      continue;
    }
    if (isFamily(clause, 'order') && next) {
      const isBefore = clause.slots['before'] === true;
      index++;
      const isLast = clause.lead.kind === 'soft' && ordered.length > 0 && endsSentence(clauses[index + 1]);
      if (isSuffix || isLast) {
        // "A before B" is the order in which it stands, "A after B" the other one
        if (isBefore) put(next);
        else putBefore(next);
        continue;
      }
      const mentioned = earlier(ordered, next);
      const other = clauses[index + 1];
      if (other) index++;
      if (isBefore && other) {
        if (mentioned >= 0) ordered.splice(mentioned, 0, { clause: other, alone: false });
        else {
          put(other);
          put(next);
        }
        continue;
      }
      if (mentioned < 0) put(next);
      if (other) put({ ...other, lead: { ...other.lead, kind: 'then' } });
      continue;
    }
    // "nobody is paid before Ms Okafor has agreed: …, have her approve it, …": where it is asked for is said later
    const general = ordered.findIndex(
      (one) => isFamily(one.clause, 'approval') && one.clause.slots['before_effects'] === true,
    );
    if (isFamily(clause, 'approval') && general >= 0 && isUnnamed(clause.slots['person'])) {
      const [{ clause: earlier } = { clause }] = ordered.splice(general, 1);
      put({ ...clause, slots: { ...clause.slots, person: earlier.slots['person'] } });
      continue;
    }
    // "let me check them first, and once I have approved it, send it": asked for once
    if (isFamily(clause, 'approval') && isSameApproval(input, ordered, clause)) continue;
    if (isFamily(clause, 'approval') && clause.slots['before_effects'] === true && ordered.length > 0) {
      const first = ordered.findIndex((one) => isEffect(one.clause));
      ordered.splice(first < 0 ? ordered.length : first, 0, { clause, alone: false });
      continue;
    }
    const isLate = isFamily(clause, 'wait') && next === undefined && isSaidLate(input, clause);
    if (isLate && ordered.length > 0) {
      // "send it to x, two hours later"
      const first = ordered.findLastIndex((one) => one.clause.lead.kind === 'sentence' || one.clause.start === 0);
      ordered.splice(Math.max(0, first), 0, {
        clause: { ...clause, lead: { ...clause.lead, kind: 'soft' } },
        alone: false,
      });
      continue;
    }
    if (isFamily(clause, 'wait') && clause.slots['before_last'] === true && ordered.length > 0) {
      putBefore(clause);
      continue;
    }
    if (isFamily(clause, 'approval') && ordered.length > 0) {
      const attached =
        isSuffix ||
        (next === undefined && clause.lead.kind !== 'then') ||
        clause.slots['before_last'] === true ||
        clause.lead.beforehand ||
        endsItsSentence(input, clause) ||
        isCondition(input, clause, next);
      const leads = isFamily(next, 'order');
      if (leads && next.slots['before'] === true) {
        put(clause);
        index++;
        const target = clauses[index + 1];
        if (target) {
          const mentioned = earlier(ordered, target);
          if (mentioned >= 0) {
            ordered.pop();
            ordered.splice(mentioned, 0, { clause, alone: false });
            index++;
          }
        }
        continue;
      }
      if (attached) putBefore(clause);
      else put(clause);
      continue;
    }
    if (isFamily(clause, 'approval') && isFamily(next, 'order') && next.slots['before'] === true) {
      put(clause);
      index++;
      continue;
    }
    if (
      isFamily(clause, 'if') &&
      ordered.length > 0 &&
      (isSuffix || (clause.lead.kind === 'soft' && endsSentence(next)))
    ) {
      const last = ordered.at(-1)?.clause;
      const parts = last !== undefined && isOfRows(clause) ? parted(fetch, last) : undefined;
      if (parts) {
        ordered.splice(
          -1,
          1,
          { clause: parts[0], alone: false },
          { clause, alone: true },
          { clause: parts[1], alone: false },
        );
      } else putBefore(clause, true);
      continue;
    }
    if (
      isFamily(clause, 'for each') &&
      ordered.length > 0 &&
      (isSuffix || (clause.lead.kind === 'soft' && endsSentence(next)))
    ) {
      putBefore(clause, true);
      continue;
    }
    if (clause.lead.beforehand && ordered.length > 0) {
      putBefore(clause);
      continue;
    }
    put(clause);
  }
  return topOfSorted(perGroup(byOldNames(ordered)));
}

/** "…, unless there are none": rows of what stands before it, which have to be read for it. */
const isOfRows = ({ slots }: Clause): boolean =>
  (slots['none'] ?? slots['any'] ?? slots['size']) !== undefined &&
  slots['in'] === undefined &&
  slots['tests'] === undefined &&
  (slots['about'] === undefined || (slots['about'] as Ref).kind === 'current');

/** Something that goes out of the workspace, or that is changed for good. */
const isEffect = ({ family, slots }: Clause): boolean =>
  ['send', 'insert', 'notify', 'change rows', 'drop table', 'delete files', 'move files'].includes(family.name) ||
  (family.name === 'execute' && !/^\s*(select|with|values)\b/i.test(textOf(slots['sql']))) ||
  (family.name === 'call' && slots['method'] !== 'GET');

/** "have her approve it": somebody who was named before. */
const isPronounOf = (person: unknown): boolean => /^(her|him|them|she|he|they|elle|lui|il)$/i.test(textOf(person));

/** "have it approved": whoever was named before. */
const isUnnamed = (person: unknown): boolean => person === undefined || isPronounOf(person);

/** An approval that was asked for before, and is only spoken of again. */
function isSameApproval(input: Input, ordered: readonly Ordered[], { start, slots }: Clause): boolean {
  const isMentioned = input.is(start, 'after', 'if', 'with');
  return ordered.some(
    ({ clause }, index) =>
      isFamily(clause, 'approval') &&
      // "once approved, delete them. Ask for the approval first.": spoken of before it is asked for
      (isMentioned || input.is(clause.start, 'after', 'if', 'with') || clause.slots['before_effects'] === true) &&
      (index === ordered.length - 1 || clause.slots['before_effects'] === true || !isMentioned) &&
      (slots['person'] === undefined || slots['person'] === clause.slots['person']),
  );
}

/** "…, but only after a human said yes": what stands before it waits for it. */
const isCondition = (input: Input, { lead, start }: Clause, next: Clause | undefined): boolean =>
  lead.kind === 'soft' &&
  // "…, but only once she has approved it, after reading the file"
  (endsSentence(next) || /^(but|mais)$/.test(input.tokens[start - 1]?.folded ?? '')) &&
  (input.is(start, 'only') || (input.is(start, 'after', 'if', 'with', 'subject_to') && !input.is(start, 'ask')));

/** "sort them before saving", "before saving, sort them", where the saving was said already. @returns clauses used up */
function moveBefore(ordered: Ordered[], mention: Clause, isSuffix: boolean, next: Clause | undefined): number {
  const delivery = ordered.findLastIndex(({ clause }) => mention.slots[clause.family.name] === true);
  if (isSuffix) {
    const [moved] = delivery < 0 ? [] : ordered.splice(-1);
    if (moved) ordered.splice(delivery, 0, { ...moved, clause: { ...moved.clause, lead: softLead(moved.clause) } });
    return 0;
  }
  if (!next || delivery < 0) return 0;
  ordered.splice(delivery, 0, { clause: { ...next, lead: softLead(next) }, alone: false });
  return 1;
}

const softLead = ({ lead }: Clause): Clause['lead'] => ({ ...lead, kind: 'soft' });

/** "column ref renamed to reference, without duplicates of ref": what goes by the old name comes first. */
function byOldNames(ordered: Ordered[]): Ordered[] {
  const swapped = [...ordered];
  for (const [index, { clause }] of ordered.entries()) {
    const next = ordered[index + 1];
    const { from, rename = [] } = clause.slots;
    const old = [textOf(from), ...(rename as { old: string }[]).map((one) => one.old)];
    const by = next?.clause.family.name === 'distinct' ? ((next.clause.slots['by'] ?? []) as string[]) : [];
    if (!next || !isFamily(clause, 'rename') || !by.some((name) => old.includes(name))) continue;
    swapped[index] = next;
    swapped[index + 1] = { clause, alone: false };
  }
  return swapped;
}

/** "the first ten, sorted by price": they are sorted before the first ones are taken. */
function topOfSorted(ordered: Ordered[]): Ordered[] {
  for (const [index, { clause }] of ordered.entries()) {
    const sort = ordered[index + 1]?.clause;
    const { limit } = clause.slots;
    if (
      limit === undefined ||
      !isFamily(sort, 'sort') ||
      sort.lead.kind !== 'none' ||
      sort.slots['limit'] !== undefined
    )
      continue;
    clause.slots = { ...clause.slots, limit: undefined };
    sort.slots = { ...sort.slots, limit };
  }
  return ordered;
}

const endsSentence = (next: Clause | undefined): boolean => next === undefined || next.lead.kind === 'sentence';

/** Place of the clause that was said last, with the condition that belongs to it. */
function lastStep(ordered: Ordered[]): number {
  const last = ordered.length - 1;
  const opens = ordered[last - 1]?.alone === true || isFamily(ordered[last - 1]?.clause, 'for each');
  return opens ? last - 1 : Math.max(0, last);
}

/** Place of the clause that another one only speaks of: "before saving", after it was said what to save and where. */
function earlier(ordered: Ordered[], { family, slots }: Clause): number {
  const isMention = Object.entries(slots).every(
    ([name, value]) => value === true || (name === 'what' && isPronoun(value)),
  );
  return isMention ? ordered.findLastIndex(({ clause }) => clause.family.name === family.name) : -1;
}

const isPronoun = (value: unknown): boolean =>
  [value]
    .flat()
    .every(
      (ref) =>
        (ref as Ref).kind === 'current' ||
        ((ref as Ref).kind === 'thing' && (ref as { source?: unknown }).source === undefined),
    );

/** "for each customer, compute the total": groups, not calls. */
function perGroup(ordered: Ordered[]): Ordered[] {
  return ordered.flatMap((one, index): Ordered[] => {
    const next = ordered[index + 1]?.clause;
    const before = ordered[index - 1]?.clause;
    if (isFamily(one.clause, 'for each') && isFamily(next, 'calculate', 'count')) return [];
    if (isFamily(before, 'for each') && isFamily(one.clause, 'calculate', 'count')) {
      const each = before.slots['each'] as Ref;
      const by = each.kind === 'thing' && each.source === undefined ? each.label : '';
      return [{ ...one, clause: { ...one.clause, lead: before.lead, slots: { ...one.clause.slots, by: [by] } } }];
    }
    return [one];
  });
}
