import type { Command } from 'commander';
import { resolve } from 'node:path';
import { ensureApiKeys, ensureGatewayKeys } from '../../src/local/api-keys';
import { ensureNamespace } from '../../src/local/namespace';
import { ensureSearchAttributes } from '../../src/local/temporal';
import type { Config } from '../../src/config';
import { withStores } from '../../src/generations/stores';
import type { Cli } from '../cli';

export function registerPrepare(program: Command, cli: Cli): void {
  program
    .command('prepare')
    .description('prepare a Temporal that runs elsewhere for AWE: its namespace and search attributes')
    .option(
      '--keys <folder>',
      'also make a key of the API and one of the gateway in folders below this one, unless they have keys',
    )
    .option('--begin', 'also begin a generation of the stores, for the start of a whole stack')
    .action(async ({ keys, begin }: { keys?: string; begin?: boolean }) => {
      const config = cli.config();
      const { temporal } = config;
      await ensureNamespace(temporal, cli.say);
      await ensureSearchAttributes(temporal);
      cli.say('Temporal: the search attributes are registered.');
      if (begin) await beginGeneration(config, cli);
      if (keys === undefined) return;
      const { file, keyFile, made } = ensureApiKeys(resolve(keys));
      ensureGatewayKeys(resolve(keys));
      cli.say(
        made
          ? `API: a first key is in ${keyFile}; ${file} keeps its hash.`
          : `API: ${file} has keys already; they stay.`,
      );
    });
}

const beginGeneration = (config: Config, cli: Cli) =>
  withStores(config, { journal: false }, async (stores) => {
    await stores.assertFit();
    const generation = await stores.begin(cli.say);
    if (generation) cli.say(`Stores: they fit each other; this start is generation ${generation.n}.`);
  });
