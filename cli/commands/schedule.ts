import type { Command } from 'commander';
import type { NewJob } from '../../schemas/job/api';
import type { NewSchedule, Overlap, Schedule, Schedules } from '../../schemas/schedules/api';
import type { Cli } from '../cli';
import { readJsonFile } from '../json-file';
import { parsePriority, withApiOptions, type ApiOptions } from '../options';
import { formatTable } from '../table';
import { UsageError, withUsageExit } from '../usage';

interface CreateOptions extends ApiOptions {
  goal?: string;
  audit?: string;
  context?: string;
  plan?: string;
  priority?: number;
  cron?: string;
  timeZone?: string;
  every?: string;
  overlap?: Overlap;
  paused?: boolean;
}

export function registerSchedule(program: Command, cli: Cli): void {
  const schedule = withUsageExit(program.command('schedule')).description('have jobs or audits started at given times');
  const address = (id: string) => `/schedules/${encodeURIComponent(id)}`;

  withApiOptions(schedule.command('create').description('create a schedule').argument('<id>'))
    .option('--goal <goal>', 'start a job with this goal')
    .option('--audit <request>', 'start an audit with this request')
    .option('--context <file>', 'the context of the job, or the work context of the audit, as JSON')
    .option('--plan <file>', 'of the job: a plan of your own, as JSON')
    .option('--priority <n>', 'of the job: 1 (first) to 5 (last)', parsePriority)
    .option('--cron <times>', 'minute, hour, day of month, month, day of week: "30 2 * * *"')
    .option('--time-zone <zone>', 'of the cron times, such as Europe/Paris (default: UTC)')
    .option('--every <duration>', 'an interval in place of cron times, such as 15m')
    .option('--overlap <policy>', 'skip (default), buffer_one, buffer_all, cancel_other or allow_all')
    .option('--paused', 'start nothing until it is resumed')
    .action(async (id: string, options: CreateOptions) => {
      const created = await cli.api(options.apiKey).post<Schedule>('/schedules', await bodyOf(id, options));
      cli.print(options, created, () => formatSchedule(created));
    });

  withApiOptions(schedule.command('list').description('schedules, with their next times')).action(
    async (options: ApiOptions) => {
      const page = await cli.api(options.apiKey).get<Schedules>('/schedules');
      cli.print(options, page, () => tableOf(page.schedules));
    },
  );

  withApiOptions(
    schedule.command('show').description('a schedule: its next times, and what it has started').argument('<id>'),
  ).action(async (id: string, options: ApiOptions) => {
    const shown = await cli.api(options.apiKey).get<Schedule>(address(id));
    cli.print(options, shown, () => formatSchedule(shown));
  });

  for (const [what, description] of [
    ['pause', 'start nothing until it is resumed'],
    ['resume', 'start again at the given times'],
    ['run', 'start now, whatever the times'],
  ] as const) {
    withApiOptions(schedule.command(what).description(description).argument('<id>')).action(
      async (id: string, options: ApiOptions) => {
        const now = await cli.api(options.apiKey).post<Schedule>(`${address(id)}/${what}`, {});
        cli.print(options, now, () => formatSchedule(now));
      },
    );
  }

  withApiOptions(
    schedule.command('delete').description('remove a schedule; what it has started goes on').argument('<id>'),
  ).action(async (id: string, options: ApiOptions) => {
    await cli.api(options.apiKey).delete(address(id));
    cli.print(options, { schedule_id: id, deleted: true }, () => [`${id} is gone`]);
  });
}

async function bodyOf(
  schedule_id: string,
  {
    goal,
    audit,
    context: file,
    plan: planFile,
    priority,
    cron,
    timeZone: time_zone,
    every,
    overlap,
    paused,
  }: CreateOptions,
): Promise<NewSchedule> {
  const times = { schedule_id, cron, time_zone, every, overlap, paused };
  const context = file === undefined ? undefined : await readJsonFile<NonNullable<NewJob['context']>>(file);
  if (goal !== undefined && audit === undefined) {
    const plan = planFile === undefined ? undefined : await readJsonFile<NonNullable<NewJob['plan']>>(planFile);
    return { ...times, job: { goal, context, priority, plan } };
  }
  if (audit !== undefined && goal === undefined)
    return { ...times, audit: { request_text: audit, work_context: context } };
  throw new UsageError('Say what to start: either --goal "…" or --audit "…".');
}

const whenOf = ({ cron, time_zone, every }: Schedule): string =>
  every === undefined ? `${cron} (${time_zone ?? 'UTC'})` : `every ${every}`;

function tableOf(schedules: Schedule[]): string[] {
  const rows = schedules.map((one) => [
    ...[one.schedule_id, one.starts, whenOf(one), one.overlap, one.paused ? 'paused' : (one.next[0] ?? '-'), one.title],
  ]);
  return formatTable(['SCHEDULE', 'STARTS', 'WHEN', 'OVERLAP', 'NEXT', 'WHAT'], rows, { WHAT: 60 });
}

function formatSchedule(one: Schedule): string[] {
  const { schedule_id, starts, title, overlap, paused, note, next, recent } = one;
  return [
    `${schedule_id}  ${paused ? 'paused' : 'active'}${note ? ` (${note})` : ''}`,
    `  starts    ${starts}: ${title}`,
    `  when      ${whenOf(one)}, overlap ${overlap}`,
    ...next.map((at) => `  next      ${at}`),
    ...recent.map(({ at, id }) => `  started   ${at} ${id}`),
  ];
}
