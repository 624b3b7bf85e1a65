import type { Command } from 'commander';
import type { DecisionResult } from '../../schemas/api';
import type { Job, JobListed, JobPlan, JobReplan, JobRequested, Jobs, JobTasks } from '../../schemas/job/api';
import type { Cli } from '../cli';
import { followJob } from '../jobs/follow';
import { formatPlan } from '../jobs/plan';
import { readJsonFile } from '../json-file';
import { readList, sumLine, withListOptions, type ListOptions } from '../list';
import { withApiOptions, type ApiOptions } from '../options';
import { formatTable } from '../table';
import { withUsageExit } from '../usage';

/** Tasks of a job that are printed at most; the API pages beyond. */
const TASKS = 500;

interface DecideOptions extends ApiOptions {
  digest?: string;
  approval?: string;
  comment?: string;
}

export function registerJobs(program: Command, cli: Cli): void {
  const jobs = withUsageExit(program.command('jobs')).description(
    'list, show and follow jobs, change them, decide what they ask',
  );
  const address = (id: string) => `/jobs/${encodeURIComponent(id)}`;
  const on = (name: string, description: string) =>
    withApiOptions(jobs.command(name).description(description).argument('<id>'));

  withListOptions(jobs.command('list').description('jobs, newest first')).action(
    async ({ apiKey, json, ...query }: ListOptions) => {
      const { entries, counts } = await readList(cli.api(apiKey), '/jobs', query, (page: Jobs) => page.jobs);
      cli.print({ json }, { jobs: entries, counts }, () => [
        ...tableOf(entries),
        sumLine(entries.length, 'job', counts),
      ]);
    },
  );

  on('show', 'a job: its tasks, what it waits for, and why it failed').action(
    async (id: string, options: ApiOptions) => {
      const client = cli.api(options.apiKey);
      const job = await client.get<Job>(address(id));
      if (options.json) return cli.json(job);
      const { tasks } = await client.get<JobTasks>(`${address(id)}/tasks?limit=${TASKS}`);
      formatJob(job, tasks).forEach(cli.say);
    },
  );

  on('plan', 'its plan: steps, what it touches, what it takes, and what is said against it').action(
    async (id: string, options: ApiOptions) => {
      const plan = await cli.api(options.apiKey).get<JobPlan>(`${address(id)}/plan`);
      cli.print(options, plan, () => formatPlan(plan));
    },
  );

  on('follow', 'follow a job to its end, or until it waits for a person; exit codes as of `awe run`')
    .option('--yes', 'approve its plan as it is shown')
    .action(async (id: string, options: ApiOptions & { yes?: boolean }) => {
      await followJob(cli, cli.api(options.apiKey), id, options);
    });

  for (const [what, description] of [
    ['cancel', 'end a job; what it has made stays'],
    ['pause', 'start no new task until the job is resumed'],
    ['resume', 'let a paused job go on'],
  ] as const) {
    on(what, description).action(async (id: string, options: ApiOptions) => {
      const taken = await cli.api(options.apiKey).post<JobRequested>(`${address(id)}/${what}`, {});
      cli.print(options, taken, () => [`${id} has the request to ${what}`]);
    });
  }

  for (const [what, description] of [
    ['retry', 'carry out a task once more, or all failed ones; also after the end of the job'],
    ['skip', 'go on without a task'],
  ] as const) {
    on(what, description)
      .argument(what === 'retry' ? '[task]' : '<task>')
      .action(async (id: string, task: string | undefined, options: ApiOptions) => {
        const path = task === undefined ? 'retry_failed' : `tasks/${encodeURIComponent(task)}/${what}`;
        const taken = await cli.api(options.apiKey).post<JobRequested>(`${address(id)}/${path}`, {});
        cli.print(options, taken, () => [`${id} goes on`]);
      });
  }

  on('replan', 'plan the rest of a job anew; what is done stays')
    .option('--goal <goal>', 'another goal')
    .option('--plan <file>', 'a plan of your own, as JSON')
    .action(async (id: string, { goal, plan: file, ...options }: ApiOptions & { goal?: string; plan?: string }) => {
      const plan = file === undefined ? undefined : await readJsonFile<NonNullable<JobReplan['plan']>>(file);
      const taken = await cli.api(options.apiKey).post<JobRequested>(`${address(id)}/replan`, { goal, plan });
      cli.print(options, taken, () => [`${id} is planned anew`]);
    });

  for (const choice of ['approve', 'reject'] as const) {
    on(choice, `${choice} what a job asks, its plan before anything else`)
      .option('--digest <digest>', 'only if it still asks about what you were shown')
      .option('--approval <id>', 'which question, where it asks several')
      .option('--comment <text>', 'for whoever asks later')
      .action(async (id: string, { digest, approval: approval_id, comment, ...options }: DecideOptions) => {
        const body = { digest, approval_id, comment };
        const taken = await cli.api(options.apiKey).post<DecisionResult>(`${address(id)}/${choice}`, body);
        const { decision, outcome } = taken;
        const already = outcome === 'repeated' ? ' (already)' : '';
        cli.print(options, taken, () => [`${id}: ${decision.choice} by ${decision.by}${already}`]);
      });
  }
}

function tableOf(jobs: JobListed[]): string[] {
  const rows = jobs.map(({ job_id, status, priority, started_at, ended_at, goal }) => [
    ...[job_id, status, String(priority), started_at.slice(0, 19), ended_at?.slice(0, 19) ?? '-', goal],
  ]);
  const head = ['JOB', 'STATUS', 'PRIORITY', 'STARTED', 'ENDED', 'GOAL'];
  return rows.length === 0 ? [] : [...formatTable(head, rows, { GOAL: 60 }), ''];
}

/** What the job has used of its limits: `12 of 200 steps`. */
function usedOf({ steps, time_ms, tokens, money, effects }: Job['limits']): string {
  const seconds = (ms: number) => `${Math.round(ms / 1_000)} s`;
  const of = <T>({ limit, used }: { limit: T | null; used: T | null }, words: (value: T) => string | number = String) =>
    `${used === null ? '?' : words(used)}${limit === null ? '' : ` of ${words(limit)}`}`;
  const parts = [
    `${of(steps)} steps`,
    of(time_ms, seconds),
    `${of(tokens)} tokens`,
    of(money),
    `${of(effects)} effects`,
  ];
  return parts.join(', ');
}

function formatJob(job: Job, tasks: JobTasks['tasks']): string[] {
  const { job_id, status, outcome, stage, goal, error, plan, questions, refused = [], faults = [], recoveries } = job;
  const rows = tasks.map((task) => [
    task.id,
    task.uses ?? task.kind,
    task.status,
    String(task.rounds),
    task.error?.message ?? '',
  ]);
  return [
    `${job_id}  ${outcome ?? `${status}, ${stage}`}`,
    `  goal      ${goal.slice(0, 200)}`,
    ...(plan ? [`  plan      version ${plan.version}, by ${plan.by}, risk ${plan.risk}`] : []),
    ...(error ? [`  why       ${error.message} (${error.type})`] : []),
    `  used      ${usedOf(job.limits)}`,
    ...refused.map(
      ({ message, near }) => `  refused   ${message}${near.length > 0 ? ` (near: ${near.join(', ')})` : ''}`,
    ),
    ...faults.map(({ pointer, message }) => `  fault     ${pointer}: ${message}`),
    ...recoveries.map(({ step, choice, reason }) => `  recovery  ${step}: ${choice}. ${reason}`),
    ...questions.map(
      ({ approval_id, question, expires_at }) => `  waits     ${approval_id}, until ${expires_at}: ${question}`,
    ),
    ...(rows.length === 0
      ? []
      : ['', ...formatTable(['TASK', 'USES', 'STATUS', 'ROUNDS', 'ERROR'], rows, { ERROR: 80 })]),
  ];
}
