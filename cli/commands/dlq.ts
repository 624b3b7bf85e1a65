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
import { apiUrl } from '../../src/local/stack';
import { createApiClient, type ApiClient } from '../api-client';
import type { Cli } from '../cli';
import { table } from '../table';

/** Exit codes of `redrive` and `discard` beside 0 (done) and 1 (it could not be asked for, or ended before its time). */
const SOME_FAILED = 2;

/** Milliseconds between two looks at an operation, and how long it may be out of sight. */
const LOOK = { every: 500, patience: 60_000 };

/** Entries of one page of the list. */
const PAGE = 200;

interface Common {
  apiKey?: string;
  json?: boolean;
}

interface FilterOptions {
  eventType?: string;
  group?: string;
  stage?: DlqFilter['stage'];
  errorClass?: string;
  before?: string;
  after?: string;
}

interface OperateOptions extends Common, FilterOptions {
  all?: boolean;
  dryRun?: boolean;
  rate?: number;
  limit?: number;
  reason?: string;
  wait: boolean;
}

export function registerDlq(program: Command, cli: Cli): void {
  const dlq = program.command('dlq').description('look at dead letters, put their events back, or throw them away');
  const api = ({ apiKey }: Common) => createApiClient(apiUrl(cli.config()), apiKey);

  filters(common(dlq.command('list').description('dead letters, newest first')))
    .option('--limit <n>', 'at most so many', count, 50)
    .action(async (options: Common & FilterOptions & { limit: number }) => {
      const page = await list(api(options), filterOf([], options), options.limit);
      if (options.json) cli.say(JSON.stringify(page));
      else printed(page).forEach(cli.say);
    });

  common(dlq.command('show').description('one dead letter, with the event as it was').argument('<id>')).action(
    async (id: string, options: Common) => {
      const letter = await api(options).get<DeadLetterDetail>(`/dlq/${encodeURIComponent(id)}`);
      if (options.json) cli.say(JSON.stringify(letter));
      else shown(letter).forEach(cli.say);
    },
  );

  for (const what of ['redrive', 'discard'] as const) {
    const description =
      what === 'redrive'
        ? 'put events back into the stream, byte for byte, each once; waits until it is done'
        : 'throw dead letters away; waits until it is done';
    filters(
      common(dlq.command(what).description(description).argument('[ids...]', 'these; or those that a filter fits')),
    )
      .option('--all', 'every dead letter: without ids and filters this is needed')
      .option('--dry-run', 'count them, and change nothing')
      .option('--rate <n>', 'entries a second, at most (default: 100)', count)
      .option('--limit <n>', 'entries in all, at most (default: 10000)', count)
      .option('--reason <text>', 'for whoever asks later')
      .option('--no-wait', 'do not wait until it is done')
      .action(async (ids: string[], options: OperateOptions) => await operate(cli, api(options), what, ids, options));
  }
}

const common = (command: Command): Command =>
  command.option('--json', 'print JSON').option('--api-key <key>', 'where the API wants one');

const filters = (command: Command): Command =>
  command
    .option('--event-type <type>', 'of this type alone')
    .option('--group <name>', 'given up by this consumer group')
    .option('--stage <stage>', 'parse, schema, handler, publish or task')
    .option('--error-class <class>', 'with this class of error')
    .option('--before <time>', 'dead before this instant (ISO 8601)', instant)
    .option('--after <time>', 'dead since this instant (ISO 8601)', instant);

function filterOf(ids: string[], { eventType, group, stage, errorClass, before, after }: FilterOptions): DlqFilter {
  const given = { event_type: eventType, group, stage, error_class: errorClass, before, after };
  const filter = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return ids.length > 0 ? { ids, ...filter } : filter;
}

/** Pages until there are enough or no more. */
async function list(api: ApiClient, filter: Omit<DlqFilter, 'ids'>, limit: number): Promise<DeadLetters> {
  const entries: DeadLetterSummary[] = [];
  for (let cursor: string | undefined; ;) {
    const query = new URLSearchParams({ ...filter, limit: String(Math.min(PAGE, limit - entries.length)) });
    if (cursor !== undefined) query.set('cursor', cursor);
    const page = await api.get<DeadLetters>(`/dlq?${query.toString()}`);
    entries.push(...page.entries);
    cursor = page.next_cursor;
    if (cursor === undefined || entries.length >= limit)
      return { depth: page.depth, entries, ...(cursor === undefined ? {} : { next_cursor: cursor }) };
  }
}

function printed({ depth, entries, next_cursor }: DeadLetters): string[] {
  const rows = entries.map((letter) => [
    letter.id,
    letter.at.slice(0, 19),
    letter.stage,
    letter.event_type ?? '-',
    letter.group ?? '-',
    String(letter.deliveries),
    String(letter.redrives),
    `${letter.error.class}: ${letter.error.message}`,
  ]);
  const head = ['ID', 'SINCE', 'STAGE', 'EVENT', 'GROUP', 'TRIES', 'REDRIVES', 'ERROR'];
  const more = next_cursor === undefined ? '' : ', and there are more: --limit';
  const summary = `${entries.length} of ${depth} dead letters${more}`;
  return entries.length === 0 ? [summary] : [...table(head, rows, { ERROR: 80, EVENT: 40, GROUP: 30 }), '', summary];
}

function shown({ raw, encoding, errors, links: _, ...letter }: DeadLetterDetail): string[] {
  const facts = Object.entries(letter).map(([name, value]) => [
    name,
    typeof value === 'object' && value !== null ? `${value.class}: ${value.message}` : String(value ?? '-'),
  ]);
  const width = Math.max(...facts.map(([name]) => name?.length ?? 0));
  return [
    ...facts.map(([name = '', value]) => `${name.padEnd(width)}  ${value}`),
    ...errors.map(({ pointer, message }) => `${'at'.padEnd(width)}  ${pointer || '/'} ${message}`),
    '',
    encoding === 'utf8' ? raw : `base64:${raw}`,
  ];
}

async function operate(cli: Cli, api: ApiClient, what: 'redrive' | 'discard', ids: string[], options: OperateOptions) {
  const filter = filterOf(ids, options);
  if (Object.keys(filter).length === 0 && !options.all)
    throw new UserError(
      `Say which: ids, a filter, or --all for every dead letter. "awe dlq ${what} --help" lists them.`,
    );
  const body: DlqOperation = {
    filter,
    ...(options.dryRun ? { dry_run: true } : {}),
    ...(options.rate === undefined ? {} : { rate_per_second: options.rate }),
    ...(options.limit === undefined ? {} : { limit: options.limit }),
    ...(options.reason === undefined ? {} : { reason: options.reason }),
  };
  const accepted = await api.post<{ operation_id: string; links: { self: string } }>(`/dlq/${what}`, body);
  if (!options.wait) return cli.say(options.json ? JSON.stringify(accepted) : accepted.operation_id);
  cli.note(`${accepted.operation_id}: it goes on if this command is ended`);
  const operation = await untilDone(api, accepted.links.self, (line) => cli.note(line));
  cli.say(options.json ? JSON.stringify(operation) : sentence(what, operation));
  // while its last events are on their way (`mirroring`) the work is done all the same
  if (operation.error !== undefined) cli.exit(1);
  else if (operation.counts.failed > 0) cli.exit(SOME_FAILED);
}

/** Looks at an operation until it has ended, and tells whenever it has come further. */
export async function untilDone(api: ApiClient, path: string, note: (line: string) => void): Promise<Operation> {
  let told = '';
  for (let seen = Date.now(); ; await sleep(LOOK.every)) {
    const operation = await api.get<Operation>(path).catch((error: unknown) => {
      if (!(error instanceof UserError) || Date.now() - seen > LOOK.patience) throw error;
      if (told !== error.message) note(`${error.message} Looking again.`);
      told = error.message;
      return undefined;
    });
    if (!operation) continue;
    seen = Date.now();
    if (operation.ended_at !== undefined || ENDS.has(operation.status)) return operation;
    const line = `${operation.status}: ${numbers(operation)}`;
    if (line !== told) note(line);
    told = line;
  }
}

const ENDS: ReadonlySet<string> = new Set(['mirroring', 'completed', 'failed', 'cancelled']);

function sentence(what: string, operation: Operation): string {
  const { dry_run, error, examples, limited } = operation;
  const more = limited ? `; the limit of ${operation.limit} was reached, there may be more` : '';
  if (error) return `${what} ended before its time (${error.message}): ${numbers(operation)}`;
  if (dry_run) return `${what} would take ${operation.counts.matched} (${examples.join(', ')})${more}`;
  return `${what}: ${numbers(operation)}${more}`;
}

const numbers = ({ counts: { matched, done, skipped, failed } }: Operation): string =>
  `${matched} found, ${done} done, ${skipped} gone before, ${failed} refused`;

function count(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It takes a whole number of at least 1.');
  return Number(text);
}

function instant(text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new InvalidArgumentError('It takes an instant such as 2026-01-05T08:00:00Z.');
  return new Date(time).toISOString();
}
