import type { Command } from 'commander';
import type { NewRun, Run, RunAccepted } from '../../schemas/api';
import type { Cli } from '../cli';
import { readJsonFile } from '../json-file';

interface RunOptions {
  input?: string;
  id?: string;
  detach?: boolean;
  json?: boolean;
  apiKey?: string;
}

export function registerRun(program: Command, cli: Cli): void {
  program
    .command('run')
    .description('run a plan, and follow it to its end; exits with 1 if it fails')
    .argument('<plan>', 'a file that holds the plan as JSON; /docs has the form')
    .option('--input <file>', 'a file that holds what its expressions see as `input`, as JSON')
    .option('--id <id>', 'repeating an id runs the plan only once (default: a new id)')
    .option('--detach', 'print the workflow id, and do not wait')
    .option('--json', 'print the run as JSON at its end')
    .option('--api-key <key>', 'if the API needs one (default: AWE_API_KEY)')
    .action(async (file: string, { input, id, detach, json, apiKey }: RunOptions) => {
      const plan = await readJsonFile<NewRun['plan']>(file);
      const given = input === undefined ? undefined : await readJsonFile<NewRun['input']>(input);
      const client = cli.api(apiKey);
      const body = { run_id: id, plan, input: given };
      const { workflow_id, links } = await client.post<RunAccepted>('/runs', body);
      if (detach) return cli.say(workflow_id);
      cli.note(workflow_id);
      for await (const { occurred_at, event_type, payload } of client.events(links.events ?? '')) {
        const about = [payload.step, payload.approval_id, payload.question].filter((word) => typeof word === 'string');
        cli.note([occurred_at.slice(11, 19), event_type, ...about].join('  '));
      }
      const run = await client.get<Run>(links.self ?? '');
      if (json) cli.json(run);
      else cli.say(run.error ? `${run.status}: ${run.error.message}` : run.status);
      if (run.status !== 'completed') cli.exit(1);
    });
}
