import type { Command } from 'commander';
import type { AgentDetail, AgentList, AgentSummary } from '../../schemas/agents/api';
import type { Cli } from '../cli';
import { withApiOptions, type ApiOptions } from '../options';
import { formatTable } from '../table';

export function registerAgents(program: Command, cli: Cli): void {
  const agents = program.command('agents').description('the agents of all workers');

  withApiOptions(agents.command('list').description('list the agents: their tasks, and how they are')).action(
    async ({ apiKey, json }: ApiOptions) => {
      const list = await cli.api(apiKey).get<AgentList>('/api/v1/agents');
      if (json) return cli.json(list);
      if (list.agents.length === 0) return cli.say('No worker has announced an agent.');
      tableOf(list.agents).forEach(cli.say);
    },
  );

  withApiOptions(
    agents.command('show').description('show an agent: its tasks, and its state on each worker').argument('<agent>'),
  ).action(async (name: string, { apiKey, json }: ApiOptions) => {
    const agent = await cli.api(apiKey).get<AgentDetail>(`/api/v1/agents/${encodeURIComponent(name)}`);
    if (json) return cli.json(agent);
    linesOf(agent).forEach(cli.say);
  });
}

const tableOf = (agents: readonly AgentSummary[]): string[] =>
  formatTable(
    ['agent', 'status', 'workers', 'calls', 'failures', 'tasks'],
    agents.map(({ name, status, worker_count, totals, tasks }) => [
      name,
      status,
      String(worker_count),
      String(totals.calls),
      String(totals.failures),
      tasks.join(', ') || '-',
    ]),
    { tasks: 60 },
  );

function linesOf({ name, version, description, tasks, workers, totals, status }: AgentDetail): string[] {
  const { calls, failures, average_ms } = totals;
  const took = average_ms === undefined ? '' : `, ${average_ms} ms on average`;
  return [
    `${name}, version ${version}: ${status}`,
    description,
    `calls ${calls}, failures ${failures}${took}`,
    ...(tasks.length === 0
      ? []
      : [
          '',
          ...formatTable(
            ['task', 'does'],
            tasks.map((task) => [task.name, task.description]),
            { does: 100 },
          ),
        ]),
    '',
    ...(workers.length === 0 ? ['No worker has it now.'] : workerTable(workers)),
  ];
}

const workerTable = (workers: AgentDetail['workers']): string[] =>
  formatTable(
    ['worker', 'status', 'breaker', 'calls', 'failures', 'last error'],
    workers.map(({ worker, status, breaker, breaker_until, calls, failures, last_error }) => [
      worker,
      status,
      breaker_until === undefined ? breaker : `${breaker} until ${breaker_until.slice(11, 19)}`,
      String(calls),
      String(failures),
      last_error ?? '-',
    ]),
    { 'last error': 60 },
  );
