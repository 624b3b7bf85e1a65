import type { Ref } from '../reading';
import { Refusal } from '../refusal';
import type { Family, Clause } from '../family';
import type { Input } from './input';

/** Families that bring data to where it goes. */
const DELIVERING = new Set(['save', 'send', 'insert', 'notify', 'report']);
/** Families that say what the data is to be like. */
const SHAPING = new Set(['filter', 'filter out', 'distinct', 'sort', 'top', 'select', 'rename', 'add column', 'group']);

/** Families that take the columns of what they write. */
const TABULAR = new Set(['save', 'report']);

const isDelivery = (clause: Clause | undefined): clause is Clause =>
  clause !== undefined &&
  (DELIVERING.has(clause.family.name) || (clause.family.name === 'fetch' && clause.slots['path'] !== undefined));

/** "save the users of https://… to x.csv": the reading by itself, and the delivery of what was read. */
export function parted(fetch: Family, delivery: Clause): [Clause, Clause] | undefined {
  const { what, path } = delivery.slots;
  const refs = [what ?? []].flat() as Ref[];
  const [ref] = refs;
  if (refs.length !== 1 || ref?.kind !== 'thing' || ref.source === undefined) return undefined;
  const isTarget =
    ref.source.type === 'path' &&
    ['path', 'paths', 'format', 'folder', 'table', 'url'].every((name) => delivery.slots[name] === undefined);
  if (isTarget || delivery.family === fetch) return undefined;
  const it: Ref = { kind: 'current', many: true, at: ref.at };
  return [
    { ...delivery, family: fetch, slots: { what: [ref] }, skipped: [], cost: 0 },
    { ...delivery, slots: { ...delivery.slots, what: it, ...(path === undefined ? {} : { path }) } },
  ];
}

/**
 * Clauses in which what is said of the data after its delivery stands before it: "save them to x.csv, sorted by price".
 *
 * @throws Refusal where it could hold for one delivery or for several, or where it is not clear that it comes first
 */
export function deliverShaped(input: Input, said: readonly Clause[], fetch: Family): Clause[] {
  const ordered: Clause[] = [];
  const clauses = said.flatMap((clause, index) => {
    if (!isReadFirst(said, index)) return [clause];
    const { what } = clause.slots as { what: Ref };
    // "save the others, by price, to x.csv": what was made before is shaped, and goes where the end of the sentence says
    const isMade = what.kind === 'current' || (what.kind === 'thing' && what.source === undefined && !what.where);
    return isMade ? [] : [{ ...clause, family: fetch, slots: listed(clause.slots) }];
  });
  clauses.forEach((clause, index) => {
    let at = ordered.length;
    const isPlaced =
      clause.lead.beforehand ||
      clause.lead.kind === 'then' ||
      clauses[index + 1]?.family.name === 'order' ||
      ordered[at - 2]?.family.name === 'order';
    const isShape = SHAPING.has(clause.family.name) && !isPlaced;
    if (isShape && isDelivery(ordered[at - 1]) && isMeantBefore(input, clause, clauses.slice(index + 1))) {
      const delivery = ordered[--at] as Clause;
      if (isDelivery(ordered[at - 1]) && delivery.lead.kind !== 'sentence' && delivery.lead.kind !== 'then')
        throw new Refusal(
          [clause.start, clause.end],
          'it is not clear for which of the places before it this holds: say it before them',
        );
      const columns = clause.family.name === 'select' ? clause.slots['fields'] : undefined;
      if (columns !== undefined && clause.slots['dropping'] !== true && TABULAR.has(delivery.family.name)) {
        ordered[at] = { ...delivery, slots: { ...delivery.slots, columns } };
        return;
      }
      const [before, after] = parted(fetch, delivery) ?? [undefined, delivery];
      ordered.splice(
        at,
        1,
        ...(before ? [before] : []),
        { ...clause, lead: before ? { ...clause.lead, kind: 'soft' } : delivery.lead },
        { ...after, lead: { ...clause.lead, kind: 'soft' } },
      );
      return;
    }
    ordered.push(clause);
  });
  return ordered;
}

/** "export the table t, sorted by name, to t.xlsx": what is exported, how, and then where to. */
function isReadFirst(clauses: readonly Clause[], index: number): boolean {
  const { family, slots } = clauses[index] as Clause;
  const ref = slots['what'] as Ref | undefined;
  const isOpen = Object.keys(slots).every((name) => ['what', 'saving', 'where'].includes(name));
  if (family.name !== 'save' || !isOpen || (ref?.kind !== 'thing' && ref?.kind !== 'current')) return false;
  let next = index + 1;
  while (SHAPING.has(clauses[next]?.family.name ?? '') && isInSentence(clauses[next])) next++;
  const target = clauses[next];
  if (target?.family.name !== 'save' || target.slots['path'] === undefined || !isInSentence(target)) return false;
  // "only the rows where …, to x.csv"
  const rows = target.slots['what'] as Ref | undefined;
  const isChosen = rows?.kind === 'thing' && rows.source === undefined && rows.where !== undefined;
  return isChosen || (rows === undefined && (next > index + 1 || target.slots['where'] !== undefined));
}

const isInSentence = (clause: Clause | undefined): boolean => /^(none|soft)$/.test(clause?.lead.kind ?? '');

/** Slots of a clause that reads, as a fetch has them. */
const listed = ({ what, where }: Clause['slots']): Clause['slots'] => ({
  what: [what],
  ...(where === undefined ? {} : { where }),
});

function isMeantBefore(input: Input, clause: Clause, rest: readonly Clause[]): boolean {
  if (isManner(input, clause)) return true;
  if (rest.some((later) => !isAside(later) && !SHAPING.has(later.family.name))) return false;
  if (clause.lead.kind !== 'sentence') return true;
  throw new Refusal(
    [clause.start, clause.end],
    'this is said after the data has gone where it goes: say it before, or say where its result goes',
  );
}

/** Clauses that take nothing of what was made. */
const isAside = ({ family, slots }: Clause): boolean =>
  ['order', 'wait', 'approval'].includes(family.name) || (family.name === 'notify' && slots['what'] === undefined);

/** "sorted by …", "keeping only …", "without …", "they must be sorted …": how things are, not what is done next. */
function isManner(input: Input, { family, lead, start, slots }: Clause): boolean {
  // "the latest date should come first", "…: orders whose status is open"
  if ((family.name === 'sort' || slots['limited'] !== undefined) && !input.beginsClause(start)) return true;
  if (input.is(start, 'without', 'with', 'only', 'column')) return true;
  // "we only need the columns …"
  if (slots['needing'] === true) return true;
  const first = input.tokens[start];
  if (first?.kind === 'word' && lead.kind !== 'sentence')
    return input.language === 'en' ? /(ed|ing|pt)$/.test(first.folded) : /(ée?s?|ant)$/.test(first.text);
  // what it is about stands first: a sentence in the passive
  const about = slots['what'] as { at?: [number, number] } | undefined;
  return about?.at?.[0] === start;
}
