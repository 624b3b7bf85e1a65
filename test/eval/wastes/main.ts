/**
 * `make eval-wastes ROWS=dir`: classifies public rows that two independent readers have labelled, and prints precision
 * and recall of each waste, for the half to learn from and the half to be judged by. `LEARN=1` lists the mistakes in the
 * first half. `MODEL=url` has a model behind that gateway sort the rows that the rules leave. Exits with 1 if a waste that is named has a precision below 0.9 in the second.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readEvidence } from '../../../src/audit/evidence';
import { findProjectRoot } from '../../../src/config';
import { createLlmClient } from '../../../src/llm/client';
import { loadPrompts } from '../../../src/llm/prompts';
import { sortByModel } from './model';
import { readLabelled, type Label, type Labelled } from './rows';
import { below, renderScores, scoreWastes } from './score';

const HOME = join('test', 'eval', 'wastes');

const print = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: '' },
      learn: { type: 'string', default: '' },
      model: { type: 'string', default: '' },
    },
  });
  if (values.rows === '')
    throw new Error(`Name the folder of the rows: make eval-wastes ROWS=dir. See ${HOME}/README.md.`);
  const rows = await readLabelled(values.rows, HOME);
  const given = new Map<string, Label>(rows.map((row) => [row.id, classify(row)]));
  if (values.model !== '') {
    const left = rows.filter(({ id }) => given.get(id) === 'unclassified');
    const client = createLlmClient({ url: values.model, key: process.env['LLM_GATEWAY_KEY'] });
    const sorted = await sortByModel(left, client, loadPrompts(findProjectRoot(), ['audit.sorting']));
    for (const [id, label] of sorted) given.set(id, label);
  }
  if (values.learn !== '')
    for (const row of rows.filter(({ half }) => half === 'learn'))
      if (!row.readers.includes(given.get(row.id)!)) print(mistake(row, given.get(row.id)!));
  const [learn, judge] = (['learn', 'judge'] as const).map((of) => rows.filter(({ half }) => half === of));
  renderScores(`learn: ${learn!.length} rows`, scoreWastes(learn!, given)).forEach(print);
  const scores = scoreWastes(judge!, given);
  renderScores(`judge: ${judge!.length} rows`, scores).forEach(print);
  renderScores(`both: ${rows.length} rows`, scoreWastes(rows, given)).forEach(print);
  const failed = below(scores);
  if (failed.length > 0) print(`below the least precision: ${failed.join(', ')}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

const classify = ({ title, language, category }: Labelled): Label =>
  readEvidence(title, language, category ?? '').waste ?? 'unclassified';

function mistake({ id, title, category, readers, language }: Labelled, given: Label): string {
  const quotes = [...readEvidence(title, language, category ?? '').quotes.values()].flat().join('; ');
  return `${id} ${given} (${readers.join('/')}) ${title} [${category ?? ''}] ← ${quotes}`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
