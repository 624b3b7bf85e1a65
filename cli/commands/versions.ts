import type { Command } from 'commander';
import { UserError, type Config } from '../../src/config';
import { createTemporal, type TemporalPort } from '../../src/temporal/client';
import { TemporalError } from '../../src/temporal/errors';
import { listVersions, promoteVersion } from '../../src/temporal/versions';
import type { Cli } from '../cli';
import { formatTable } from '../table';

export function registerVersions(program: Command, cli: Cli): void {
  const versions = program
    .command('versions')
    .description('releases of workers with an AWE_WORKER_BUILD_ID: which takes new runs, which still has open ones');
  versions
    .command('list')
    .description('each release and its state: current, draining, drained, or waiting to be promoted')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const list = await withTemporal(cli.config(), listVersions);
      if (json) return cli.json(list);
      if (list.length === 0) return cli.say('No worker has a build id: any worker takes any run.');
      const rows = list.map(({ build_id, state, since }) => [build_id, state, since ?? '-']);
      formatTable(['BUILD ID', 'STATE', 'FIRST SEEN'], rows).forEach(cli.say);
    });
  versions
    .command('promote <build-id>')
    .description('let new runs start with this release; open runs stay with theirs')
    .action(async (buildId: string) => {
      await withTemporal(cli.config(), (temporal, namespace) => promoteVersion(temporal, namespace, buildId));
      cli.say(`New runs start with ${buildId}.`);
    });
}

async function withTemporal<T>(config: Config, use: (temporal: TemporalPort, namespace: string) => Promise<T>) {
  const temporal = createTemporal(config);
  try {
    return await use(temporal, config.namespace);
  } catch (error) {
    if (error instanceof TemporalError) throw new UserError(`Temporal says: ${error.message}`);
    throw error;
  } finally {
    await temporal.close();
  }
}
