import type { Command } from 'commander';
import { readStackStatus, type StackStatus } from '../../src/local/status';
import type { Cli } from '../cli';
import { stuckLine } from '../../src/temporal/stuck';
import { counted, formatAge } from '../../src/words';
import { formatTable } from '../table';

/** Exit code while a part of the stack is not ready. */
const NOT_READY = 3;

export function registerStatus(program: Command, cli: Cli): void {
  program
    .command('status')
    .description(
      'show the whole stack on one screen: processes, Temporal, Redis, streams, dead letters, runs, agents; exits with 3 unless all is ready',
    )
    .option('--json', 'print JSON')
    .action(async ({ json = false }: { json?: boolean }) => {
      const config = cli.config();
      const status = await readStackStatus(config);
      if (json) cli.json(status);
      else renderStatus(status, config.streams).forEach(cli.say);
      if (status.pieces.some(({ ready }) => !ready)) cli.exit(NOT_READY);
    });
}

/** Renders the status for people. */
export function renderStatus(status: StackStatus, names: { events: string; dlq: string }): string[] {
  const { pieces, health, streams, runs, stuck = [], agents } = status;
  const indent = (lines: string[]) => lines.map((line) => `  ${line}`);
  return [
    `AWE, namespace ${status.namespace}`,
    '',
    ...indent(
      formatTable(
        ['process', 'state', 'where', 'who'],
        pieces.map(({ name, ready, fault, where, external, pid, since }) => [
          name,
          ready ? 'ready' : `not ready: ${fault ?? ''}`,
          where,
          external ? 'yours' : pid === undefined ? 'not started by `awe up`' : `process ${pid} since ${since ?? ''}`,
        ]),
        { state: 60 },
      ),
    ),
    '',
    `Depends on  ${health ? formatDependencies(health) : 'unknown: the API does not answer'}`,
    `Runs        ${runs ? formatCounts(runs) : 'unknown: Temporal does not answer'}`,
    ...indent(stuck.map(stuckLine)),
    ...streamLines(streams, names, indent),
    ...agentLines(agents, indent),
  ];
}

function streamLines(
  streams: StackStatus['streams'],
  names: { events: string; dlq: string },
  indent: (lines: string[]) => string[],
): string[] {
  if (!streams) return ['Streams     unknown: Redis does not answer'];
  const { events, dlq, groups } = streams;
  const oldest = dlq.oldest_seconds === null ? '' : `, the oldest ${formatAge(dlq.oldest_seconds)} old`;
  const rows = groups.map((group) => [
    group.group,
    group.lag === null ? 'unknown' : String(group.lag),
    String(group.pending),
    group.oldest_seconds === null ? '-' : formatAge(group.oldest_seconds),
    String(group.deliveries),
    String(group.consumers),
  ]);
  return [
    `Streams     ${names.events}: ${counted(events, 'entry', 'entries')}; ${names.dlq}: ${counted(dlq.entries, 'dead letter')}${oldest}${dlq.tasks > 0 ? `; ${counted(dlq.tasks, 'dead task')} (awe dlq list --stage task)` : ''}`,
    ...indent(formatTable(['group', 'lag', 'pending', 'oldest', 'deliveries', 'consumers'], rows)),
  ];
}

function agentLines(agents: StackStatus['agents'], indent: (lines: string[]) => string[]): string[] {
  if (!agents) return ['Agents      unknown: Redis does not answer'];
  if (agents.length === 0) return ['Agents      none has been announced yet'];
  const rows = agents.flatMap(({ statements: [{ name }], reports }) =>
    reports.length === 0
      ? [[name, 'absent', '', '', '', '', '']]
      : reports.map(({ worker, status, breaker, calls, failures, last_error }) => [
          ...[name, status, breaker, String(calls), String(failures), worker, last_error ?? ''],
        ]),
  );
  const head = ['agent', 'state', 'breaker', 'calls', 'failures', 'worker', 'last error'];
  return ['Agents', ...indent(formatTable(head, rows, { 'last error': 60 }))];
}

/** Dependencies that are not up with details, then the others. Streams and groups have lines of their own. */
function formatDependencies({ dependencies }: NonNullable<StackStatus['health']>): string {
  const others = dependencies.filter(({ name }) => !/^(stream|dlq|group:.*)$/.test(name));
  const wrong = others.filter(({ state }) => state !== 'up');
  const up = others.filter(({ state }) => state === 'up').map(({ name }) => name);
  return [
    ...wrong.map(({ name, state, detail }) => `${name} ${state}${detail === undefined ? '' : ` (${detail})`}`),
    `${up.join(', ')} up`,
  ].join('; ');
}

function formatCounts(runs: Record<string, number>): string {
  const some = Object.entries(runs).filter(([, count]) => count > 0);
  return some.length === 0 ? 'none' : some.map(([status, count]) => `${count} ${status}`).join(', ');
}
