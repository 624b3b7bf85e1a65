import type { Command } from 'commander';
import { resolve } from 'node:path';
import { withStores } from '../../src/generations/stores';
import { backup, restore, type Manifest } from '../../src/local/backup';
import { counted } from '../../src/words';
import type { Cli } from '../cli';

export function registerBackup(program: Command, cli: Cli): void {
  program
    .command('backup <folder>')
    .description('copy all stores of the stopped local stack into a new folder, with a manifest of their hashes')
    .action(async (folder: string) => {
      const manifest = await backup(cli.config(), resolve(folder), cli.note);
      cli.say(`${summaryOf(manifest)} saved in ${resolve(folder)}. It holds secrets: keep it where only you can read.`);
    });
  program
    .command('restore <folder>')
    .description('verify a backup, and put it in the place of the stores of the stopped local stack')
    .option('--replace', 'move the stores that are there aside')
    .action(async (folder: string, { replace = false }: { replace?: boolean }) => {
      const manifest = await restore(cli.config(), resolve(folder), { replace }, cli.note);
      cli.say(`${summaryOf(manifest)} restored, as of ${manifest.created_at}. \`awe up\` starts on it.`);
    });
  program
    .command('accept-stores')
    .description('go on with stores that do not fit each other, where the right ones are lost for good')
    .action(async () => {
      const generation = await withStores(cli.config(), { journal: true }, ({ begin }) => begin(cli.note));
      if (generation) cli.say(`All stores are now of generation ${generation.n}: \`awe up\` starts on them.`);
    });
}

const summaryOf = ({ files, generation }: Manifest) =>
  `${counted(files.length, 'file')}${generation ? ` of generation ${generation.n}` : ''}`;
