import type { Span } from '../reading';
import { candidates, SMALL } from './candidates';
import { endsSentence, type Parse } from './clauses';
import type { Family, Clause, Lead } from '../family';
import type { Input } from './input';
import { afterHeading } from './heading';
import { afterAside } from './inert';
import { readLead, readSeparator } from './lead';
import { afterLight } from './light';
import { remarks } from './statement';

/** Cost of a part that nothing took, and of each of its tokens. */
const UNKNOWN = 20;
const WORD = 4;

/** Small words in a row that may stand before a clause. */
const LIGHT = 4;

const EMPTY: Parse = { clauses: [], unknown: [], cost: 0 };

/**
 * Reads the clauses of a goal: of all ways to read it the one that leaves out least. Small words may be skipped; any
 * other part that no clause takes is unknown. Readings that are barred are left out.
 */
export function readClauses(
  input: Input,
  families: readonly Family[],
  isBarred: (clause: Clause) => boolean = () => false,
): Parse {
  const chart = new Map<number, Parse>();
  const read = (at: number): Parse => {
    const known = chart.get(at);
    if (known) return known;
    const parse = readFrom(input, families, at, read, isBarred);
    chart.set(at, parse);
    return parse;
  };
  return read(0);
}

function readFrom(
  input: Input,
  families: readonly Family[],
  start: number,
  read: (at: number) => Parse,
  isBarred: (clause: Clause) => boolean,
): Parse {
  const lead = readLead(input, start);
  // "… beforehand" at the end belongs to something
  if (lead.at >= input.tokens.length)
    return lead.beforehand ? { clauses: [], unknown: [[start, lead.at]], cost: UNKNOWN } : EMPTY;
  let best: Parse | undefined;
  const offer = (rest: Parse, cost: number, more: { clause?: Clause; unknown?: Span }) => {
    if (best && best.cost <= rest.cost + cost) return;
    best = {
      clauses: more.clause ? [more.clause, ...rest.clauses] : rest.clauses,
      unknown: more.unknown ? [more.unknown, ...rest.unknown] : rest.unknown,
      cost: rest.cost + cost,
    };
  };
  let at = lead.at;
  for (let small = 0; small <= LIGHT; small++) {
    for (const clause of candidates(input, families, { ...lead, at })) {
      if (isBarred(clause)) continue;
      offer(read(clause.end), small * SMALL + clause.cost, { clause });
      if (best && best.cost <= small * SMALL) return best;
    }
    const next = lead.kind === 'sentence' ? afterOpening(input, lead, at) : afterLight(input, at);
    if (next === at) break;
    if (next !== afterLight(input, at)) lead.skipped.push([at, next]);
    at = next;
    if (at >= input.tokens.length || readSeparator(input, at) !== at) offer(read(at), SMALL * (small + 1), {});
  }
  const heading = afterHeading(input, lead);
  if (heading > lead.at)
    for (const clause of candidates(input, families, {
      ...lead,
      at: readLead(input, heading).at,
      skipped: [...lead.skipped, [lead.at, heading - 1]],
    }))
      offer(read(clause.end), SMALL + clause.cost, { clause });
  const background = families.find((family) => family.background === true);
  for (const clause of background ? remarks(input, lead, background) : [])
    offer(read(clause.end), clause.cost, { clause });
  for (const end of endsOfUnknown(input, lead.at)) {
    const cost = UNKNOWN + WORD * (end - lead.at);
    if (best && best.cost <= cost) break;
    offer(read(end), cost, { unknown: [lead.at, end] });
  }
  return best ?? EMPTY;
}

/** Token after a small word, or after a part that a sentence opens with: "for Thursday's meeting I need …". */
function afterOpening(input: Input, { at: start }: Lead, at: number): number {
  const light = afterLight(input, at);
  if (light > at || at !== start) return light;
  const end = afterAside(input, at);
  return end > at + 1 ? end : at;
}

/** Tokens at which a part that nothing takes may end: before a separator, or before a word that begins a clause. */
function endsOfUnknown(input: Input, start: number): number[] {
  const ends: number[] = [];
  for (let at = start + 1; at < input.tokens.length; at++) {
    if (endsSentence(input.tokens[at]?.text)) return [...ends, at];
    if (readSeparator(input, at) !== at || input.is(at, 'if', 'unless', 'before', 'after', 'until')) ends.push(at);
  }
  return [...ends, input.tokens.length];
}
