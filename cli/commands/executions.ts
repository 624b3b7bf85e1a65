import type { Command } from 'commander';
import type {
  Execution,
  ExecutionAccepted,
  ExecutionRequested,
  Executions,
  RepeatedEffect,
  RerunPreview,
  RetryRequest,
} from '../../schemas/definition/api';
import { ApiRefusal } from '../../src/http/api-client';
import type { Cli } from '../cli';
import { formatExecution, formatRerun, tableOfEffects, tableOfExecutions } from '../definition/words';
import { readJsonFile } from '../json-file';
import { readList, sumLine, withListOptions, type ListOptions } from '../list';
import { parseCount, withApiOptions, type ApiOptions } from '../options';
import { withUsageExit } from '../usage';

interface Filters extends ListOptions {
  workflow?: string;
  version?: number;
  rerunOf?: string;
}

interface RerunOptions extends ApiOptions {
  from: string;
  input?: string;
  confirm?: boolean;
}

export function registerExecutions(program: Command, cli: Cli): void {
  const executions = withUsageExit(program.command('executions')).description('executions of workflow definitions');
  const address = (id: string) => `/api/v1/executions/${encodeURIComponent(id)}`;
  const on = (name: string, description: string) =>
    withApiOptions(executions.command(name).description(description).argument('<id>'));

  withListOptions(executions.command('list').description('executions, newest first'))
    .option('--workflow <id>', 'only those of this workflow')
    .option('--version <n>', 'with --workflow: only those of this version', parseCount)
    .option('--rerun-of <id>', 'only re-runs of this execution')
    .action(async ({ apiKey, json, rerunOf, ...rest }: Filters) => {
      const query = { ...rest, rerun_of: rerunOf };
      const page = await readList(cli.api(apiKey), '/api/v1/executions', query, (one: Executions) => one.executions);
      const { entries, counts } = page;
      cli.print({ json }, { executions: entries, counts }, () => [
        ...tableOfExecutions(entries),
        sumLine(entries.length, 'execution', counts),
      ]);
    });

  on('show', 'an execution: its steps with attempts and costs, what it waits for, its result')
    .option('--step <loop>', 'the steps within a loop, or within one of its elements, such as each or each.3')
    .action(async (id: string, { step, ...options }: ApiOptions & { step?: string }) => {
      const query = step === undefined ? '' : `?step=${encodeURIComponent(step)}`;
      const execution = await cli.api(options.apiKey).get<Execution>(`${address(id)}${query}`);
      cli.print(options, execution, () => formatExecution(execution));
    });

  on('retry', 'let an execution that has failed or was cancelled go on from its failed steps')
    .option('--confirm', 'also where effects may happen once more; without it they are listed, and nothing happens')
    .action(async (id: string, { confirm, ...options }: ApiOptions & { confirm?: boolean }) => {
      const client = cli.api(options.apiKey);
      const retry = (body: RetryRequest) => client.post<ExecutionRequested>(`${address(id)}/retry`, body);
      try {
        const taken = await retry({}).catch((error: unknown) => {
          const confirm_effects = effectsIn(error).map((effect) => effect.id);
          if (!confirm || confirm_effects.length === 0) throw error;
          return retry({ confirm_effects });
        });
        cli.print(options, taken, () => [`${id} goes on`]);
      } catch (error) {
        const effects = effectsIn(error);
        if (effects.length === 0) throw error;
        const words = [...tableOfEffects(effects), '', 'Nothing has happened: look at them, then --confirm retries.'];
        cli.print(options, { effects }, () => words);
        cli.exit(1);
      }
    });

  on('rerun', 'run an ended execution again from one of its steps, as a new execution')
    .requiredOption('--from <step>', 'the first step that runs again')
    .option('--input <file>', 'a file that holds other input, as JSON')
    .option('--confirm', 'also where effects happen once more; without it they are listed, and nothing is started')
    .action(async (id: string, { from, input, confirm, ...options }: RerunOptions) => {
      const client = cli.api(options.apiKey);
      const input_data = input === undefined ? undefined : await readJsonFile<object>(input);
      const wanted = { from_step: from, input_data };
      const preview = await client.post<RerunPreview>(`${address(id)}/rerun`, { ...wanted, preview: true });
      if (preview.effects.length > 0 && !confirm) {
        cli.print(options, preview, () => [...formatRerun(preview), '', 'Nothing was started: --confirm does it.']);
        cli.exit(1);
        return;
      }
      const confirm_effects = preview.effects.map((effect) => effect.id);
      const started = await client.post<ExecutionAccepted>(`${address(id)}/rerun`, { ...wanted, confirm_effects });
      cli.print(options, started, () => [...formatRerun(preview), '', `started ${started.execution_id}`]);
    });

  for (const [what, description] of [
    ['cancel', 'end an execution; what it has made stays'],
    ['pause', 'start no new step until it is resumed'],
    ['resume', 'let a paused execution go on'],
  ] as const) {
    on(what, description).action(async (id: string, options: ApiOptions) => {
      const taken = await cli.api(options.apiKey).post<ExecutionRequested>(`${address(id)}/${what}`, {});
      cli.print(options, taken, () => [`${id} has the request to ${what}`]);
    });
  }
}

/** Effects that a refusal lists, since they would happen once more. */
const effectsIn = (error: unknown): RepeatedEffect[] =>
  error instanceof ApiRefusal ? ((error.problem['effects'] ?? []) as RepeatedEffect[]) : [];
