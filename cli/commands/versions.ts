import type { Command } from 'commander';
import { listVersions, promoteVersion } from '../../src/temporal/versions';
import { withTemporal } from '../../src/temporal/with-temporal';
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
      const config = cli.config();
      const list = await withTemporal(config, (temporal) => listVersions(temporal, config.namespace));
      if (json) return cli.json(list);
      if (list.length === 0) return cli.say('No worker has a build id: any worker takes any run.');
      const rows = list.map(({ build_id, state, since }) => [build_id, state, since ?? '-']);
      formatTable(['BUILD ID', 'STATE', 'FIRST SEEN'], rows).forEach(cli.say);
    });
  versions
    .command('promote <build-id>')
    .description('let new runs start with this release; open runs stay with theirs')
    .action(async (buildId: string) => {
      const config = cli.config();
      await withTemporal(config, (temporal) => promoteVersion(temporal, config.namespace, buildId));
      cli.say(`New runs start with ${buildId}.`);
    });
}
