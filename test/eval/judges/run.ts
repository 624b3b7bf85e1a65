/** Has the authors' files read, and sums up what a clerk would have found out too late. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../../src/config';
import { SpreadsheetError } from '../../../src/spreadsheets/errors';
import type { Subject } from '../run';
import type { Reading } from '../scoring/score';
import type { Case } from './contract';
import { judge, type Verdict } from './score';

const REFUSED: Reading = { outcome: 'refused', lines: [], facts: {}, anomalies: [] };

/** The authors, none of whom has seen the reader. */
export const authors = [
  'j1',
  'j2',
  'j3',
  'j4',
  'j5',
  'j6',
  'j7',
  'j8',
  'j9',
  'j10',
  'j11',
  'j12',
  'j13',
  'small',
  'small2',
  'small3',
  'small4',
  'small5',
  'small6',
] as const;

const folderOf = (author: string) => join(findProjectRoot(), 'test', 'eval', 'judges', 'sets', author);

/** The files of an author, with their answers. */
export const casesOf = (author: string): Case[] =>
  JSON.parse(readFileSync(join(folderOf(author), 'answers.json'), 'utf8')) as Case[];

/** Has each file of an author read, and judges it. */
export async function runSet(author: string, subject: Subject): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const one of casesOf(author)) {
    const begin = performance.now();
    const path = join(folderOf(author), 'files', one.file);
    const reading = await subject(path, one.file, one.language).catch((error: unknown) => {
      if (error instanceof SpreadsheetError) return REFUSED;
      throw error;
    });
    verdicts.push(judge(one, reading, sheetsOf(one, reading), performance.now() - begin));
  }
  return verdicts;
}

/** Number of sheets that lines lie on; a CSV has one, whatever an author calls it. */
function sheetsOf({ file, golden }: Case, { lines }: Reading): number {
  if (!file.endsWith('.xlsx')) return 1;
  const wanted = golden.orders.flatMap((order) => order.lines.map(({ sheet }) => sheet));
  return new Set([...wanted, ...lines.flatMap((line) => line.quantity?.from?.sheet ?? [])]).size;
}

/** The figures of a set. Shares are of files. */
export interface Figures {
  set: string;
  files: number;
  /** wrong values, lines, facts and orders of which no word warns */
  silent: number;
  right: number;
  /** of the files that are no orders */
  told: number;
  /** of the files that are orders */
  stopped_needlessly: number;
  needless_flags_per_file: number;
  slowest_ms: number;
}

export function figuresOf(set: string, verdicts: readonly Verdict[]): Figures {
  const orders = verdicts.filter(({ is_order }) => is_order);
  const others = verdicts.filter(({ is_order }) => !is_order);
  const share = (part: readonly unknown[], of: readonly unknown[]) => (of.length === 0 ? 1 : part.length / of.length);
  return {
    set,
    files: verdicts.length,
    silent: verdicts.reduce((sum, { mistakes }) => sum + mistakes.filter(({ silent }) => silent).length, 0),
    right: share(
      verdicts.filter(({ right }) => right),
      verdicts,
    ),
    told: share(
      others.filter(({ told }) => told),
      others,
    ),
    stopped_needlessly: share(
      orders.filter(({ needless_stop }) => needless_stop),
      orders,
    ),
    needless_flags_per_file:
      orders.reduce((sum, { needless_flags }) => sum + needless_flags, 0) / Math.max(1, orders.length),
    slowest_ms: Math.max(0, ...verdicts.map(({ ms }) => ms)),
  };
}

const STEPS = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99];

/** How often values of a confidence are right: the calibration. */
export function curveOf(verdicts: readonly Verdict[]): { from: number; values: number; right: number }[] {
  const values = verdicts.flatMap((verdict) => verdict.values);
  return STEPS.map((from, i) => {
    const own = values.filter(({ confidence }) => confidence >= from && confidence < (STEPS[i + 1] ?? 2));
    return { from, values: own.length, right: own.filter(({ right }) => right).length / Math.max(1, own.length) };
  });
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

export const renderFigures = (one: Figures): string =>
  [
    one.set.padEnd(12),
    `${one.files} files, silent ${one.silent}, right ${percent(one.right)}, no-orders told ${percent(one.told)},`,
    `stopped needlessly ${percent(one.stopped_needlessly)}, ${one.needless_flags_per_file.toFixed(2)} needless flags a file,`,
    `slowest ${Math.round(one.slowest_ms)} ms`,
  ].join(' ');

export const renderCurve = (verdicts: readonly Verdict[]): string[] =>
  curveOf(verdicts)
    .filter(({ values }) => values > 0)
    .map(
      ({ from, values, right }) => `  confidence from ${from.toFixed(2)}: ${values} values, ${percent(right)} right`,
    );
