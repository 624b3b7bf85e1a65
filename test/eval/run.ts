import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Case } from './corpus/golden';
import { score, type Reading, type Score } from './scoring/score';
import { writeCase } from './write';

/** Reads the workbook at the path. Rejects only if the reader itself is broken. */
export type Subject = (path: string, file: string, language: 'en' | 'fr') => Promise<Reading>;

/** Writes each workbook, has it read, and scores the reading. `dir` keeps the workbooks. */
export async function run(
  cases: Case[],
  subject: Subject,
  { dir, done }: { dir?: string; done?: (score: Score) => void } = {},
): Promise<Score[]> {
  const folder = dir ?? (await mkdtemp(join(tmpdir(), 'awe-eval-')));
  await mkdir(folder, { recursive: true });
  const scores: Score[] = [];
  try {
    for (const one of cases) {
      const path = await writeCase(one, folder);
      const begin = performance.now();
      const result = await readOrFail(one, subject, path, begin);
      scores.push(result);
      done?.(result);
    }
  } finally {
    if (dir === undefined) await rm(folder, { recursive: true, force: true });
  }
  return scores;
}

/** A subject that throws has read nothing: the error becomes the file's failure. */
async function readOrFail(one: Case, subject: Subject, path: string, begin: number): Promise<Score> {
  try {
    const reading = await subject(path, one.file, one.language);
    return score(one, reading, performance.now() - begin);
  } catch (error) {
    const nothing: Reading = { outcome: 'refused', lines: [], facts: {}, anomalies: [] };
    const result = score(one, nothing, performance.now() - begin);
    const got = `thrown: ${error instanceof Error ? error.message : String(error)}`;
    result.failures.unshift({ file: one.file, kind: 'outcome', silent: false, at: 'file', expected: 'a reading', got });
    return result;
  }
}
