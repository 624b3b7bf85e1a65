import { readFile } from 'node:fs/promises';
import type { DefinitionFault, WorkflowDefinition } from '../../schemas/definition/definition';
import { UserError } from '../../src/config';
import { readYaml, type ReadYaml } from '../../src/definition/yaml';

/** A definition in a file, as YAML or JSON, and where its parts stand. */
export interface DefinitionFile {
  definition: WorkflowDefinition;
  locate: ReadYaml['locate'];
}

/** Reads a file that the user has named. Throws `UserError`, with a line for each place that cannot be read. */
export async function readDefinitionFile(file: string): Promise<DefinitionFile> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`);
  });
  const { value, faults, locate } = readYaml(text);
  if (faults.length > 0) throw new UserError(faults.map((found) => faultLine(file, found)).join('\n'));
  return { definition: value as WorkflowDefinition, locate };
}

/** A fault as compilers write them, so that editors find the place. */
export function faultLine(file: string, { pointer, message, hint, line, column }: DefinitionFault): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return `${place}: ${pointer === '' ? '' : `${pointer}: `}${message}${hint === undefined ? '' : ` (${hint})`}`;
}
