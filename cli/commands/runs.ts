import type { Command } from 'commander';
import type { Run, RunList, Steps } from '../../schemas/api';
import type { Effect, EffectList } from '../../schemas/effects';
import type { Cli } from '../cli';
import { readList, sumLine, withListOptions, type ListOptions } from '../list';
import { withApiOptions, type ApiOptions } from '../options';
import { formatTable } from '../table';

/** Steps of a run that are printed at most; the API pages beyond. */
const STEPS = 500;

export function registerRuns(program: Command, cli: Cli): void {
  const runs = program.command('runs').description('list and show runs of all processes');

  withListOptions(runs.command('list').description('runs, newest first'))
    .option('--process <process>', 'only those of a process: audit, order, run, dispatch or operations')
    .action(async ({ apiKey, json, limit, status, process }: ListOptions & { process?: string }) => {
      const query = { limit, status, process };
      const { entries, counts } = await readList(cli.api(apiKey), '/runs', query, (page: RunList) => page.runs);
      if (json) return cli.json({ runs: entries, counts });
      const rows = entries.map((run) => [run.workflow_id, run.status, run.started_at.slice(0, 19), run.title]);
      if (rows.length > 0)
        [...formatTable(['RUN', 'STATUS', 'STARTED', 'TITLE'], rows, { TITLE: 60 }), ''].forEach(cli.say);
      cli.say(sumLine(entries.length, 'run', counts));
    });

  withApiOptions(
    runs.command('show').description('a run: its steps, what it waits for, and why it failed').argument('<id>'),
  ).action(async (id: string, { apiKey, json }: ApiOptions) => {
    const client = cli.api(apiKey);
    const run = await client.get<Run>(`/runs/${encodeURIComponent(id)}`);
    if (json) return cli.json(run);
    const { steps } = await client.get<Steps>(`${run.links.steps}?limit=${STEPS}`);
    formatRun(run, steps).forEach(cli.say);
  });

  withApiOptions(
    runs
      .command('effects')
      .description('what a run has changed outside, and what of it nobody knows')
      .argument('<id>', 'workflow id of the run'),
  ).action(async (id: string, { apiKey, json }: ApiOptions) => {
    const list = await readEffects(cli, apiKey, id);
    if (json) return cli.json(list);
    formatEffects(list).forEach(cli.say);
  });
}

/** All effects of a run, over the pages of the API. */
async function readEffects(cli: Cli, apiKey: string | undefined, id: string): Promise<EffectList> {
  const address = `/runs/${encodeURIComponent(id)}/effects?limit=1000`;
  const client = cli.api(apiKey);
  const { next_cursor: second, ...list } = await client.get<EffectList>(address);
  for (let cursor = second; cursor !== undefined;) {
    const page = await client.get<EffectList>(`${address}&cursor=${cursor}`);
    list.effects.push(...page.effects);
    cursor = page.next_cursor;
  }
  return list;
}

function formatEffects({ effects, counts }: EffectList): string[] {
  const rows = effects.map(({ at, step, tool, status, attempts, targets }) => [
    ...[at.slice(0, 19), step, tool, status, String(attempts)],
    targets.map(targetOf).join(', '),
  ]);
  const found = Object.entries(counts).filter(([, count]) => count > 0);
  return [
    ...(rows.length === 0
      ? []
      : [...formatTable(['AT', 'STEP', 'TOOL', 'STATUS', 'ATTEMPTS', 'TARGETS'], rows, { TARGETS: 60 }), '']),
    found.length === 0 ? 'no effects outside' : found.map(([status, count]) => `${count} ${status}`).join(', '),
  ];
}

const targetOf = ({ kind, target, access }: Effect['targets'][number]): string => `${access} ${kind} ${target}`;

function formatRun({ workflow_id, status, outcome, error, approvals }: Run, steps: Steps['steps']): string[] {
  const rows = steps.map(({ id, kind, status: state, rounds, elements }) => [
    ...[id, kind, state, String(rounds)],
    elements ? elementsOf(elements) : '',
  ]);
  return [
    `${workflow_id}  ${outcome ?? status}`,
    ...(error ? [`  why       ${error.message} (${error.type})`] : []),
    ...approvals
      .filter((asked) => asked.status === 'open')
      .map(({ approval_id, question, expires_at }) => `  waits     ${approval_id}, until ${expires_at}: ${question}`),
    ...(rows.length === 0 ? [] : ['', ...formatTable(['STEP', 'KIND', 'STATUS', 'ROUNDS', 'ELEMENTS'], rows)]),
  ];
}

const elementsOf = ({ count, ended, failed }: NonNullable<Steps['steps'][number]['elements']>): string =>
  `${ended} of ${count}${failed > 0 ? `, ${failed} failed` : ''}`;
