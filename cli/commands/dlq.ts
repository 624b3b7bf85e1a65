import { setTimeout as sleep } from 'node:timers/promises';
import { InvalidArgumentError, type Command } from 'commander';
import type {
  DeadLetterDetail,
  DeadLetters,
  DeadLetterSummary,
  DlqOperation,
  Operation,
} from '../../schemas/operations/api';
import type { DlqFilter } from '../../schemas/operations/run';
import { UserError } from '../../src/config';
import type { ApiClient } from '../../src/http/api-client';
import type { Cli } from '../cli';
import { parseCount, withApiOptions, type ApiOptions } from '../options';
import { formatTable } from '../table';

/** Exit code of `redrive` and `discard` besides 0 (done) and 1 (could not be started, or ended early). */
const SOME_FAILED = 2;

/** Milliseconds between two queries of an operation, and without an answer before giving up. */
const LOOK = { every: 500, patience: 60_000 };

/** Entries of one page of the list. */
const PAGE = 200;

interface FilterOptions {
  eventType?: string;
  group?: string;
  stage?: DlqFilter['stage'];
  errorClass?: string;
  process?: string;
  attempts?: number;
  before?: string;
  after?: string;
}

interface OperateOptions extends ApiOptions, FilterOptions {
  all?: boolean;
  dryRun?: boolean;
  rate?: number;
  limit?: number;
  reason?: string;
  wait: boolean;
}

export function registerDlq(program: Command, cli: Cli): void {
  const dlq = program
    .command('dlq')
    .description('list dead letters, put events back or retry tasks, or throw them away');
  const api = ({ apiKey }: ApiOptions) => cli.api(apiKey);

  filters(withApiOptions(dlq.command('list').description('dead letters, newest first')))
    .option('--limit <n>', 'the most to list', parseCount, 50)
    .action(async (options: ApiOptions & FilterOptions & { limit: number }) => {
      const page = await list(api(options), filterOf([], options), options.limit);
      if (options.json) cli.json(page);
      else formatPage(page).forEach(cli.say);
    });

  withApiOptions(dlq.command('show').description('one dead letter, with the event as it was').argument('<id>')).action(
    async (id: string, options: ApiOptions) => {
      const letter = await api(options).get<DeadLetterDetail>(`/dlq/${encodeURIComponent(id)}`);
      if (options.json) cli.json(letter);
      else formatLetter(letter).forEach(cli.say);
    },
  );

  for (const what of ['redrive', 'discard'] as const) {
    const description =
      what === 'redrive'
        ? 'put events back into the stream, byte for byte, and retry dead tasks, each once; waits until done'
        : 'throw dead letters away; waits until done';
    filters(
      withApiOptions(
        dlq.command(what).description(description).argument('[ids...]', 'these; or else those that match the filters'),
      ),
    )
      .option('--all', 'every dead letter: required without ids and filters')
      .option('--dry-run', 'count them, and change nothing')
      .option('--rate <n>', 'the most entries per second (default: 100)', parseCount)
      .option('--limit <n>', 'the most entries in all (default: 10000)', parseCount)
      .option('--reason <text>', 'for whoever asks later')
      .option('--no-wait', 'do not wait until done')
      .action(async (ids: string[], options: OperateOptions) => await operate(cli, api(options), what, ids, options));
  }
}

const filters = (command: Command): Command =>
  command
    .option('--event-type <type>', 'only this type of event')
    .option('--group <name>', 'only those given up by this consumer group')
    .option(
      '--stage <stage>',
      'only this stage: parse, schema, handler, publish, or task (a task of a job that has failed for good)',
    )
    .option('--error-class <class>', 'only this class of error')
    .option('--process <name>', 'only events of this process')
    .option('--attempts <n>', 'only what was tried at least this often', parseCount)
    .option('--before <time>', 'dead before this instant (ISO 8601)', parseInstant)
    .option('--after <time>', 'dead since this instant (ISO 8601)', parseInstant);

function filterOf(ids: string[], options: FilterOptions): DlqFilter {
  const { eventType, group, stage, errorClass, process, attempts, before, after } = options;
  const given = { event_type: eventType, group, stage, error_class: errorClass, process, attempts, before, after };
  const filter = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return ids.length > 0 ? { ids, ...filter } : filter;
}

/** Reads pages until there are enough entries or no more. */
async function list(api: ApiClient, filter: Omit<DlqFilter, 'ids'>, limit: number): Promise<DeadLetters> {
  const entries: DeadLetterSummary[] = [];
  for (let cursor: string | undefined; ;) {
    const query = new URLSearchParams({ limit: String(Math.min(PAGE, limit - entries.length)) });
    for (const [name, value] of Object.entries(filter)) query.set(name, String(value));
    if (cursor !== undefined) query.set('cursor', cursor);
    const page = await api.get<DeadLetters>(`/dlq?${query.toString()}`);
    entries.push(...page.entries);
    cursor = page.next_cursor;
    if (cursor === undefined || entries.length >= limit)
      return { depth: page.depth, entries, ...(cursor === undefined ? {} : { next_cursor: cursor }) };
  }
}

function formatPage({ depth, entries, next_cursor }: DeadLetters): string[] {
  const rows = entries.map((letter) => [
    letter.id,
    letter.at.slice(0, 19),
    letter.stage,
    letter.task ? `${letter.task.job_id}/${letter.task.step}` : (letter.event_type ?? '-'),
    letter.group ?? '-',
    String(letter.deliveries),
    String(letter.redrives),
    `${letter.error.class}: ${letter.error.message}`,
  ]);
  const head = ['ID', 'SINCE', 'STAGE', 'EVENT OR TASK', 'GROUP', 'TRIES', 'REDRIVES', 'ERROR'];
  const more = next_cursor === undefined ? '' : ', and there are more: --limit';
  const summary = `${entries.length} of ${depth} dead letters${more}`;
  return entries.length === 0
    ? [summary]
    : [...formatTable(head, rows, { ERROR: 80, 'EVENT OR TASK': 40, GROUP: 30 }), '', summary];
}

function formatLetter({ raw, encoding, errors, task, input: worked, links: _, ...letter }: DeadLetterDetail): string[] {
  const { input, ...about } = task ?? {};
  const facts = Object.entries({ ...letter, ...about, ...(input ? { input: input.$ref } : {}) }).map(
    ([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? `${value.class}: ${value.message}` : String(value ?? '-'),
    ],
  );
  const width = Math.max(...facts.map(([name]) => name?.length ?? 0));
  return [
    ...facts.map(([name = '', value]) => `${name.padEnd(width)}  ${value}`),
    ...errors.map(({ pointer, message }) => `${'at'.padEnd(width)}  ${pointer || '/'} ${message}`),
    '',
    encoding === 'utf8' ? raw : `base64:${raw}`,
    ...(worked === undefined ? [] : ['', ...JSON.stringify(worked, null, 2).split('\n')]),
  ];
}

async function operate(cli: Cli, api: ApiClient, what: 'redrive' | 'discard', ids: string[], options: OperateOptions) {
  const filter = filterOf(ids, options);
  if (Object.keys(filter).length === 0 && !options.all)
    throw new UserError(`Name the dead letters: ids, a filter, or --all for every one. See "awe dlq ${what} --help".`);
  const body: DlqOperation = {
    filter,
    ...(options.dryRun ? { dry_run: true } : {}),
    ...(options.rate === undefined ? {} : { rate_per_second: options.rate }),
    ...(options.limit === undefined ? {} : { limit: options.limit }),
    ...(options.reason === undefined ? {} : { reason: options.reason }),
  };
  const accepted = await api.post<{ operation_id: string; links: { self: string } }>(`/dlq/${what}`, body);
  if (!options.wait) return options.json ? cli.json(accepted) : cli.say(accepted.operation_id);
  cli.note(`${accepted.operation_id}: it goes on if this command is interrupted`);
  const operation = await waitForOperation(api, accepted.links.self, (line) => cli.note(line));
  if (options.json) cli.json(operation);
  else cli.say(summarise(what, operation));
  // an operation whose last events are still on their way (`mirroring`) has done its work
  if (operation.error !== undefined) cli.exit(1);
  else if (operation.counts.failed > 0) cli.exit(SOME_FAILED);
}

/** Queries an operation until it has ended, and notes its progress. */
export async function waitForOperation(api: ApiClient, path: string, note: (line: string) => void): Promise<Operation> {
  let noted = '';
  for (let seen = Date.now(); ; await sleep(LOOK.every)) {
    const operation = await api.get<Operation>(path).catch((error: unknown) => {
      if (!(error instanceof UserError) || Date.now() - seen > LOOK.patience) throw error;
      if (noted !== error.message) note(`${error.message} Trying again.`);
      noted = error.message;
      return undefined;
    });
    if (!operation) continue;
    seen = Date.now();
    if (operation.ended_at !== undefined || ENDS.has(operation.status)) return operation;
    const line = `${operation.status}: ${formatCounts(operation)}`;
    if (line !== noted) note(line);
    noted = line;
  }
}

const ENDS: ReadonlySet<string> = new Set(['mirroring', 'completed', 'failed', 'cancelled']);

function summarise(what: string, operation: Operation): string {
  const { dry_run, error, examples, limited } = operation;
  const more = limited ? `; the limit of ${operation.limit} was reached, there may be more` : '';
  if (error) return `${what} ended early (${error.message}): ${formatCounts(operation)}`;
  if (dry_run) return `${what} would take ${operation.counts.matched} (${examples.join(', ')})${more}`;
  return `${what}: ${formatCounts(operation)}${more}`;
}

const formatCounts = ({ counts: { matched, done, skipped, failed } }: Operation): string =>
  `${matched} found, ${done} done, ${skipped} gone before, ${failed} refused`;

function parseInstant(text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new InvalidArgumentError('It must be an instant such as 2026-01-05T08:00:00Z.');
  return new Date(time).toISOString();
}
