import { readFile } from 'node:fs/promises';
import { UserError } from '../src/config';

/** Reads a file that the user has named. Throws `UserError`: the file, `fault`, and why. */
export async function readJsonFile<T>(file: string, fault = 'cannot be read as JSON'): Promise<T> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch (error) {
    throw new UserError(`${file} ${fault}: ${(error as Error).message}`);
  }
}
