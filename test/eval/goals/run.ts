/** Has the rules plan the authors' goals, and judges each plan. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtinTools } from '../../../activities/tools/builtin';
import { createToolRegistry } from '../../../activities/tools/registry';
import { createCatalogue } from '../../../core/plan/catalogue';
import { findProjectRoot } from '../../../src/config';
import { planByRules } from '../../../src/job/planner';
import type { Entry } from './contract';
import { figuresOf, renderTable, type Figures } from './figures';
import { judge, type Verdict } from './score';

/** The sets, in the order in which they were written. */
export const rounds = [
  'round1',
  'round2',
  'round3',
  'round4',
  'round5',
  'round6',
  'round7',
  'round8',
  'round9',
  'round10',
  'short',
  'plain',
  'plain2',
  'plain3',
  'plain4',
  'plain5',
  'plain6',
  'paraphrases1',
  'paraphrases2',
] as const;

const tools = createToolRegistry(builtinTools).catalogue();
export const catalogue = createCatalogue(tools);

export const entriesOf = (round: string): Entry[] =>
  round.startsWith('paraphrases') ? paraphrasesOf(round) : (readSet(round) as Entry[]);

const readSet = (name: string): unknown =>
  JSON.parse(readFileSync(join(findProjectRoot(), 'test', 'eval', 'goals', 'sets', `${name}.json`), 'utf8'));

/** Goals of the plain sets in other words, ten of each: an entry of its own for each of them, with the same answer. */
function paraphrasesOf(round: string): Entry[] {
  const said = new Map(
    ['plain', 'plain2', 'plain3'].flatMap((name) => entriesOf(name)).map((entry) => [entry.id, entry]),
  );
  return Object.entries(readSet(round) as { [id: string]: string[] }).flatMap(([id, goals]) => {
    const entry = said.get(id);
    return entry ? goals.map((goal, at) => ({ ...entry, id: `${id}.${at}`, goal })) : [];
  });
}

export const runRound = (round: string): Verdict[] =>
  entriesOf(round).map((entry) => {
    const begin = performance.now();
    const answer = planByRules({ goal: entry.goal, context: entry.context, tools });
    return judge(entry, answer, catalogue, performance.now() - begin);
  });

/** Prints the figures of each round, language and family; with `learn`, the failures of that round in full. */
export function printGoals(print: (line: string) => void, learn = ''): Figures[] {
  const runs = rounds.map((round) => ({ round, verdicts: runRound(round) }));
  const total = runs.map(({ round, verdicts }) => figuresOf(round, verdicts));
  print(`goals: ${total.reduce((sum, { goals }) => sum + goals, 0)} in ${rounds.length} rounds, planned by rules`);
  const languages = runs.flatMap(({ round, verdicts }) =>
    (['en', 'fr'] as const).map((lang) =>
      figuresOf(
        `${round} ${lang}`,
        verdicts.filter(({ entry }) => entry.lang === lang),
      ),
    ),
  );
  const all = runs.flatMap(({ verdicts }) => verdicts);
  const families = [...new Set(all.flatMap(({ entry }) => entry.family))].sort();
  const byFamily = families.map((name) =>
    figuresOf(
      name,
      all.filter(({ entry }) => entry.family.includes(name)),
    ),
  );
  for (const part of [total, languages, byFamily]) {
    print('');
    for (const line of renderTable(part)) print(line);
  }
  print('');
  print(
    `slowest plan ${Math.max(...total.map(({ ms }) => ms.most)).toFixed(0)} ms, p95 ${total.map(({ ms }) => ms.p95.toFixed(1)).join(', ')} ms`,
  );
  const learnt = runs.find(({ round }) => round === learn || round === `round${learn}`)?.verdicts ?? [];
  for (const verdict of learnt) for (const line of renderFailure(verdict)) print(line);
  return total;
}

/** A failure with its goal, what was expected and what came; nothing of what is right. */
export function renderFailure({ entry, outcome, silent, faults, answer }: Verdict): string[] {
  if (outcome === 'right' || outcome === 'named') return [];
  const { expect } = entry;
  return [
    '',
    `${entry.id} ${outcome}${silent ? ', without a word' : ''} (${entry.family.join(', ')})`,
    `  goal: ${entry.goal.replaceAll('\n', ' / ')}`,
    ...('refuse' in expect
      ? [`  expected: a refusal of "${expect.refuse}"`]
      : expect.plan.steps.map(
          ({ key, uses, kind, ...more }) => `  expected ${key}: ${uses ?? kind ?? ''} ${JSON.stringify(more)}`,
        )),
    ...('refused' in answer
      ? []
      : answer.plan.steps.map(
          ({ id, kind, uses, name: _, ...more }) => `  came ${id}: ${uses ?? kind} ${JSON.stringify(more)}`,
        )),
    ...('refused' in answer || answer.notes.length === 0 ? [] : [`  notes: ${answer.notes.join(' ')}`]),
    ...faults.map((fault) => `  - ${fault}`),
  ];
}
