import type { Command } from 'commander';
import { ensureChromium } from '../../src/local/chromium';
import { ensureRedisBinary } from '../../src/local/redis';
import { ensureTemporalBinary } from '../../src/local/temporal';
import { ensureTestServer } from '../../src/local/test-server';
import type { Cli } from '../cli';

export function registerSetup(program: Command, cli: Cli): void {
  program
    .command('setup')
    .description('fetch or build the servers ahead of time, so that `up` and the tests need not')
    .option('--tests', 'also the servers and the browser for the tests, whatever the configuration names')
    .action(async ({ tests = false }: { tests?: boolean }) => {
      const config = cli.config();
      if (tests || !config.temporal.external) cli.say(`Temporal: ${await ensureTemporalBinary(cli.say)}`);
      if (tests || !config.redis.external) cli.say(`Redis: ${(await ensureRedisBinary(cli.say)).path}`);
      if (tests) cli.say(`Chromium: ${await ensureChromium(cli.say)}`);
      if (tests) cli.say(`Test server: ${await ensureTestServer(cli.say, { configured: config.testServer })}`);
    });
}
