import { constants } from 'node:fs';
import { copyFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findNearest } from '../../core/nearest';
import type { WorkflowDefinition } from '../../schemas/definition/definition';
import { findProjectRoot, UserError } from '../../src/config';
import { readYaml } from '../../src/definition/yaml';

/** A ready definition to copy, with an input to try it with. */
export interface DefinitionExample {
  name: string;
  description: string;
  /** paths of its files */
  definition: string;
  input: string;
}

const FOLDER = join('examples', 'workflows');

/** The definitions that come with AWE, by their names. */
export async function listExamples(): Promise<DefinitionExample[]> {
  const folder = join(findProjectRoot(), FOLDER);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort();
  return await Promise.all(
    files.map(async (file) => {
      const definition = join(folder, file);
      const name = file.slice(0, -'.yaml'.length);
      const { description = '' } = readYaml(await readFile(definition, 'utf8')).value as WorkflowDefinition;
      return { name, description, definition, input: join(folder, `${name}.input.json`) };
    }),
  );
}

/**
 * Copies an example into a folder that is there, as `<name>.yaml` and `<name>.input.json`.
 * @returns the paths. @throws UserError if there is no such example, or a file is in the way
 */
export async function copyExample(name: string, folder: string): Promise<{ definition: string; input: string }> {
  const examples = await listExamples();
  const found = examples.find((example) => example.name === name);
  if (!found) {
    const names = examples.map((example) => example.name);
    const near = findNearest(name, names);
    throw new UserError(
      `There is no example ${name}. ${near === undefined ? `There are ${names.join(', ')}.` : `Did you mean ${near}?`}`,
    );
  }
  const copied = { definition: join(folder, `${name}.yaml`), input: join(folder, `${name}.input.json`) };
  for (const part of ['definition', 'input'] as const) await copyTo(found[part], copied[part]);
  return copied;
}

async function copyTo(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_EXCL).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new UserError(`${to} is there already: move it, or copy to another folder.`);
    throw new UserError(`${to} cannot be written: ${error.message}`);
  });
}
