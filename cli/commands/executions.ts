import type { Command } from 'commander';
import type { Execution, ExecutionRequested, Executions } from '../../schemas/definition/api';
import type { Cli } from '../cli';
import { formatExecution, tableOfExecutions } from '../definition/words';
import { readList, sumLine, withListOptions, type ListOptions } from '../list';
import { parseCount, withApiOptions, type ApiOptions } from '../options';
import { withUsageExit } from '../usage';

interface Filters extends ListOptions {
  workflow?: string;
  version?: number;
}

export function registerExecutions(program: Command, cli: Cli): void {
  const executions = withUsageExit(program.command('executions')).description('executions of workflow definitions');
  const address = (id: string) => `/api/v1/executions/${encodeURIComponent(id)}`;
  const on = (name: string, description: string) =>
    withApiOptions(executions.command(name).description(description).argument('<id>'));

  withListOptions(executions.command('list').description('executions, newest first'))
    .option('--workflow <id>', 'only those of this workflow')
    .option('--version <n>', 'with --workflow: only those of this version', parseCount)
    .action(async ({ apiKey, json, ...query }: Filters) => {
      const page = await readList(cli.api(apiKey), '/api/v1/executions', query, (one: Executions) => one.executions);
      const { entries, counts } = page;
      cli.print({ json }, { executions: entries, counts }, () => [
        ...tableOfExecutions(entries),
        sumLine(entries.length, 'execution', counts),
      ]);
    });

  on('show', 'an execution: its steps, what it waits for, its result').action(
    async (id: string, options: ApiOptions) => {
      const execution = await cli.api(options.apiKey).get<Execution>(address(id));
      cli.print(options, execution, () => formatExecution(execution));
    },
  );

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
