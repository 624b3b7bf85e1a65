import type { Command } from 'commander';
import type { Policy } from '../../schemas/policy';
import { policyDigest } from '../../src/policy/decide';
import { loadPolicy } from '../../src/policy/load';
import { runPolicyTests, type PolicyTestResult } from '../../src/policy/tests';
import { wordsOfPolicy } from '../../src/policy/words';
import { counted } from '../../src/words';
import type { Cli } from '../cli';
import { formatTable } from '../table';
import { toolsOf } from '../tools';

/** Exit code where a test of a policy fails. */
const FAILED = 1;

export function registerPolicy(program: Command, cli: Cli): void {
  const policy = program.command('policy').description('the rules that say what jobs may do');
  const load = async (file: string | undefined) => {
    const path = file ?? cli.config().policy.file;
    return { path, policy: await loadPolicy(path) };
  };

  policy
    .command('show')
    .description('show the rules and limits of a policy')
    .argument('[file]', 'the policy (default: POLICY_FILE)')
    .option('--json', 'print JSON')
    .action(async (file: string | undefined, options: { json?: boolean }) => {
      const { path, policy } = await load(file);
      cli.print(options, policy, () => linesOf(path, policy));
    });

  policy
    .command('test')
    .description('run the tests of a policy; exits with 1 if one fails')
    .argument('[file]', 'the policy (default: POLICY_FILE)')
    .option('--json', 'print JSON')
    .action(async (file: string | undefined, options: { json?: boolean }) => {
      const { path, policy } = await load(file);
      const { catalogue } = await toolsOf(cli.config());
      reportTests(cli, path, runPolicyTests(policy, catalogue), options);
    });
}

/** Prints the outcome of the tests of a policy; the process exits with 1 where one has failed. */
export function reportTests(
  cli: Pick<Cli, 'print' | 'exit'>,
  path: string,
  results: readonly PolicyTestResult[],
  options: { json?: boolean },
): void {
  cli.print(options, results, () => wordsOf(path, results));
  if (results.some(({ passed }) => !passed)) cli.exit(FAILED);
}

/** A policy for people. */
export function linesOf(path: string, policy: Policy): string[] {
  const { name, rules, tests = [] } = policy;
  return [
    `${name}, ${path}`,
    `digest ${policyDigest(policy)}`,
    ...formatTable(
      ['rule', 'effect', 'when', 'reason'],
      rules.map(({ id, effect, when, reason }) => [id, effect, when, reason]),
      { when: 90 },
    ),
    ...wordsOfPolicy(policy),
    counted(tests.length, 'test'),
  ];
}

/** The outcome of its tests for people. */
export function wordsOf(path: string, results: readonly PolicyTestResult[]): string[] {
  const failed = results.filter(({ passed }) => !passed);
  return [
    ...failed.map(({ name, fault }) => `FAILED  ${name}: ${fault}`),
    `${path}: ${counted(results.length, 'test')}, ${failed.length === 0 ? 'all passed' : `${failed.length} failed`}`,
  ];
}
