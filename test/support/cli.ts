/** A command line of `awe`, run in the process of a test. */
import { Command } from 'commander';
import { createCli, type Cli } from '../../cli/cli';
import type { Config } from '../../src/config';

/** Runs a command: the lines that it prints, and its exit code, which is 0 unless it says another. */
export async function runCli(
  config: Config,
  registers: readonly ((program: Command, cli: Cli) => void)[],
  words: readonly string[],
): Promise<{ said: string; code: number }> {
  const said: string[] = [];
  let code = 0;
  const cli = createCli({
    config: () => config,
    say: (line) => void said.push(line),
    note: () => undefined,
    exit: (given) => void (code = given),
  });
  const program = new Command('awe').exitOverride();
  for (const register of registers) register(program, cli);
  await program.parseAsync([...words], { from: 'user' });
  return { said: said.join('\n'), code };
}
