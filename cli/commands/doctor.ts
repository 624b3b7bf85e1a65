import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { pino } from 'pino';
import { UserError } from '../../src/config';
import { withTemporal } from '../../src/temporal/with-temporal';
import { counted } from '../../src/words';
import type { Diagnosis } from '../../workers/doctor';
import type { Cli } from '../cli';
import { parseCount } from '../options';
import { formatTable } from '../table';

/** Exit code where a run would not go on. */
const UNFIT = 1;

/** Open runs that are replayed unless the option says otherwise. */
const MOST = 1_000;

export function registerDoctor(program: Command, cli: Cli): void {
  program
    .command('doctor')
    .description(
      'replay the open runs against the code on disk, before it is switched on, and name those that would not go on; exits with 1 if there are any',
    )
    .option('--bundle <file>', 'the workflow bundle of another release; by default that of this build')
    .option('--limit <number>', 'look at this many open runs at most, the newest', parseCount, MOST)
    .option('--json', 'print JSON')
    .action(async (options: { bundle?: string; limit: number; json?: boolean }) => {
      const config = cli.config();
      // loads Temporal's worker, which other commands do without
      const [{ examineOpenRuns }, { BUNDLE_PATH }, { installRuntime }] = await Promise.all([
        import('../../workers/doctor.js'),
        import('../../workers/bundle.js'),
        import('../../workers/runtime.js'),
      ]);
      const bundlePath = options.bundle ?? BUNDLE_PATH;
      if (!existsSync(bundlePath)) throw new UserError(`There is no workflow bundle ${bundlePath}: run "make build".`);
      installRuntime(pino({ level: 'silent' })); // its warnings are our findings
      const found = await withTemporal(config, (temporal) =>
        examineOpenRuns(temporal, config.namespace, { bundlePath, most: options.limit }),
      );
      if (options.json) cli.json(found);
      else wordsOf(found).forEach(cli.say);
      if (found.unfit.length > 0) cli.exit(UNFIT);
    });
}

/** The findings for people. */
export function wordsOf({ open, examined, unfit }: Diagnosis): string[] {
  const rest =
    open > examined ? [`${open} are open; the newest ${examined} were replayed: --limit ${open} looks at all.`] : [];
  const fit = examined - unfit.length;
  if (unfit.length === 0) return [`${counted(fit, 'open run')} would go on with this code.`, ...rest];
  const rows = unfit.map(({ workflow_id, process, started_at, reason }) => [workflow_id, process, started_at, reason]);
  return [
    `${counted(fit, 'open run')} would go on with this code, ${unfit.length} would not:`,
    ...formatTable(['run', 'process', 'started', 'why'], rows),
    'Leave the workers of the release that began them running until they have ended (docs/operating.md, "New releases").',
    ...rest,
  ];
}
