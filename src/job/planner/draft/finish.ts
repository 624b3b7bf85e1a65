import type { JsonObject } from '../../../../schemas/json';
import type { Plan } from '../../../../schemas/plan';
import { Refusal } from '../refusal';
import type { Draft } from './draft';
import { slug } from '../text/fold';
import { checkHosts } from './urls';
import { checkGates } from '../families/approval';
import { checkConflicts } from '../families/conflict';
import { chooseColumns } from '../families/parts/table';
import { orderConflicts, tablesOf } from './conflicts';
import { keepAnswers } from './keep';

const LONGEST_NAME = 120;

/** The plan of a draft: its name is the goal, its result what the last steps gave. */
export function planOf(draft: Draft): Plan {
  for (const made of draft.made)
    if (made.file?.path !== undefined && made.step === undefined && !made.rows && !made.used && !made.consumed)
      draft.data(made);
  for (const { made, at } of draft.lists)
    if (!made.used) throw new Refusal(at, 'nothing is done with these: say "for each" of them');
  checkConflicts(draft);
  checkGates(draft);
  checkHosts(draft);
  chooseColumns(draft);
  keepAnswers(draft);
  sameDatabases(draft);
  orderConflicts(draft);
  const { all } = draft.steps;
  if (all.length === 0)
    throw new Refusal(
      [0, draft.input.tokens.length],
      'nothing in this goal is to be done: say what to fetch, to save, to send or to make',
    );
  const words = draft.goal.replace(/\s+/g, ' ').trim();
  const name = words.length > LONGEST_NAME ? `${words.slice(0, LONGEST_NAME - 1)}…` : words;
  return { name, steps: all, result: resultOf(draft) };
}

/** "In the database catalog, delete … from staging. Insert a.csv into staging.": the same table is of the same database. */
function sameDatabases(draft: Draft): void {
  const known = new Map<string, unknown>();
  for (const { uses = '', with: args } of draft.steps.all) {
    const tables = uses.startsWith('sql.') && args ? tablesOf(args) : [];
    const database = args?.['database'] ?? tables.map((table) => known.get(table)).find((one) => one !== undefined);
    if (args && typeof database === 'string' && args['database'] === undefined) {
      args['database'] = database;
      draft.note(`The table ${tables.join(', ')} is taken to be that of the database ${database}.`);
    }
    for (const table of tables) if (database !== undefined) known.set(table, database);
  }
}

/** What the job gives back: what was saved, sent or made, by the name of its step, and data that went nowhere. */
function resultOf(draft: Draft): JsonObject {
  const result: JsonObject = {};
  const give = (step: string, path: string) => {
    const each = draft.steps.get(step)?.for_each !== undefined;
    const expression = [`steps.${step}.output`, each ? 'items' : path].filter(Boolean).join('.');
    const isSure = draft.steps.get(step)?.when === undefined;
    result[step] = isSure ? `\${{ ${expression} }}` : `\${{ default(${expression}, null) }}`;
  };
  for (const { step, path } of draft.results.values()) give(step, path);
  for (const { step, path, consumed, used, form } of draft.made)
    if (step !== undefined && !consumed && !used && form !== 'file' && result[step] === undefined) give(step, path);
  if (Object.keys(result).length === 0) {
    const last = draft.made.findLast(({ step }) => step !== undefined);
    if (last?.step !== undefined) give(last.step, last.path || slug('value'));
  }
  return result;
}
