import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { findProjectRoot, UserError } from '../../src/config';
import type { Cli } from '../cli';
import { projectFiles } from '../init/files';

/** Packages that a project takes in the version that AWE is built with. */
const PACKAGES = ['@types/node', 'typescript'];

export function registerInit(program: Command, cli: Cli): void {
  program
    .command('init')
    .description('make a TypeScript project with a tool, its test and a workflow, that uses AWE from code')
    .argument('<dir>', 'a folder that is empty or not there')
    .action(async (dir: string) => {
      const files = await initProject(resolve(dir));
      files.forEach((file) => cli.note(`  ${file}`));
      cli.say(`Made ${dir}. Next: cd ${dir} && npm install && npm test`);
    });
}

/** Writes a project into a folder. @returns the paths. @throws UserError if something is there */
export async function initProject(dir: string): Promise<string[]> {
  const there = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new UserError(`${dir} cannot be used: ${error.message}`);
  });
  if (there.length > 0) throw new UserError(`${dir} is not empty: name a folder that is empty or not there.`);
  const root = findProjectRoot();
  const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    devDependencies: { [name: string]: string };
  };
  const files = projectFiles({
    name: nameOf(dir),
    awe: relative(dir, root).replaceAll('\\', '/'),
    packages: Object.fromEntries(PACKAGES.map((name) => [name, devDependencies[name] ?? '*'])),
  });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  return Object.keys(files);
}

/** A name that npm takes. */
const nameOf = (dir: string): string =>
  basename(dir)
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'workflows';
