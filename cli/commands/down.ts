import type { Command } from 'commander';
import { down } from '../../src/local/stack';
import type { Cli } from '../cli';

export function registerDown(program: Command, cli: Cli): void {
  program
    .command('down')
    .description('stop what `awe up` started, and nothing else; state is kept')
    .action(() => down(cli.config(), cli.say));
}
