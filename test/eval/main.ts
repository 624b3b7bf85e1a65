/**
 * `make eval SEED=… ONLY=trait,trait FILES=dir`: makes workbooks as customers send them, reads them, and prints the
 * mistakes; then has the rules plan the authors' goals. The same seed makes the same workbooks. Exits with 1 if a
 * mistake in a workbook is silent or F1 is low.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { printGoals } from './goals/run';
import { authors, figuresOf, renderCurve, renderFigures, runSet } from './judges/run';
import type { Verdict } from './judges/score';
import { render, report } from './scoring/report';
import { run } from './run';
import { subject } from './subject';
import { corpus, traits } from './traits';

const print = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '' },
      only: { type: 'string', default: '' },
      files: { type: 'string', default: '' },
      json: { type: 'string', default: '' },
      learn: { type: 'string', default: '' },
    },
  });
  const seed = Number(values.seed || Math.floor(Math.random() * 2 ** 31));
  const only = values.only.split(',').filter((name) => name !== '');
  const unknown = only.filter((name) => !traits.some((trait) => trait.name === name));
  if (!Number.isSafeInteger(seed)) throw new Error(`SEED is a whole number, not ${values.seed}.`);
  if (unknown.length > 0) {
    throw new Error(`ONLY has no trait ${unknown.join(', ')}. Traits: ${traits.map(({ name }) => name).join(', ')}.`);
  }
  const cases = corpus(seed, only);
  print(`eval: seed ${seed}, ${cases.length} workbooks`);
  const scores = await run(cases, subject, values.files === '' ? {} : { dir: values.files });
  const result = report(seed, scores);
  render(result).forEach(print);
  if (only.length === 0) {
    await printJudges();
    print('');
    printGoals(print, values.learn);
  }
  if (values.json !== '') await writeFile(values.json, `${JSON.stringify(result, null, 2)}\n`);
  process.exitCode = result.passed ? 0 : 1;
}

/** Prints the figures of each author's set, and how sure the reader was of what it read. */
async function printJudges(): Promise<void> {
  print('');
  const all: Verdict[] = [];
  for (const author of authors) {
    const verdicts = await runSet(author, subject);
    print(renderFigures(figuresOf(author, verdicts)));
    all.push(...verdicts);
  }
  renderCurve(all).forEach(print);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
