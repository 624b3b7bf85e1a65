import type { Clause } from '../family';
import type { Input } from './input';

export const isFamily = (clause: Clause | undefined, ...names: string[]): clause is Clause =>
  clause !== undefined && names.includes(clause.family.name);

/** "I need a.csv from https://…. First trigger the export, …": the sentence that says what is first, and what was said before. */
export function firstOfAll(said: readonly Clause[]): readonly Clause[] {
  const at = said.findIndex(({ lead }, index) => lead.first === true && lead.kind === 'sentence' && index > 0);
  const wish = said[at - 1];
  if (at < 1 || !isFamily(wish, 'save', 'fetch') || wish.slots['path'] === undefined) return said;
  let end = at + 1;
  while (end < said.length && said[end]?.lead.kind !== 'sentence') end++;
  const before = said
    .slice(0, at)
    .map((clause, index) => (index === 0 ? { ...clause, lead: thenLead(clause) } : clause));
  return [...said.slice(at, end), ...before, ...said.slice(end)];
}

const thenLead = ({ lead }: Clause): Clause['lead'] => ({ ...lead, kind: 'then' });

/** "…, two hours later" at the very end: what stands before it is done then. */
export const isSaidLate = (input: Input, { start, end, lead }: Clause): boolean =>
  lead.kind === 'soft' &&
  !input.is(start - 1, 'and', 'then') &&
  !input.is(start, 'wait') &&
  [start, end - 1, end - 2].some((at) => input.ends(at, 'later').includes(end));

/** "ten minutes after sending x, read y", "read y ten minutes after sending x": what the time is counted from is first. */
export function waitsAfter(input: Input, said: readonly Clause[]): readonly Clause[] {
  const at = said.findIndex(
    (clause) => isFamily(clause, 'wait') && (input.is(clause.end - 1, 'after') || input.is(clause.end - 2, 'after')),
  );
  const [wait, from] = [said[at], said[at + 1]];
  if (!wait || !from || from.lead.kind !== 'none') return said;
  let first = at;
  while (first > 0 && said[first]?.lead.kind !== 'sentence') first--;
  const inner = said.slice(first, at);
  return [...said.slice(0, first), { ...from, lead: wait.lead }, wait, ...inner, ...said.slice(at + 2)];
}

/** "Offset paging, 100 per call: https://…": how an address is asked stands before it. */
export function pagesLast(said: readonly Clause[]): readonly Clause[] {
  const first = said.findIndex((clause) => !isFamily(clause, 'paging', 'credential'));
  const fetch = said[first];
  if (first <= 0 || !isFamily(fetch, 'fetch', 'send', 'call')) return said;
  // a sentence of its own may be meant for all that follows
  const isApart =
    said.slice(0, first).some((clause) => isFamily(clause, 'credential')) && fetch.lead.kind === 'sentence';
  const [before, after] = [said.slice(0, first), said.slice(first + 1)];
  return isApart ? [fetch, ...after, ...before] : [fetch, ...before, ...after];
}
