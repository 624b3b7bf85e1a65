import { readFile } from 'node:fs/promises';
import type { Policy } from '../../schemas/policy';
import { UserError } from '../config/errors';
import { readPolicy } from './read';

/** Reads the policy of a file. @throws UserError that names every fault with its line */
export async function loadPolicy(file: string): Promise<Policy> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UserError(`The policy ${file} cannot be read: ${error.message}`);
  });
  const read = readPolicy(text);
  if ('policy' in read) return read.policy;
  const lines = read.faults.map(({ line, message }) => `  ${line === undefined ? '' : `line ${line}: `}${message}`);
  throw new UserError(
    [`The policy ${file} has ${lines.length} fault${lines.length === 1 ? '' : 's'}:`, ...lines].join('\n'),
  );
}
