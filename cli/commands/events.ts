import { readFile } from 'node:fs/promises';
import { InvalidArgumentError, type Command } from 'commander';
import type { Envelope } from '../../schemas/envelope';
import { UserError } from '../../src/config';
import { waitForOperation } from './dlq';
import { entryTime } from '../../src/contracts/entry-time';
import { parseJson, createEventValidator } from '../../src/contracts/validators';
import { createKeys } from '../../src/redis/keys';
import type { Redis } from '../../src/redis/connection';
import { checkForeign, publishForeign } from '../../src/streams/publish';
import { readAfter, type Content } from '../../src/streams/read';
import type { Cli } from '../cli';
import { counted } from '../../src/words';
import { withRedis } from '../redis';

interface TailOptions {
  follow?: boolean;
  json?: boolean;
  count: number;
}

export function registerEvents(program: Command, cli: Cli): void {
  const events = program.command('events').description("read the events' stream, or write into it");
  events
    .command('tail')
    .description('the newest events, for people')
    .option('-f, --follow', 'go on with new events, until Ctrl-C')
    .option('-n, --count <n>', 'this many of the existing events', parseCount, 20)
    .option('--json', 'each entry as it is, one per line')
    .action((options: TailOptions) => withRedis(cli.config(), (redis) => tail(cli, redis, options)));
  events
    .command('rebuild')
    .description('put back events that the stream has lost, from histories and records; waits until done')
    .option('--dry-run', 'count the runs that lack events, and change nothing')
    .option('--reason <text>', 'for whoever asks later')
    .option('--no-wait', 'do not wait until done')
    .option('--json', 'print JSON')
    .option('--api-key <key>', 'if the API needs one (default: AWE_API_KEY)')
    .action((options: RebuildOptions) => rebuild(cli, options));
  events
    .command('publish <file>')
    .description('write the event in a file, or a JSON array of them, into the stream; `-` reads standard input')
    .action(async (file: string) => {
      const list = parseEvents(await bytesOf(file));
      const config = cli.config();
      const published = await withRedis(config, (redis) =>
        publishForeign(redis, createKeys(config.streams), list).catch((error: unknown) => {
          throw new UserError(
            `Redis did not take the events (${String(error)}). Try again: no event is written twice.`,
          );
        }),
      );
      for (const { event_id, entry_id } of published)
        cli.say(`${event_id}  ${entry_id ?? 'published before, not written again'}`);
    });
}

interface RebuildOptions {
  apiKey?: string;
  dryRun?: boolean;
  json?: boolean;
  reason?: string;
  wait: boolean;
}

/** Starts the rebuild through the API, and waits for its end. */
async function rebuild(cli: Cli, options: RebuildOptions): Promise<void> {
  const api = cli.api(options.apiKey);
  const accepted = await api.post<{ operation_id: string; links: { self: string } }>('/events/rebuild', {
    ...(options.dryRun ? { dry_run: true } : {}),
    ...(options.reason === undefined ? {} : { reason: options.reason }),
  });
  if (!options.wait) return options.json ? cli.json(accepted) : cli.say(accepted.operation_id);
  cli.note(`${accepted.operation_id}: it goes on if this command is interrupted`);
  const operation = await waitForOperation(api, accepted.links.self, (line) => cli.note(line));
  const { counts, examples, error } = operation;
  const found = `${counted(counts.matched, 'run')} lacked events`;
  if (options.json) cli.json(operation);
  else if (error) cli.say(`the rebuild ended early (${error.message}): ${found}, ${counts.done} are complete again`);
  else if (options.dryRun) cli.say(`${found}${examples.length > 0 ? ` (${examples.join(', ')})` : ''}`);
  else cli.say(`${found}, ${counts.done} are complete again, ${counts.failed} could not be read`);
  if (error !== undefined || counts.failed > 0) cli.exit(1);
}

async function tail(cli: Cli, redis: Redis, { follow, json, count }: TailOptions): Promise<void> {
  const stream = createKeys(cli.config().streams).events;
  const print = (id: string, fields: string[]) => cli.say(json ? formatRaw(fields) : formatLine(id, fields));
  const newest = (await redis.xrevrange(stream, '+', '-', 'COUNT', count)).reverse();
  for (const [id, fields] of newest) print(id, fields);
  let last = newest.at(-1)?.[0] ?? '0-0';
  while (follow) {
    try {
      // read without blocking, so that the connection's time limits hold
      const fresh = await readAfter(redis, stream, last, 500);
      for (const [id, content] of fresh) {
        print(id, fieldsOf(content));
        last = id;
      }
      if (fresh.length > 0) continue;
    } catch (error) {
      cli.note(`Redis does not answer (${error instanceof Error ? error.message : String(error)}); trying again…`);
      await pause(1_000);
    }
    await pause(300);
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The fields of an entry; of a large one, words. */
function fieldsOf(content: Content<string>): string[] {
  if (typeof content === 'number') return [`${content} bytes, which are not read`];
  return Array.isArray(content) ? content : ['event', content];
}

const formatRaw = (fields: string[]): string =>
  fields[0] === 'event' && fields.length === 2 ? (fields[1] ?? '').replaceAll('\n', ' ') : JSON.stringify(fields);

/** `08:00:00.123  WORK.ITEM_STARTED  project P-1 #4  cost_worker round 1` */
function formatLine(id: string, fields: string[]): string {
  const time = entryTime(id).toISOString().slice(11, 23);
  const event = parseFields(fields);
  if (!event) return `${time}  not an event: ${oneLine(fields.join(' ')).slice(0, 80)}`;
  const { event_type, subject, seq, source, payload } = event;
  const about = subject ? `${subject.kind} ${subject.id} #${seq}` : `from ${source ?? 'unknown'}`;
  return oneLine(`${time}  ${String(event_type).padEnd(34)} ${about}  ${formatPayload(payload)}`).trimEnd();
}

function parseFields(fields: string[]): Partial<Envelope> | undefined {
  try {
    const value: unknown = JSON.parse(fields[fields.indexOf('event') + 1] ?? '');
    return value !== null && typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Members of a payload that people look for first. */
const SHOWN = ['project_id', 'agent_target', 'step', 'round', 'status', 'headline', 'question', 'choice', 'by'];

function formatPayload(payload: Envelope['payload'] | undefined): string {
  if (payload === null || typeof payload !== 'object') return '';
  const parts = SHOWN.flatMap((name) => {
    const value = payload[name];
    return typeof value === 'string' || typeof value === 'number' ? `${name}=${String(value).slice(0, 80)}` : [];
  });
  const error = payload['error'] as { type?: string; message?: string } | undefined;
  if (error && typeof error === 'object') parts.push(`error=${error.type}: ${String(error.message).slice(0, 120)}`);
  return parts.join(' ');
}

/** Whoever writes into the stream does not begin a line. */
const oneLine = (text: string): string => text.replaceAll(/[\n\r\t]+/g, ' ');

async function bytesOf(file: string): Promise<Buffer> {
  if (file === '-') {
    const parts: Buffer[] = [];
    for await (const part of process.stdin) parts.push(part as Buffer);
    return Buffer.concat(parts);
  }
  return await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${file} cannot be read (${error.code}).`);
  });
}

/** Parses events and checks each by its contract; one error reports all faults, so that nothing is written. */
function parseEvents(bytes: Buffer): Envelope[] {
  const validator = createEventValidator();
  // the limit of size is for one event; a file may hold many
  const values = listOf(bytes);
  const wrong: string[] = [];
  const events = values.flatMap((value, i) => {
    const checked = checkForeign(value, validator);
    if (checked.ok) return [checked.value];
    const which = values.length === 1 ? '' : `event ${i + 1}: `;
    for (const { pointer, message } of checked.errors) wrong.push(`  ${which}${pointer} ${message}`);
    return [];
  });
  if (wrong.length > 0) throw new UserError(`Nothing was published: the contract is broken.\n${wrong.join('\n')}`);
  return events;
}

function listOf(bytes: Buffer): unknown[] {
  const parsed = parseJson(bytes);
  if (parsed.ok) return Array.isArray(parsed.value) ? parsed.value : [parsed.value];
  try {
    const value: unknown = JSON.parse(bytes.toString());
    if (Array.isArray(value)) return value;
  } catch {
    // reported below
  }
  throw new UserError(`Nothing was published: the file ${parsed.errors.map(({ message }) => message).join('; ')}.`);
}

function parseCount(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('It must be a whole number up to 99999.');
  return Number(text);
}
