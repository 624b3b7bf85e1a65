import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Anomaly, Order, Provenance } from '../../schemas/order/order';
import type {
  OrderAccepted,
  OrderDecided,
  OrderDetail,
  OrderHistory,
  Orders,
  PendingOrders,
} from '../../schemas/order/api';
import type { OrderCorrections } from '../../schemas/order/run';
import { UserError } from '../../src/config';
import { ApiRefusal, type ApiClient } from '../../src/http/api-client';
import type { Cli } from '../cli';
import { readJsonFile } from '../json-file';
import { readList, sumLine, withListOptions, type ListOptions } from '../list';
import { counted } from '../../src/words';
import { withApiOptions, type ApiOptions } from '../options';
import { formatTable } from '../table';

/** Exit code besides 0 (done) and 1 (failed). */
const BLOCKED = 2;

/** Lines of a draft, and faults, that are printed. */
const SHOWN = 50;

interface SubmitOptions extends ApiOptions {
  from?: string;
  subject?: string;
  address?: string;
  date?: string;
  language?: string;
  idempotencyKey?: string;
}

interface DecideOptions extends ApiOptions {
  address?: string;
  date?: string;
  corrections?: string;
  comment?: string;
  ifMatch?: string;
}

export function registerOrders(program: Command, cli: Cli): void {
  const orders = program
    .command('orders')
    .description('hand in orders, list and show them, decide on them, fetch their exports');
  const api = ({ apiKey }: ApiOptions) => cli.api(apiKey);

  /** The condition of a decision: what the person says to have seen; else what is shown to them here and now. */
  async function shown(
    client: ApiClient,
    id: string,
    options: ApiOptions & { ifMatch?: string },
  ): Promise<Record<string, string>> {
    let digest = options.ifMatch?.replaceAll('"', '');
    if (digest === undefined) {
      const order = await client.get<OrderDetail>(`/orders/${encodeURIComponent(id)}`);
      if (!options.json) formatOrder(order).forEach((line) => cli.note(line));
      digest = order.question?.digest;
    }
    return digest === undefined ? {} : { 'if-match': `"${digest}"` };
  }

  withApiOptions(
    orders
      .command('submit')
      .description('hand in an order: its spreadsheets, or its mail with them')
      .argument('<files...>'),
  )
    .option('--from <email>', 'the sender; of a mail (.eml, .msg) it need not be said')
    .option('--subject <text>', 'the subject of its e-mail; of a mail it need not be said')
    .option('--address <text>', 'the delivery address')
    .option('--date <day>', 'the delivery date, YYYY-MM-DD')
    .option('--language <language>', "the sender's: en (default) or fr")
    .option('--idempotency-key <key>', 'repeating a key hands the order in only once (default: a new key)')
    .action(async (files: string[], options: SubmitOptions) => {
      const accepted = await api(options).form<OrderAccepted>('/orders/inbox', await formOf(files, options), {
        'idempotency-key': options.idempotencyKey ?? randomUUID(),
      });
      cli.print(options, accepted, () => [accepted.order_id]);
    });

  withListOptions(orders.command('list').description('orders, newest first; or those that wait for a person'))
    .option('--pending', 'only those that wait: blocking faults first, then by delivery date, then the oldest')
    .action(async (options: ListOptions & { pending?: boolean }) => {
      const { limit, status } = options;
      if (options.pending) {
        const most = Math.max(1, Math.min(limit, 50)) || 50;
        const page = await api(options).get<PendingOrders>(`/orders/pending-validation?limit=${most}`);
        const shown = `${page.orders.length} of ${page.total} waiting`;
        return cli.print(options, page, () => [...formatList(page.orders), shown]);
      }
      const query = { limit, status };
      const { entries, counts } = await readList(api(options), '/orders', query, (page: Orders) => page.orders);
      cli.print(options, { orders: entries, counts }, () => [
        ...formatList(entries),
        sumLine(entries.length, 'order', counts),
      ]);
    });

  withApiOptions(orders.command('show').description('an order: its draft, faults and decisions').argument('<id>'))
    .option('--history', 'its history: who did what, and when')
    .option('--cursor <cursor>', 'the page of lines and faults that follows, for --json: next_cursor of the one before')
    .action(async (id: string, options: ApiOptions & { history?: boolean; cursor?: string }) => {
      const client = api(options);
      const page = options.cursor === undefined ? '' : `?cursor=${encodeURIComponent(options.cursor)}`;
      const order = await client.get<OrderDetail>(`/orders/${encodeURIComponent(id)}${page}`);
      if (!options.history) return cli.print(options, order, () => formatOrder(order));
      const history = await client.get<OrderHistory>(order.links.history ?? '');
      cli.print(options, history, () =>
        history.history.map(
          ({ at, event, by, what }) => `${at.slice(0, 19)}  ${event.padEnd(26)} ${by.padEnd(12)} ${what}`,
        ),
      );
    });

  for (const how of ['approve', 'correct'] as const) {
    const description =
      how === 'approve'
        ? 'approve an order, with corrections if need be; exits with 2 if blocking faults are left'
        : 'correct an order, and leave the approval to somebody else';
    withApiOptions(orders.command(how).description(description).argument('<id>'))
      .option('--address <text>', 'the delivery address')
      .option('--date <day>', 'the delivery date, YYYY-MM-DD')
      .option('--corrections <file>', 'more corrections, as JSON; /docs has the form')
      .option('--comment <text>', 'for whoever asks later')
      .option('--if-match <digest>', 'only if the order is still the one that you saw (its ETag)')
      .action(async (id: string, options: DecideOptions) => {
        const body = { ...(await correctionsOf(options)), ...(options.comment ? { comment: options.comment } : {}) };
        const path = `/orders/${encodeURIComponent(id)}/${how === 'approve' ? 'validate' : 'correct'}`;
        await reportFaults(cli, async () => {
          const client = api(options);
          const decided = await client.post<OrderDecided>(path, body, await shown(client, id, options));
          cli.print(options, decided, () => [summarise(decided)]);
        });
      });
  }

  const choices = [
    ['read-again', 'read the same files again, such as one that a fault of ours has refused'],
    ['split', 'make an order of each that its files hold'],
  ] as const;
  for (const [how, description] of choices) {
    withApiOptions(orders.command(how).description(description).argument('<id>'))
      .option('--comment <text>', 'for whoever asks later')
      .option('--if-match <digest>', 'only if the order is still the one that you saw (its ETag)')
      .action(async (id: string, options: ApiOptions & { comment?: string; ifMatch?: string }) => {
        const path = `/orders/${encodeURIComponent(id)}/${how}`;
        const client = api(options);
        const { comment } = options;
        const decided = await client.post<OrderDecided>(path, { comment }, await shown(client, id, options));
        cli.print(options, decided, () => [summarise(decided)]);
      });
  }

  withApiOptions(orders.command('reject').description('reject an order; nothing is exported').argument('<id>'))
    .requiredOption('--reason <text>', 'the reason')
    .option('--if-match <digest>', 'only if the order is still the one that you saw (its ETag)')
    .action(async (id: string, options: ApiOptions & { reason: string; ifMatch?: string }) => {
      const path = `/orders/${encodeURIComponent(id)}/reject`;
      const client = api(options);
      const decided = await client.post<OrderDecided>(
        path,
        { reason: options.reason },
        await shown(client, id, options),
      );
      cli.print(options, decided, () => [summarise(decided)]);
    });

  withApiOptions(orders.command('export').description('fetch an export of an approved order').argument('<id>'))
    .option('--format <format>', 'csv or xlsx', 'csv')
    .option('--output <file>', 'the file to write; without it a CSV is printed')
    .action(async (id: string, options: ApiOptions & { format: string; output?: string }) => {
      const client = api(options);
      const { status, exports } = await client.get<OrderDetail>(`/orders/${encodeURIComponent(id)}`);
      const wanted = exports.find(({ path }) => path.endsWith(`.${options.format}`));
      if (!wanted) throw new UserError(`The order ${id} has no such export: it is ${status}.`);
      const { bytes, madeAgain } = await client.file(wanted.href);
      if (madeAgain) cli.note('The file was lost; it was made again from what was approved, byte for byte.');
      if (options.output === undefined && options.format !== 'csv')
        throw new UserError('An XLSX cannot be printed: name a file with --output FILE.');
      if (options.output === undefined) return void process.stdout.write(bytes);
      await writeFile(options.output, bytes);
      cli.print(options, { ...wanted, output: options.output }, () => [options.output ?? '']);
    });
}

async function formOf(files: string[], { from, subject, address, date, language }: SubmitOptions): Promise<FormData> {
  const form = new FormData();
  const fields = { from_email: from, subject, delivery_address: address, delivery_date: date, language };
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.set(name, value);
  for (const file of files) {
    const bytes = await readFile(file).catch((error: Error) => {
      throw new UserError(`${file} cannot be read: ${error.message}`);
    });
    form.append('files', new Blob([bytes]), basename(file));
  }
  return form;
}

async function correctionsOf({ corrections, address, date }: DecideOptions): Promise<OrderCorrections> {
  const delivery = { ...(address === undefined ? {} : { address }), ...(date === undefined ? {} : { date }) };
  const given =
    corrections === undefined ? {} : await readJsonFile<OrderCorrections>(corrections, 'is not a file of corrections');
  const all = { ...given.delivery, ...delivery };
  return { ...given, ...(Object.keys(all).length > 0 ? { delivery: all } : {}) };
}

/** Prints the blocking faults of a refusal, which has an exit code of its own. */
async function reportFaults(cli: Cli, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const problem = error instanceof ApiRefusal ? error.problem : {};
    const faults = problem.faults as Anomaly[] | undefined;
    if (!faults) throw error;
    // not the error's message, which has the same faults without their cells
    cli.note(String(problem.detail));
    faultLines(faults).forEach((line) => cli.note(line));
    cli.exit(BLOCKED);
  }
}

function formatList(orders: Orders['orders']): string[] {
  const rows = orders.map(
    ({ order_id, status, from_email, subject, lines, amount, currency, delivery_date, blocking, warnings }) => [
      order_id,
      status,
      String(lines ?? '-'),
      amount === undefined ? '-' : `${amount} ${currency ?? ''}`.trim(),
      delivery_date ?? '-',
      `${blocking ?? '-'}/${warnings ?? '-'}`,
      from_email,
      subject,
    ],
  );
  const head = ['ORDER', 'STATUS', 'LINES', 'AMOUNT', 'DELIVERY', 'BLOCKING/WARNINGS', 'FROM', 'SUBJECT'];
  return rows.length === 0 ? [] : [...formatTable(head, rows, { SUBJECT: 60, FROM: 40 }), ''];
}

function formatOrder({
  order_id,
  status,
  from_email,
  subject,
  draft,
  blocking = 0,
  warnings = 0,
  question,
  decisions,
  exports,
}: OrderDetail): string[] {
  return [
    `${order_id}  ${status}`,
    `  from      ${from_email}: ${subject}`,
    ...(draft ? draftLines(draft, blocking + warnings) : []),
    ...(question ? [`  waits     until ${question.expires_at}; ETag ${question.digest}`] : []),
    ...decisions.map(
      ({ choice, by, decided_at, channel }) => `  decided   ${choice} by ${by}, ${decided_at} (${channel})`,
    ),
    ...exports.map(({ path }) => `  exported  ${path}`),
  ];
}

/** @param found anomalies of the whole draft, of which a page is shown */
function draftLines({ version, delivery, lines, totals, anomalies, files }: Order, found: number): string[] {
  const rows = lines
    .slice(0, SHOWN)
    .map(({ line_id, reference, ean, description, quantity, unit, unit_price, amount }) => [
      line_id,
      reference?.value ?? ean?.value ?? '-',
      description?.value ?? '-',
      quantity?.value ?? '?',
      unit?.value ?? '-',
      unit_price?.value ?? '-',
      amount?.value ?? '-',
      quantity?.from?.cell ? `${quantity.from.sheet ?? ''}!${quantity.from.cell}` : (quantity?.source ?? '-'),
    ]);
  const head = ['LINE', 'REFERENCE', 'DESCRIPTION', 'QUANTITY', 'UNIT', 'PRICE', 'AMOUNT', 'READ AT'];
  return [
    `  delivery  ${delivery.date?.value ?? 'no date'}, ${delivery.address?.value ?? 'no address'}`,
    `  draft     version ${version}: ${counted(totals.lines, 'line')}, quantity ${totals.quantity}${totals.amount ? `, amount ${totals.amount}` : ''}`,
    ...faultLines(anomalies.slice(0, SHOWN)),
    ...(found > SHOWN ? [`  … and ${found - SHOWN} more`] : []),
    ...files
      .flatMap(({ remarks = [] }) => remarks)
      .slice(0, SHOWN)
      .map((remark) => `  remark    “${remark.text ?? ''}”${placeOf(remark)}`),
    '',
    ...(rows.length === 0 ? [] : formatTable(head, rows, { DESCRIPTION: 40 })),
    ...(totals.lines > SHOWN ? [`… and ${totals.lines - SHOWN} more lines (--json shows 1,000 a page)`] : []),
  ];
}

const faultLines = (anomalies: Anomaly[]): string[] =>
  anomalies.map(
    ({ severity, code, line_id, message, evidence: [where] }) =>
      `  ${severity.padEnd(9)} ${line_id ? `${line_id} ` : ''}${code}: ${message.en}${placeOf(where)}`,
  );

const placeOf = (where: Provenance | undefined): string =>
  where ? ` [${[where.file, where.sheet].filter(Boolean).join(' › ')}${where.cell ? `!${where.cell}` : ''}]` : '';

const summarise = ({ order_id, outcome, repeated, decision, version }: OrderDecided): string =>
  `${order_id} version ${version} ${outcome.replace('_', ' ')} by ${decision.by}${repeated ? ' (already)' : ''}`;
