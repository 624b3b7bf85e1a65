/** Files of other people, kept outside the project; tests that want them are skipped without them. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of samples; `AWE_SAMPLES` names another. */
const FOLDER = process.env['AWE_SAMPLES'] ?? resolve(__dirname, '../../../shared/samples');

/** A sample's bytes, if it exists. */
export function sample(path: string): Buffer | undefined {
  const file = join(FOLDER, path);
  return existsSync(file) ? readFileSync(file) : undefined;
}
