import type { Command } from 'commander';
import { status } from '../../local/stack';
import type { Cli } from '../cli';

export function registerStatus(program: Command, cli: Cli): void {
  program
    .command('status')
    .description('say what of the stack is running and ready')
    .action(async () => (await status(cli.config())).forEach(cli.say));
}
