import type { Json } from '../../../schemas/json';
import type { Language } from '../../../schemas/language';
import type { Plan } from '../../../schemas/plan';
import { createCatalogue, type ToolCatalogue } from '../../../core/plan/catalogue';
import { checkTypedPlan } from '../../plans/check';
import type { CompleteSpec } from '../../../core/worst-case';
import { Draft } from './draft/draft';
import { families } from './families';
import { fetchFamily } from './families/fetch';
import { readClauses } from './grammar/chart';
import type { Parse } from './grammar/clauses';
import type { Clause } from './family';
import { Input, type Callable } from './grammar/input';
import { orderClauses } from './grammar/order';
import { pattern } from './grammar/pattern';
import { correctSpelling, type Correction } from './grammar/spelling';
import { nearParts, unknownParts } from './grammar/unknown';
import { lexicons } from './lexicon/lexicon';
import { checkComplete, checkGone, checkUnused } from './draft/complete';
import { planOf } from './draft/finish';
import { Baseless, type Refused, Refusal } from './refusal';
import { runClauses } from './draft/run';
import { outsidePaths } from './text/outside';
import { plainSecrets } from './text/secrets';
import { tokenise, type Token } from './text/tokens';
import { valueTypes } from './values';

/** The goal as it was read: the language, and each clause with the family that it belongs to. */
export interface Reading {
  language: Language;
  clauses: { family: string; from: number; to: number; text: string }[];
}

export type Planned = { plan: Plan; notes: string[]; reading: Reading } | { refused: Refused[] };

/** What the rules plan from. */
export interface Goal {
  goal: string;
  /** what the job is given; steps read it as `input` */
  context: Json;
  tools: readonly CompleteSpec[];
}

/** Characters of a goal at most that the rules read. */
const LONGEST = 8_000;
/** Known words more than in the other language that make a goal one of this language. */
const CLEAR = 3;
/** Words of a goal at most that are taken for misspelled ones. */
const CORRECTIONS = 5;
/** What another reading may cost more than one that has nothing to work on. */
const FAR = 1;

const heads = families.flatMap((family) => family.heads.map((head) => pattern(head)));

/**
 * Plans a goal in plain words by rules, in English or French. Every word of the goal is understood, named in the notes
 * as skipped, or refused: nothing is guessed and nothing is left out.
 */
export function planByRules(goal: Goal): Planned {
  const tokens = tokenise(goal.goal);
  if (tokens.length === 0) return { refused: [whole(goal.goal, 'the goal is empty')] };
  if (goal.goal.length > LONGEST)
    return { refused: [whole(goal.goal, `the goal has over ${LONGEST} characters: break it into several`)] };
  const secrets = plainSecrets(goal.goal);
  if (secrets.length > 0) return { refused: secrets };
  const outside = outsidePaths(tokens);
  if (outside.length > 0) return { refused: outside };
  const read = readGoal(tokens, callableOf(goal.tools));
  if (read.parse.unknown.length > 0) return { refused: unknownParts(read.input, families, read.parse, goal.goal) };
  const catalogue = createCatalogue(goal.tools);
  try {
    return planReading(goal, read, catalogue);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const other = error instanceof Baseless ? planOtherwise(goal, read, catalogue, error) : undefined;
    return other ?? { refused: [refusedOf(error, read.input, goal.goal)] };
  }
}

/** "Read the CSV file a.csv" makes none: where a reading has nothing to work on, one as good that can be planned. */
function planOtherwise(
  goal: Goal,
  read: Read,
  catalogue: ToolCatalogue,
  { at: [, end] }: Baseless,
): Planned | undefined {
  const { input, parse } = read;
  const others = parse.clauses
    .filter(({ start }) => start < end)
    .map((barred) =>
      readClauses(
        input,
        families,
        (clause) => clause.family === barred.family && clause.start === barred.start && clause.end === barred.end,
      ),
    )
    .filter(({ unknown, cost }) => unknown.length === 0 && cost <= parse.cost + FAR)
    .sort((a, b) => a.cost - b.cost);
  for (const other of others)
    try {
      return planReading(goal, { ...read, parse: other }, catalogue);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  return undefined;
}

interface Read {
  input: Input;
  parse: Parse;
  corrections: Correction[];
}

/** Reads a goal in the language in which it gets furthest. */
function readGoal(tokens: Token[], callable: Callable): Read {
  const known = (language: Language): number =>
    tokens.filter(({ kind, folded }) => kind === 'word' && lexicons[language].knows(folded)).length;
  const lead = known('en') - known('fr');
  if (Math.abs(lead) >= CLEAR) return readIn(tokens, lead > 0 ? 'en' : 'fr', callable);
  const readings = (['en', 'fr'] as const).map((language) => readIn(tokens, language, callable));
  const [english, french] = readings as [Read, Read];
  const score = ({ input, parse, corrections }: Read): number =>
    knownWords(input) - parse.cost * 1000 - corrections.length * 10;
  return score(french) > score(english) ? french : english;
}

const knownWords = ({ tokens, lexicon }: Input): number =>
  tokens.filter(({ kind, folded }) => kind === 'word' && lexicon.knows(folded)).length;

const callableOf = (tools: readonly CompleteSpec[]): Callable => ({
  tools: new Set(tools.map(({ name }) => name)),
  parameters: new Set(tools.flatMap(({ input }) => Object.keys(input.properties ?? {}))),
});

function readIn(given: Token[], language: Language, callable: Callable): Read {
  const corrections: Correction[] = [];
  let tokens = given;
  let best: Read | undefined;
  for (let round = 0; round <= CORRECTIONS; round++) {
    const input = new Input(tokens, lexicons[language], valueTypes, heads, callable);
    const parse = readClauses(input, families);
    if (!best || parse.cost < best.parse.cost) best = { input, parse, corrections: [...corrections] };
    if (parse.unknown.length === 0) break;
    const correction = correctSpelling(input, families, parse);
    if (!correction) break;
    tokens = correction.tokens;
    corrections.push(correction);
  }
  return best as Read;
}

/** @throws Refusal */
function planReading(goal: Goal, { input, parse, corrections }: Read, catalogue: ToolCatalogue): Planned {
  const draft = new Draft(input, goal.goal, goal.context, (name) => catalogue.tool(name));
  runClauses(
    draft,
    orderClauses(
      input,
      parse.clauses.filter(({ family }) => family.background !== true),
      fetchFamily,
    ),
  );
  for (const { from, to } of corrections) draft.note(`"${from}" was read as "${to}".`);
  noteSkipped(draft, parse.clauses);
  const plan = planOf(draft);
  checkComplete(draft, plan);
  checkGone(draft);
  checkUnused(draft, plan);
  checkSound(draft, plan, catalogue);
  return { plan, notes: draft.notes, reading: readingOf(input, parse.clauses, goal.goal) };
}

/** What the check of all plans finds wrong, such as a text where rows are wanted. @throws Refusal */
function checkSound(draft: Draft, plan: Plan, catalogue: ToolCatalogue): void {
  const checked = checkTypedPlan(plan, catalogue, { input: draft.context });
  const [fault] = 'faults' in checked ? checked.faults : [];
  if (fault === undefined) return;
  const step = plan.steps[Number(/^\/steps\/(\d+)/.exec(fault.pointer)?.[1])];
  const at = draft.said.get(step?.id ?? '') ?? [0, draft.input.tokens.length];
  throw new Baseless(at, `this cannot be done with what there is: ${fault.message}`);
}

function refusedOf({ at: [start, end], near, message }: Refusal, input: Input, goal: string): Refused {
  const from = input.tokens[start]?.from ?? 0;
  const to = Math.max(from, input.tokens[Math.max(start, end - 1)]?.to ?? goal.length);
  const part = goal.slice(from, to);
  return { part, from, to, message, near: near.length > 0 ? near : nearParts(families, part) };
}

function noteSkipped(draft: Draft, clauses: readonly Clause[]): void {
  const words = clauses.flatMap(({ family, start, end, skipped }) =>
    [...skipped, ...(family.background === true ? [[start, end] as const] : [])].map(
      ([from, to]) => `"${draft.input.text(from, to, draft.goal)}"`,
    ),
  );
  if (words.length > 0)
    draft.note(`Skipped, since it says nothing about what to do: ${[...new Set(words)].join(', ')}.`);
}

function readingOf(input: Input, clauses: readonly Clause[], goal: string): Reading {
  return {
    language: input.language,
    clauses: clauses.map(({ family, start, end }) => ({
      family: family.name,
      from: input.tokens[start]?.from ?? 0,
      to: input.tokens[end - 1]?.to ?? goal.length,
      text: input.text(start, end, goal),
    })),
  };
}

const whole = (goal: string, message: string): Refused => ({
  part: goal.slice(0, 200),
  from: 0,
  to: goal.length,
  message,
  near: families.slice(-4).flatMap(({ examples }) => examples.slice(0, 1)),
});
