import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Real workbooks of other projects. They lie beside the project during development, and are not part of it. */
const FOLDER = process.env.AWE_SAMPLES ?? join(__dirname, '../../../../shared/samples');

export interface Sample {
  name: string;
  path: string;
}

/** Workbooks by name; none without samples. */
export const samples: Sample[] = ['xlsx-quirks', 'xlsx-hostile'].flatMap((kind) => {
  const folder = join(FOLDER, kind);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => ({ name, path: join(folder, name) }));
});

/** `describe`, or its skipping form with a message if there are no samples. */
export function describeSamples(title: string, tests: () => void): void {
  if (samples.length > 0) describe(title, tests);
  else describe.skip(`${title} (skipped: no samples in ${FOLDER})`, tests);
}
