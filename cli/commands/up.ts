import type { Command } from 'commander';
import { up } from '../../src/local/stack';
import { layOutExamples } from '../examples';
import type { Cli } from '../cli';

export function registerUp(program: Command, cli: Cli): void {
  program
    .command('up')
    .description(
      'start the local stack (Temporal, Redis, PostgreSQL where it is installed, LLM gateway, worker, consumer and API), wait until it is ready, print its addresses',
    )
    .action(async () => {
      const config = cli.config();
      await layOutExamples(config.root);
      await up(config, cli.say);
    });
}
