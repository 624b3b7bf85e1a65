import type { Command } from 'commander';
import { UserError } from '../src/config';

/** Exit code of a command line that cannot be understood, where a command promises one of its own. */
export const USAGE = 2;

/** A command line that cannot be understood. */
export class UsageError extends UserError {}

/** Has a command, and those below it, exit with {@link USAGE} for options and arguments that they do not know. */
export const withUsageExit = (command: Command): Command => command.exitOverride();
