import { Option, type Command } from 'commander';
import type { NewRun, Run, RunAccepted } from '../../schemas/api';
import type { JobAccepted, NewJob } from '../../schemas/job/api';
import type { Cli } from '../cli';
import { settled } from '../../src/settled';
import { exampleNames, planOfExample, type ExampleName, type ExampleOptions } from '../jobs/example';
import { followJob } from '../jobs/follow';
import { lineOf } from '../jobs/progress';
import { readJsonFile } from '../json-file';
import { parsePriority } from '../options';
import { UsageError, withUsageExit } from '../usage';

interface RunOptions extends ExampleOptions {
  goal?: string;
  example?: ExampleName;
  context?: string;
  input?: string;
  priority?: number;
  planOnly?: boolean;
  simulate?: boolean;
  record?: boolean;
  yes?: boolean;
  id?: string;
  detach?: boolean;
  json?: boolean;
  apiKey?: string;
}

export function registerRun(program: Command, cli: Cli): void {
  withUsageExit(program.command('run'))
    .description(
      'have a goal carried out, or run a plan, and follow it to its end; ' +
        'exits with 0 when it is done, 1 if it fails, 7 while it waits for a person',
    )
    .argument('[plan]', 'a file that holds a plan as JSON; /docs has the form')
    .option(
      '--goal <goal>',
      'what is to be done, in words; a plan beside it is carried out in place of one made from it',
    )
    .addOption(new Option('--example <name>', 'a pre-built workflow, with the parameters below').choices(exampleNames))
    .option('--source <what>', 'data_pipeline: an address, or a source as JSON')
    .option('--transformations <file>', 'data_pipeline: a file that holds the operations as JSON, in order')
    .option('--destination <what>', 'data_pipeline: a file such as output/users.csv, an address, or a table as JSON')
    .option(
      '--calls <file>',
      'api_orchestration: a file that holds the calls as JSON, each with name, url and depends_on',
    )
    .option('--strategy <strategy>', 'api_orchestration: parallel (default) or sequential')
    .option('--job-config <file>', 'job_execution: a file that holds start, status and done as JSON')
    .option('--interval <time>', 'job_execution: time between two looks, such as 10s')
    .option('--context <file>', 'with a goal or an example: a file that holds what its plan sees as `input`, as JSON')
    .option('--priority <n>', 'with a goal or an example: 1 (first) to 5 (last)', parsePriority)
    .option('--plan-only', 'with a goal or an example: show the plan, and wait for its approval before anything runs')
    .option('--simulate', 'with a goal or an example: run it without effects')
    .option('--record', 'with a goal or an example: keep what it exchanges with the world, for `awe replay`')
    .option('--yes', 'with a goal or an example: approve its plan as it is shown')
    .option('--input <file>', 'with a plan alone: a file that holds what its expressions see as `input`, as JSON')
    .option('--id <id>', 'repeating an id runs it only once (default: a new id)')
    .option('--detach', 'print the id, and do not wait')
    .option('--json', 'print the job, or the run, as JSON at its end')
    .option('--api-key <key>', 'if the API needs one (default: AWE_API_KEY)')
    .action(async (file: string | undefined, options: RunOptions) => {
      if (options.example !== undefined) {
        if (file !== undefined) throw new UsageError('An example has its own plan: leave the file out.');
        const plan = await planOfExample(options.example, options);
        return await runGoal(cli, { ...options, goal: options.goal ?? plan.name }, plan);
      }
      const plan = file === undefined ? undefined : await readJsonFile<NewRun['plan']>(file);
      if (options.goal !== undefined) return await runGoal(cli, { ...options, goal: options.goal }, plan);
      if (plan === undefined)
        throw new UsageError('Say what to run: --goal "…", --example <name>, or a file that holds a plan.');
      await runPlan(cli, options, plan);
    });
}

async function runGoal(
  cli: Cli,
  {
    goal,
    context: file,
    priority,
    planOnly,
    simulate,
    record,
    yes,
    id,
    detach,
    json,
    apiKey,
  }: RunOptions & { goal: string },
  plan: NewJob['plan'],
): Promise<void> {
  if (planOnly && simulate) throw new UsageError('--plan-only waits for an approval, --simulate needs none: give one.');
  const mode = simulate ? 'simulate' : planOnly ? 'plan' : 'run';
  const context = file === undefined ? undefined : await readJsonFile<NewJob['context']>(file);
  const client = cli.api(apiKey);
  const body: NewJob = { job_id: id, goal, context, priority, mode, plan, record };
  const { job_id } = await client.post<JobAccepted>('/jobs', body);
  if (detach) return cli.say(job_id);
  cli.note(job_id);
  await followJob(cli, client, job_id, { yes, json });
}

async function runPlan(cli: Cli, { input, id, detach, json, apiKey }: RunOptions, plan: NewRun['plan']): Promise<void> {
  const given = input === undefined ? undefined : await readJsonFile<NewRun['input']>(input);
  const client = cli.api(apiKey);
  const { workflow_id, links } = await client.post<RunAccepted>('/runs', { run_id: id, plan, input: given });
  if (detach) return cli.say(workflow_id);
  cli.note(workflow_id);
  for await (const event of client.events(links.events ?? '')) cli.note(lineOf(event));
  const run = await settled(() => client.get<Run>(links.self ?? ''));
  if (json) cli.json(run);
  else cli.say(run.error ? `${run.status}: ${run.error.message}` : run.status);
  if (run.status !== 'completed') cli.exit(1);
}
