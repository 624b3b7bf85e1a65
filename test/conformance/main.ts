/**
 * `make conformance ONLY=scenario,…`: runs the official suite of MCP on AWE as a server and as a client. Exits with 1 if a
 * check fails that is not among those which cannot be met, or if one of those is met.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clientScenarios, serverScenarios, type Scenario } from './scenarios';
import { startFixture } from './server';
import { openSuite, type Check } from './suite';

const print = (line: string) => process.stdout.write(`${line}\n`);

/** What is wrong with a scenario's checks, a line each. */
function faultsOf({ without = {} }: Scenario, checks: readonly Check[]): string[] {
  const failed = checks.filter(({ status }) => status === 'FAILURE');
  const unexpected = failed.filter(({ id }) => !(id in without));
  const met = Object.keys(without).filter((id) => !failed.some((check) => check.id === id));
  return [
    ...unexpected.map(({ id, errorMessage }) => `${id}: ${errorMessage ?? 'failed'}`),
    ...met.map((id) => `${id} is met, or was not tried: take it from the list`),
    ...(checks.some(({ status }) => status === 'SUCCESS') ? [] : ['nothing was checked']),
  ];
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
  const only = values.only.split(',').filter((name) => name !== '');
  const suite = await openSuite();
  const fixture = await startFixture();
  const command = `${process.execPath} ${join(__dirname, 'client.js')}`;
  const sides = [
    { side: 'server' as const, scenarios: serverScenarios, words: ['--url', fixture.url] },
    { side: 'client' as const, scenarios: clientScenarios, words: ['--command', command] },
  ];
  let failed = 0;
  for (const { side, scenarios, words } of sides)
    for (const scenario of scenarios.filter(({ name }) => only.length === 0 || only.includes(name)))
      for (const version of scenario.versions) {
        const checks = await suite.run(side, scenario.name, version, words);
        const faults = faultsOf(scenario, checks);
        const passed = checks.filter(({ status }) => status === 'SUCCESS').length;
        failed += faults.length > 0 ? 1 : 0;
        const left = Object.keys(scenario.without ?? {}).length;
        print(
          `${faults.length > 0 ? '✗' : '✓'} ${side} ${scenario.name} ${version}: ${passed} passed${left > 0 ? `, ${left} not met` : ''}`,
        );
        faults.forEach((fault) => print(`    ${fault}`));
      }
  fixture.stop();
  print(failed === 0 ? 'All as expected.' : `${failed} scenarios failed.`);
  process.exitCode = failed === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(1);
});
