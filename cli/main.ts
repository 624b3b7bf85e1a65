import { Command, CommanderError } from 'commander';
import { loadConfig, readVersion, UserError } from '../src/config';
import { guardFetch } from '../src/http/guard-fetch';
import { printable } from '../src/printable';
import { createCli } from './cli';
import { addCommands } from './commands';
import { createLive } from './live';
import { USAGE, UsageError } from './usage';

const live = process.stderr.isTTY ? createLive(process.stderr) : undefined;

/** Prints progress and warnings to standard error, so that standard output holds only results. */
function note(line: string): void {
  live?.leave();
  process.stderr.write(`${printable(line)}\n`);
}

const cli = createCli({
  config() {
    const config = loadConfig();
    config.warnings.forEach((warning) => note(`Warning: ${warning}`));
    return config;
  },
  say(line) {
    live?.leave();
    process.stdout.write(`${printable(line)}\n`);
  },
  note,
  live: live?.draw,
  exit: (code) => void (process.exitCode = code),
});

guardFetch();

// A reader may stop reading (`awe up | head`); the work goes on.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const program = new Command('awe')
  .description('AWE, the Agentic Workflow Engine: durable, approved, provable automation on Temporal')
  .version(readVersion(), '-V, --version', 'print the version of AWE')
  .showHelpAfterError()
  .configureHelp({ showGlobalOptions: true });

async function main(): Promise<void> {
  await addCommands(program, cli, process.argv[2]);
  await program.parseAsync();
}

main().catch((error: unknown) => {
  if (error instanceof CommanderError) return void (process.exitCode = error.exitCode === 0 ? 0 : USAGE);
  note(error instanceof UserError ? error.message : String(error instanceof Error ? error.stack : error));
  process.exitCode = error instanceof UsageError ? USAGE : 1;
  // ends the process even if something holds it open
  setTimeout(() => process.exit(process.exitCode), 1_000).unref();
});
