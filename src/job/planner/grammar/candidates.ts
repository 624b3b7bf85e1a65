import { VERBS } from '../lexicon/concepts';
import type { Ref, Span } from '../reading';
import type { Family, Lead, Clause } from '../family';
import type { Input, Match, Slots } from './input';
import { afterInert } from './inert';
import { isVerb, readSeparator } from './lead';
import { NAMED } from '../values/tables';
import { afterLight } from './light';
import { isRemembered, namesPlace, unknownNames } from './named';
import { afterBracket, afterTelling } from './statement';

/** Cost of a small word that was skipped. */
export const SMALL = 1;
/** Cost of words within a clause that carry nothing, and are told in the notes. */
const GAP = 2;
/** Cost of a word that is taken for the name of a thing, though nobody knows it as one. */
const NAME = 0.25;

/** Readings of a clause that are tried besides the first. */
const BRANCHES = 2;

type Accepts = (match: Match) => boolean;

/** Small words in a row that a clause may skip between two of its values. */
const LIGHT = 3;
/** Words and parts that carry nothing in a row. */
const GAPS = 5;

/** Readings of the clause that begins at a lead, those that take in most first. */
export function candidates(input: Input, families: readonly Family[], lead: Lead): Clause[] {
  const clauses: Clause[] = [];
  const add = (family: Family, head: Match, slots: Slots) => {
    const read = (tails: readonly string[], accepts: Accepts = () => true) => {
      clauses.push(...readClause(input, family, lead, head, slots, tails, accepts).filter(fits));
    };
    // "post the number of rows to https://…", "store the text in x.txt": where it goes, not where it comes from
    const places = (['url', 'path', 'table'] as const).filter((name) =>
      family.needs?.some((group) => group.includes(name)),
    );
    for (const place of places) read(family.tails ?? [], ({ slots }) => !namesPlace(slots['what'], place));
    // "keep the total in memory under the name x": where it is kept, not what it is
    if (family.needs?.some((group) => group.includes('memory')))
      read([], ({ slots: found }) => !isRemembered(found['what']));
    read(family.tails ?? []);
    if (family.tails !== undefined) read([]);
  };
  const headed = (at: number, slots: Slots, passive: boolean) => {
    for (const family of families) {
      if (passive && family.passive !== true) continue;
      if (slots['where'] !== undefined && !family.slots.some((slot) => slot.includes('$conditions:where'))) continue;
      // a call would drop what it is to carry
      if (isObject(input, at) && family.needs?.some((group) => group.includes('method')) === true) continue;
      if (Object.keys(PLACES).some((name) => slots[name] !== undefined && !takes(family, name))) continue;
      for (const head of family.heads) {
        const [match] = input.match(head, at);
        if (match) add(family, match, slots);
      }
    }
  };
  if (lead.kind === 'none' && isOfName(input, lead.at)) return [];
  headed(lead.at, {}, false);
  // "only after a human said yes" is after it
  const only = input.skip(lead.at, 'only');
  if (only > lead.at && input.is(only, 'after', 'if', 'with')) headed(only, {}, false);
  continued(input, families, lead, add);
  subjects(input, families, lead, headed, add);
  // "I want all *.bak files to be deleted", "je veux que les lignes soient insérées dans …"
  for (const at of input.ends(lead.at, 'want_that')) {
    continued(input, families, { ...lead, at }, add);
    subjects(input, families, { ...lead, at, kind: 'none' }, headed, add);
    for (const { end, value } of input.values(at, 'thing'))
      if (isParticiple(input, end)) headed(end, { what: value }, true);
  }
  // the reading that takes in most comes first; families that are listed first win where two take in the same
  return clauses.sort((a, b) => b.end - a.end || a.cost - b.cost);
}

/** What may stand before a clause, and how the slots of families say that they take it. */
const PLACES = {
  source: '$source:source',
  table: '$table_place:*',
  database: '$identifier:database',
  space: '$space:space',
};

const takes = ({ slots }: Family, name: string): boolean =>
  slots.some(
    (slot) =>
      slot.includes(PLACES[name as keyof typeof PLACES]) || (slot.includes(PLACES.table) && name === 'database'),
  );

/** "… de la liste", "… of the list": a name behind a preposition and its article, which begins nothing. */
const isOfName = (input: Input, at: number): boolean =>
  [at, at + 1].some(
    (noun) =>
      input.is(noun, 'data') &&
      /^(the|la|le|les|l['’])$/.test(input.tokens[noun - 1]?.folded ?? '') &&
      /^(of|de|d['’])$/.test(input.tokens[noun - 2]?.folded ?? ''),
  );

/** "les" and "tout"; "la" may be a figure. */
const isMany = (input: Input, at: number): boolean => !/^l(e|a|['’])$/.test(input.tokens[at]?.folded ?? '');

/** "les envoyer": what stands before a verb is what it is done with, and no article. */
const isObject = (input: Input, at: number): boolean =>
  input.language === 'fr' &&
  /^(le|la|les|l['’])$/.test(input.tokens[at]?.folded ?? '') &&
  /(er|ir|re|ez)$|^(envoie|poste|transmet|publie|pousse|depose|communique)$/.test(input.tokens[at + 1]?.folded ?? '') &&
  input.is(at + 1, ...VERBS) &&
  !input.is(at + 1, 'noun', 'data', 'compound');

/** Clauses without a verb, where one stands before them. */
function continued(
  input: Input,
  families: readonly Family[],
  lead: Lead,
  add: (family: Family, head: Match, slots: Slots) => void,
): void {
  for (const family of lead.kind === 'none' ? [] : families)
    for (const head of family.bare ?? []) for (const match of input.match(head, lead.at)) add(family, match, {});
  if (lead.at === 0 || input.is(lead.at - 1, 'and')) return;
  if (lead.kind === 'sentence' && input.tokens[lead.at - 1]?.text === '.') return;
  for (const family of families)
    for (const head of family.continues ?? [])
      for (const match of input.match(head, lead.at)) add(family, match, match.slots);
}

/** Clauses that begin with what they are about: a pronoun, a place, a sentence in the passive, or a thing by itself. */
function subjects(
  input: Input,
  families: readonly Family[],
  lead: Lead,
  headed: (at: number, slots: Slots, passive: boolean) => void,
  add: (family: Family, head: Match, slots: Slots) => void,
): void {
  const fetch = families.find(({ name }) => name === 'fetch');
  const clitic = input.skip(lead.at, 'clitic');
  if (clitic > lead.at)
    headed(clitic, { what: { kind: 'current', many: isMany(input, lead.at), at: [lead.at, clitic] } }, true);
  // "they should be inserted …", "elles doivent être insérées …"
  const who = input.tokens[lead.at]?.folded ?? '';
  if (/^(they|ils?|elles?)$/.test(who))
    for (const { end } of input.match('(must|ought) [be] [then|midway|filler]', lead.at + 1))
      headed(end, { what: { kind: 'current', many: /s$|^they$/.test(who), at: [lead.at, lead.at + 1] } }, true);
  // "those with a score of 80 or more are to be inserted …", "ceux qui ont une note de 14 ou plus sont à insérer …"
  for (const { end, slots } of input.match(
    '[only] (whose|(them|ones|everything|data|noun) (whose|that|has|with)) $conditions:where (must|ought|be) [be]',
    lead.at,
  )) {
    const what = { kind: 'current', many: true, at: [lead.at, lead.at + 1] };
    headed(end, { what, where: slots['where'] }, true);
  }
  // "from all of them pick …", "parmi celles-ci, garde …"
  for (const { end, slots } of input.match('(from|one_of|based_on) $whole', lead.at))
    if ((slots['whole'] as Ref).kind === 'current')
      headed(input.tokens[end]?.text === ',' ? end + 1 : end, { what: slots['whole'] }, true);
  // "from the lines in the context, give me …"
  for (const { end, slots } of input.match('(from|one_of) $thing comma', lead.at))
    if ((slots['thing'] as { source?: unknown }).source !== undefined) headed(end, { what: slots['thing'] }, true);
  for (const { end, slots } of input.match('(from|one_of) $thing [comma]', lead.at))
    for (const family of families)
      for (const predicate of family.predicates ?? [])
        if (predicate.includes('asked_which'))
          for (const match of input.match(predicate, end)) add(family, match, { what: slots['thing'] });
  for (const { end, slots } of input.match('with $thing [comma]', lead.at))
    if (input.is(end - 1, 'comma') || input.beginsClause(end)) headed(end, { what: slots['thing'] }, true);
  // "in the table users, set …"
  for (const { end, slots } of input.match('(in|from|of|on|for) $table_place [comma|colon]', lead.at))
    headed(end, slots['table_place'] as Slots, false);
  // "in the shared memory, remember …"
  for (const { end, slots } of input.match('(in|to) $space [comma|colon] [first_of_all]', lead.at))
    headed(end, slots, false);
  // "in the database crm, fill the table …"
  for (const { end, slots } of input.match(`(in|from|of|on) ${NAMED} [comma|colon]`, lead.at))
    headed(end, slots, false);
  for (const { end, slots } of input.match('(from|in) $source', lead.at)) {
    const at = input.tokens[end]?.text === ',' ? end + 1 : end;
    const source = slots['source'] as { type: string; path?: string };
    // "in x.csv, put the total of …": where it goes
    if (source.type === 'path' && input.is(lead.at, 'to') && input.is(at, 'save') && !input.is(at, 'fetch', 'keep')) {
      headed(at, { path: source.path }, false);
      continue;
    }
    const what = { kind: 'thing', label: '', words: [], source: slots['source'], at: [lead.at, end] };
    if (fetch && declares(input, lead) && !input.is(lead.at - 1, 'and'))
      add(fetch, { end: at, slots: {} }, { what: [what] });
    headed(at, slots, false);
    headed(at, { what }, true);
  }
  // "only rows of a.csv with x = 1 go into …": the conditions say which ones
  const only = input.skip(lead.at, 'only');
  const chosen =
    only === lead.at
      ? []
      : input.values(only, 'thing').filter(({ value }) => (value as { where?: unknown }).where !== undefined);
  for (const { end, value } of [...input.values(lead.at, 'thing'), ...chosen]) {
    for (const must of input.match('[must|be] [then|first_of_all|filler]', end))
      if (must.end > end) {
        headed(must.end, { what: value }, true);
        if ((value as Ref).kind === 'figure') headed(must.end, { figures: [value] }, true);
      }
    if (isParticiple(input, end) && isPlainRef(value as Ref)) headed(end, { what: value }, true);
    for (const family of lead.kind === 'none' ? [] : families)
      for (const predicate of family.predicates ?? [])
        for (const match of input.match(predicate, end)) add(family, match, { what: value });
  }
  if (!fetch) return;
  for (const type of declares(input, lead) || goesOn(input, lead) ? ['sourceds', 'sourced'] : [])
    for (const { end, value } of input.values(lead.at, type)) {
      // "post the rows to …, and their number to …": where it goes, and not where it is
      const { source } = value as { source?: { type: string } };
      if (source?.type === 'url' && input.is(input.skip(lead.at, 'the'), 'counting', 'total', 'average')) continue;
      const held = afterHolding(input, end);
      const slots = declares(input, lead) ? { what: value } : { what: value, beside: true };
      add(fetch, { end: held, slots: {} }, slots);
      for (const told of afterTelling(input, end))
        add(fetch, { end: told, slots: told === held ? {} : { told: [{ at: [end, told] }] } }, slots);
    }
}

/** "the listing written to x.json": what was done with it, and not where it lies. */
function isParticiple(input: Input, at: number): boolean {
  const token = input.tokens[at];
  if (token?.kind !== 'word' || input.is(at, 'given', 'located', 'filler')) return false;
  return input.language === 'en'
    ? /(ed|en|put|sent|kept|built|made)$/.test(token.folded)
    : /(ée?s?|ises?|ites?|ues?)$/.test(token.text);
}

const isPlainRef = (ref: Ref): boolean => ref.kind === 'current' || (ref.kind === 'thing' && ref.source === undefined);

/** True where a thing by itself says that it is there, to be read: at the beginning of a sentence or behind a colon. */
const declares = (input: Input, { at, kind }: Lead): boolean =>
  (kind === 'sentence' && input.tokens[at - 1]?.text !== ';') ||
  (input.tokens[at - 1]?.text === ':' && !input.is(at - 2, 'output', 'file', 'destination', 'title'));

/** "read a.csv, then b.csv": another place after one, without a verb of its own. */
function goesOn(input: Input, { at, kind }: Lead): boolean {
  if (kind !== 'then' && kind !== 'soft') return false;
  let before = at - 1;
  while (before > 0 && (input.is(before, 'then', 'and') || input.tokens[before]?.text === ',')) before--;
  // "rooms.json + equipment.json": another one beside it
  if (/^[+&]$/.test(input.tokens[at - 1]?.text ?? '')) return /^(url|path)$/.test(input.tokens[at - 2]?.kind ?? '');
  if (/[^\p{L},]/u.test(input.tokens[at - 1]?.text ?? '')) return false;
  // "the pupils are at https://…, the grades at https://…"
  const isNamed = input.tokens[at - 1]?.text === ',' && input.is(at, 'the');
  const isJoined = isNamed || input.is(before + 1, 'then', 'and') || input.is(before + 2, 'then', 'and');
  return isJoined && /^(url|path|sql)$/.test(input.tokens[before]?.kind ?? '');
}

/** Token after "hold lists", "contains rows": what is in them says nothing more. */
function afterHolding(input: Input, at: number): number {
  const [statement] = input.match('gives (data|noun|response)', at);
  return statement?.end ?? at;
}

const fits = ({ family, slots }: Clause): boolean =>
  (family.needs ?? []).every((group) => group.some((name) => slots[name] !== undefined));

/**
 * A clause with all that may follow its head, and what it is if it ends before: somebody else may take the rest. Where
 * what it is about takes in words that are a value of their own as well, both are tried.
 */
function readClause(
  input: Input,
  family: Family,
  lead: Lead,
  head: Match,
  given: Slots,
  tails: readonly string[],
  accepts: Accepts,
): Clause[] {
  const clauses: Clause[] = [];
  let branches = BRANCHES;
  const read = (clause: Clause, accepted: Accepts): void => {
    clauses.push(clause);
    const match = nextValue(input, clause, tails, accepted);
    if (match === undefined) return;
    read(extended(input, clause, match), accepts);
    if (match.slots['what'] === undefined || accepted !== accepts || branches-- <= 0) return;
    const other = nextValue(input, clause, tails, (one) => one.slots['what'] === undefined && accepts(one));
    if (other !== undefined) read(extended(input, clause, other), accepts);
  };
  read(
    {
      family,
      start: lead.at,
      end: head.end,
      lead,
      slots: { ...given, ...head.slots },
      skipped: [...lead.skipped],
      cost: family.cost ?? 0,
    },
    accepts,
  );
  return clauses.map((one) => ({ ...one, cost: one.cost + NAME * unknownNames(one.slots) }));
}

function extended(input: Input, clause: Clause, match: Match & { skipped: Span[] }): Clause {
  const fillers = match.skipped.filter(([at]) => input.is(at, 'filler'));
  // "copie-le ensuite sous x": a word of order behind its verb
  const orders = match.skipped.filter(
    ([at]) => !input.is(at, 'filler') && input.is(at, 'midway') && isVerb(input, at - 1),
  );
  const gaps = match.skipped.filter(([at, end]) => !input.is(at, 'filler') && afterLight(input, at) !== end);
  return {
    ...clause,
    end: match.end,
    slots: merge(clause.slots, match.slots),
    skipped: [...clause.skipped, ...fillers, ...gaps],
    cost:
      clause.cost + SMALL * (match.skipped.length - fillers.length - gaps.length - orders.length) + GAP * gaps.length,
  };
}

/** The next value of a clause, behind small words that say nothing; fillers at its end alone. */
function nextValue(
  input: Input,
  { family, end, slots }: Clause,
  tails: readonly string[],
  accepts: Accepts,
): (Match & { skipped: Span[] }) | undefined {
  // what stands in brackets belongs to the clause, though it may begin like another one
  const inner = input.is(end, 'open') ? family.slots.filter((slot) => /^\[?\(?(\w+\|)*open\b/.test(slot)) : [];
  const joined = bestSlot(input, [...tails, ...inner], end, slots, accepts);
  if (joined) return { ...joined, skipped: [] };
  // "count the customers per country (field country)": a field that was named before
  for (const told of input.match('open column [called|colon|be] $identifier:name close', end))
    if (JSON.stringify(slots).includes(`"${String(told.slots['name'])}"`))
      return { end: told.end, slots: {}, skipped: [] };
  // "the file x.json (a list of objects) into table t"
  const bracket = input.is(end, 'open') ? afterBracket(input, end + 1) : end + 1;
  if (bracket > end + 1 && input.is(bracket, 'close')) {
    const match = bestSlot(input, [...family.slots, ...tails], bracket + 1, slots, accepts);
    if (match) return { ...match, skipped: [[end, bracket + 1]] };
  }
  const skipped: Span[] = [];
  const after = readSeparator(input, end);
  if (after === undefined) {
    // "…; existing ones are skipped": still of this clause
    const at = input.tokens[end]?.text === ';' ? afterLight(input, end + 1) : end;
    const late = at > end ? bestSlot(input, tails, at, slots, accepts) : undefined;
    const labelled = isLabel(input, end + 1)
      ? bestSlot(input, [...family.slots, ...tails], end + 1, slots, accepts)
      : undefined;
    const next = isEnd(input, end) ? afterLight(input, end + 1) : end;
    const across = next > end ? bestSlot(input, family.across ?? [], next, slots, accepts) : undefined;
    const match = late ?? labelled ?? across;
    return match && { ...match, skipped };
  }
  const tail = bestSlot(input, tails, after, slots, accepts);
  if (tail) return { ...tail, skipped };
  if (after > end && input.beginsClause(after) && !SHAPING[input.language].test(input.tokens[after]?.text ?? ''))
    return undefined;
  // what a clause is about does not come after a comma
  // "charge dans la base x, table y, les lignes de z.csv": unless its place stands before it
  const isPlaced = ['table', 'path', 'url'].some((name) => slots[name] !== undefined) && slots['what'] === undefined;
  const taken = after > end && !(isPlaced && isNamedThere(input, after)) ? { what: true, ...slots } : slots;
  for (let at = after; ;) {
    const match = bestSlot(input, family.slots, at, taken, accepts) ?? bestSlot(input, tails, at, slots, accepts);
    if (match && (at === after || !isBare(input, skipped, at))) return { ...match, skipped };
    if (at > after && input.beginsClause(at) && !input.is(at, 'be', 'has')) break;
    const light = after > end ? afterAside(input, at) : afterLight(input, at);
    const next = light > at || after > end ? light : afterInert(input, at);
    if (next === at || skipped.length >= (next === light ? LIGHT : GAPS)) break;
    skipped.push([at, next]);
    at = next;
  }
  const polite = input.skip(after, 'filler');
  const filler = after === end && (polite >= after + 3 || !input.beginsClause(after)) ? polite : after;
  return filler > after ? { end: filler, slots: {}, skipped: [[after, filler]] } : undefined;
}

/** "…, the rows of z.csv": a name that says where it comes from. */
const isNamedThere = (input: Input, at: number): boolean =>
  input.is(at, 'the') &&
  input.values(at, 'sourced').some(({ value }) => ((value as { words?: unknown[] }).words ?? []).length > 0);

/** The sign at the end of a sentence. */
const isEnd = (input: Input, at: number): boolean => /^[.;!?]$/.test(input.tokens[at]?.text ?? '');

/** "… . Title: Warehouse move. File: x.md": a value with its label stands in a sentence of its own. */
const isLabel = (input: Input, at: number): boolean => {
  const end = input.skip(at, 'title', 'file', 'sheet', 'type', 'delimiter', 'output', 'token', 'bearer');
  return end > at && input.tokens[end]?.text === ':';
};

/** Participles that say how the thing before them is, and begin clauses of their own as well. */
const SHAPING = { en: /(ed|ing|pt|made)$/, fr: /(ée?s?|ant)$/ };

/** True for a word that nobody knows, behind words that were skipped: it would be any value that takes a name. */
const isBare = (input: Input, skipped: readonly Span[], at: number): boolean => {
  const [from = at, to = at] = skipped.at(-1) ?? [];
  return (
    afterLight(input, from) !== to &&
    input.tokens[at]?.kind === 'word' &&
    (input.means(at).length === 0 || input.is(at, 'noun', 'compound'))
  );
};

/** Token after a filler between commas. */
function afterAside(input: Input, at: number): number {
  const filler = input.skip(at, 'filler');
  return filler > at && input.tokens[filler]?.text === ',' ? filler + 1 : at;
}

function bestSlot(
  input: Input,
  slots: readonly string[],
  at: number,
  taken: Slots,
  accepts: Accepts,
): Match | undefined {
  let best: Match | undefined;
  for (const slot of slots)
    for (const match of input.match(slot, at)) {
      if (match.end <= at || !isFree(taken, match.slots) || !accepts(match)) continue;
      if (!best || match.end > best.end) best = match;
      break;
    }
  return best;
}

/** Lists that do not grow: what a clause is about, and where it goes. */
const ONCE = new Set(['what', 'on', 'where', 'paths']);

/** Lists grow; other values, and what a clause is about, are given once. */
const isFree = (taken: Slots, slots: Slots): boolean =>
  Object.entries(slots).every(
    ([name, value]) =>
      (taken[name] === undefined && !isSecondPlace(taken, name)) ||
      (taken[name] === true && value === true && name !== 'what') ||
      // "those of DE to de.csv and those of FR to fr.csv": the other ones go to another place
      (Array.isArray(value) && !ONCE.has(name)) ||
      (name === 'where' && taken['path'] === undefined) ||
      name === 'told',
  );

/** A file after one that has its conditions: where other rows go. */
const isSecondPlace = (taken: Slots, name: string): boolean =>
  name === 'paths' && taken['path'] !== undefined && taken['where'] !== undefined;

function merge(taken: Slots, slots: Slots): Slots {
  const merged = { ...taken };
  for (const [name, value] of Object.entries(slots)) {
    const before = merged[name];
    merged[name] =
      Array.isArray(before) && Array.isArray(value) ? [...(before as unknown[]), ...(value as unknown[])] : value;
  }
  return merged;
}
