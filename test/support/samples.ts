/** Files of other people that lie beside the project, not in it; tests that want them do without where they are not. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of samples; `AWE_SAMPLES` names another. */
const FOLDER = process.env['AWE_SAMPLES'] ?? resolve(__dirname, '../../../shared/samples');

/** A sample's bytes, where it is there. */
export function sample(path: string): Buffer | undefined {
  const file = join(FOLDER, path);
  return existsSync(file) ? readFileSync(file) : undefined;
}
