import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { ReplayAccepted, ReplayRequest, ReplayResult } from '../../schemas/recordings/api';
import { settled } from '../../src/settled';
import type { Cli } from '../cli';
import { lineOf } from '../jobs/progress';
import { runIdOf } from '../jobs/run-id';
import { withApiOptions, type ApiOptions } from '../options';
import { UsageError, withUsageExit } from '../usage';
import { importFile } from './recordings';

/** Exit codes of a replay. */
const exits = { identical: 0, different: 1 } as const;

interface ReplayOptions extends ApiOptions {
  liveFrom?: string;
  with: string[];
}

export function registerReplay(program: Command, cli: Cli): void {
  withApiOptions(
    withUsageExit(program.command('replay'))
      .description(
        'run a recorded job again with every answer of the world from its recording, and compare; ' +
          'exits with 0 where the two are identical, 1 where they differ',
      )
      .argument('<run>', 'id of the job, the agent run or its workflow, or the file of a recording')
      .option('--live-from <step>', 'let a step reach the world, with all that depends on it')
      .option(
        '--with <change>',
        'model=NAME, or prompt=TASK@FILE: try another model, or other instructions; may be given several times',
        (change: string, before: string[]) => [...before, change],
        [],
      ),
  ).action(async (given: string, { liveFrom: live_from, with: changes, ...options }: ReplayOptions) => {
    const client = cli.api(options.apiKey);
    const wanted: ReplayRequest = { live_from, ...(await changeOf(changes)) };
    const run = existsSync(given) ? (await importFile(client, given)).workflow_id : await runIdOf(client, given);
    const accepted = await client.post<ReplayAccepted>(`/runs/${encodeURIComponent(run)}/replay`, wanted);
    const { links, live } = accepted;
    cli.note(live.length === 0 ? accepted.workflow_id : `${accepted.workflow_id}, live: ${live.join(', ')}`);
    for await (const event of client.events(links.events ?? '')) cli.note(lineOf(event));
    const result = await settled(() => client.get<ReplayResult>(links.comparison ?? ''));
    const { identical, digest, differences } = result;
    cli.print(options, result, () =>
      identical ? [`identical: ${digest ?? ''}`] : ['different', ...differences.map(({ words }) => `  ${words}`)],
    );
    cli.exit(identical ? exits.identical : exits.different);
  });
}

/** The change that is tried, as the options say it. */
async function changeOf(changes: readonly string[]): Promise<Pick<ReplayRequest, 'model' | 'prompts'>> {
  let model: string | undefined;
  const prompts: { [task: string]: string } = {};
  for (const change of changes) {
    const [, name] = /^model=(.+)$/.exec(change) ?? [];
    const [, task, file] = /^prompt=([a-z.]+)@(.+)$/.exec(change) ?? [];
    if (name !== undefined) model = name;
    else if (task !== undefined && file !== undefined) prompts[task] = await readFile(file, 'utf8');
    else throw new UsageError(`--with takes model=NAME or prompt=TASK@FILE, not ${change}`);
  }
  return { model, prompts: Object.keys(prompts).length === 0 ? undefined : prompts };
}
