import { readFileSync } from 'node:fs';
import { UserError } from './errors';

/** Reads a secret from the file that a variable names, if it names one. */
export function readSecret(variable: string, file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new UserError(`${variable}: ${file} cannot be read: ${(error as Error).message}`);
  }
}
