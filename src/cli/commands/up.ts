import type { Command } from 'commander';
import { up } from '../../local/stack';
import type { Cli } from '../cli';

export function registerUp(program: Command, cli: Cli): void {
  program
    .command('up')
    .description(
      'start the local stack (Temporal, Redis, LLM gateway, worker, consumer and API), wait until it is ready, print its addresses',
    )
    .action(() => up(cli.config(), cli.say));
}
