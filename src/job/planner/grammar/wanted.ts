import type { Clause, Family } from '../family';
import type { Ref } from '../reading';
import type { Input } from './input';
import { isFamily } from './sentences';

/** Families that read what they name, or work on it. */
const WORKING = new Set([
  'fetch',
  'join',
  'union',
  'group',
  'calculate',
  'sum',
  'count',
  'filter',
  'filter out',
  'distinct',
  'sort',
  'top',
  'select',
]);
/** Families that bring something to where it goes. */
const DELIVERING = new Set(['save', 'send', 'insert', 'report', 'notify', 'render']);

/** True where one of the values of a clause says where data comes from. */
const hasSource = ({ slots }: Clause): boolean => /"(source|sql)":/.test(JSON.stringify(slots));

/** Clauses in the order in which they can be done, where what is wanted is said before how it is made, or what of. */
export function wantedLast(input: Input, given: readonly Clause[], fetch: Family): readonly Clause[] {
  const said = given.flatMap((clause, index) => (index === 0 ? parted(clause, fetch) : [clause]));
  const [declared, rest] = sourcesFirst(input, said);
  return joinedFirst(input, meansFirst([...declared, ...deliverLast(rest, declared.length > 0)]));
}

/** "Create x.csv from a.csv and b.csv: …": what is wanted, and what is read for it. */
function parted(clause: Clause, fetch: Family): Clause[] {
  const { sources, ...slots } = clause.slots;
  if (sources === undefined) return [clause];
  return [
    { ...clause, slots },
    {
      ...clause,
      family: fetch,
      slots: { what: sources },
      skipped: [],
      cost: 0,
      lead: { ...clause.lead, kind: 'soft' },
    },
  ];
}

/** "Save the orders to x.csv. The orders are at https://…": what says where the data is stands before what is done with it. */
function sourcesFirst(input: Input, said: readonly Clause[]): [readonly Clause[], readonly Clause[]] {
  const first = said.findIndex((clause) => isFamily(clause, 'fetch'));
  if (first <= 0 || said.slice(0, first).some((clause) => hasSource(clause) || !isOpen(clause))) return [[], said];
  let end = first;
  while (isDeclared(input, said[end])) end++;
  return [said.slice(first, end), [...said.slice(0, first), ...said.slice(end)]];
}

/** What is fetched by a clause that tells where it is, and asks for nothing: "orders come from https://…". */
const isDeclared = (input: Input, clause: Clause | undefined): boolean =>
  isFamily(clause, 'fetch') && clause.slots['path'] === undefined && !input.beginsClause(clause.start);

/** A clause that works on what is said elsewhere. */
const isOpen = ({ family }: Clause): boolean => WORKING.has(family.name) || DELIVERING.has(family.name);

/** "A table in x.md: read a.csv, group it by city": what is wanted stands first, and is made of what follows. */
function deliverLast(said: readonly Clause[], isRead: boolean): readonly Clause[] {
  const [first, second, ...rest] = said;
  if (!first || !second || !WORKING.has(second.family.name) || second.slots['path'] !== undefined) return said;
  if (!isRead && second.family.name !== 'fetch' && !hasSource(second)) return said;
  const { what, source, content, reports } = first.slots;
  const isWanted = isFamily(first, 'save', 'report') && [what, source, content].every((value) => value === undefined);
  if (!isWanted) return said;
  const last = rest.at(-1);
  const isSame =
    reports !== undefined &&
    isFamily(last, 'save') &&
    last.slots['what'] === undefined &&
    first.slots['path'] === undefined;
  const delivery = { ...first, lead: { ...first.lead, kind: 'soft' as const } };
  if (isSame)
    return [second, ...rest.slice(0, -1), { ...delivery, slots: { ...first.slots, path: last.slots['path'] } }];
  const isDelivered = rest.some(({ family }) => DELIVERING.has(family.name));
  return isDelivered ? said : [second, ...rest, delivery];
}

/** "Save x.csv by joining a.csv and b.csv on id": how it is made comes before what is made. */
function meansFirst(said: readonly Clause[]): readonly Clause[] {
  const at = said.findIndex(({ lead }) => lead.means === true);
  const target = said[at - 1];
  const means = said[at];
  if (!means || !target || !isFamily(target, 'save', 'report', 'render') || isMade(target)) return said;
  let end = at + 1;
  while (WORKING.has(said[end]?.family.name ?? '') && /^(none|soft)$/.test(said[end]?.lead.kind ?? '')) end++;
  return [
    ...said.slice(0, at - 1),
    { ...means, lead: { ...means.lead, kind: target.lead.kind } },
    ...said.slice(at + 1, end),
    { ...target, lead: { ...target.lead, kind: 'soft' } },
    ...said.slice(end),
  ];
}

/** "save a.csv as b.json by …": what goes there is named already. */
const isMade = ({ slots }: Clause): boolean => {
  const ref = slots['what'] as Ref | undefined;
  return ref !== undefined && ref.kind !== 'current';
};

/** "save the orders joined with the customers on id": what was done with what is saved comes before it. */
function joinedFirst(input: Input, said: readonly Clause[]): readonly Clause[] {
  const at = said.findIndex(
    (clause, index) =>
      index > 0 &&
      isFamily(clause, 'join') &&
      clause.lead.kind === 'none' &&
      /(ed|s|e|ees|es|ies|is|it|ts|te|tes|t)$/.test(input.tokens[clause.start]?.folded ?? '') &&
      isFamily(said[index - 1], 'save', 'report'),
  );
  const [target, join] = [said[at - 1], said[at]];
  const what = target?.slots['what'] as Ref | undefined;
  if (!target || !join || what?.kind !== 'thing' || join.slots['what'] !== undefined) return said;
  const it: Ref = { kind: 'current', many: true, at: what.at };
  return [
    ...said.slice(0, at - 1),
    { ...join, slots: { ...join.slots, left_side: what }, lead: target.lead },
    { ...target, slots: { ...target.slots, what: it }, lead: { ...target.lead, kind: 'soft' } },
    ...said.slice(at + 1),
  ];
}
