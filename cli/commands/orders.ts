import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Anomaly, Order } from '../../schemas/order/order';
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
import { ApiRefusal, type ApiClient } from '../api-client';
import type { Cli } from '../cli';
import { readJsonFile } from '../json-file';
import { counted } from '../../src/words';
import { formatTable } from '../table';

/** Exit code besides 0 (done) and 1 (failed). */
const BLOCKED = 2;

/** Lines of a draft that are printed. */
const SHOWN = 50;

interface Common {
  apiKey?: string;
  json?: boolean;
}

interface SubmitOptions extends Common {
  from: string;
  subject: string;
  address?: string;
  date?: string;
  language?: string;
  idempotencyKey?: string;
}

interface DecideOptions extends Common {
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
  const api = ({ apiKey }: Common) => cli.api(apiKey);
  const print = (options: Common, value: unknown, lines: () => string[]) =>
    options.json ? cli.json(value) : lines().forEach((line) => cli.say(line));

  /** The condition of a decision: what the person says to have seen; else what is shown to them here and now. */
  async function shown(
    client: ApiClient,
    id: string,
    options: Common & { ifMatch?: string },
  ): Promise<Record<string, string>> {
    let digest = options.ifMatch?.replaceAll('"', '');
    if (digest === undefined) {
      const order = await client.get<OrderDetail>(`/orders/${encodeURIComponent(id)}`);
      if (!options.json) formatOrder(order).forEach((line) => cli.note(line));
      digest = order.question?.digest;
    }
    return digest === undefined ? {} : { 'if-match': `"${digest}"` };
  }

  common(orders.command('submit').description('hand in an order with its spreadsheets').argument('<files...>'))
    .requiredOption('--from <email>', 'the sender')
    .requiredOption('--subject <text>', 'the subject of its e-mail')
    .option('--address <text>', 'the delivery address')
    .option('--date <day>', 'the delivery date, YYYY-MM-DD')
    .option('--language <language>', "the sender's: en (default) or fr")
    .option('--idempotency-key <key>', 'repeating a key hands the order in only once (default: a new key)')
    .action(async (files: string[], options: SubmitOptions) => {
      const accepted = await api(options).form<OrderAccepted>('/orders/inbox', await formOf(files, options), {
        'idempotency-key': options.idempotencyKey ?? randomUUID(),
      });
      print(options, accepted, () => [accepted.order_id]);
    });

  common(orders.command('list').description('orders, newest first; or those that wait for a person'))
    .option('--pending', 'only those that wait: blocking faults first, then by delivery date, then the oldest')
    .option('--limit <n>', 'the most to list', Number, 50)
    .action(async (options: Common & { pending?: boolean; limit: number }) => {
      const limit = Math.max(1, Math.min(options.limit, options.pending ? 50 : 200)) || 50;
      const path = options.pending ? '/orders/pending-validation' : '/orders';
      const page = await api(options).get<Orders | PendingOrders>(`${path}?limit=${limit}`);
      print(options, page, () => formatList(page));
    });

  common(orders.command('show').description('an order: its draft, faults and decisions').argument('<id>'))
    .option('--history', 'its history: who did what, and when')
    .action(async (id: string, options: Common & { history?: boolean }) => {
      const client = api(options);
      const order = await client.get<OrderDetail>(`/orders/${encodeURIComponent(id)}`);
      if (!options.history) return print(options, order, () => formatOrder(order));
      const history = await client.get<OrderHistory>(order.links.history ?? '');
      print(options, history, () =>
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
    common(orders.command(how).description(description).argument('<id>'))
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
          print(options, decided, () => [summarise(decided)]);
        });
      });
  }

  common(orders.command('reject').description('reject an order; nothing is exported').argument('<id>'))
    .requiredOption('--reason <text>', 'the reason')
    .option('--if-match <digest>', 'only if the order is still the one that you saw (its ETag)')
    .action(async (id: string, options: Common & { reason: string; ifMatch?: string }) => {
      const path = `/orders/${encodeURIComponent(id)}/reject`;
      const client = api(options);
      const decided = await client.post<OrderDecided>(
        path,
        { reason: options.reason },
        await shown(client, id, options),
      );
      print(options, decided, () => [summarise(decided)]);
    });

  common(orders.command('export').description('fetch an export of an approved order').argument('<id>'))
    .option('--format <format>', 'csv or xlsx', 'csv')
    .option('--output <file>', 'the file to write; without it a CSV is printed')
    .action(async (id: string, options: Common & { format: string; output?: string }) => {
      const client = api(options);
      const { status, exports } = await client.get<OrderDetail>(`/orders/${encodeURIComponent(id)}`);
      const wanted = exports.find(({ path }) => path.endsWith(`.${options.format}`));
      if (!wanted) throw new UserError(`The order ${id} has no such export: it is ${status}.`);
      const bytes = await client.bytes(wanted.href);
      if (options.output === undefined && options.format !== 'csv')
        throw new UserError('An XLSX cannot be printed: name a file with --output FILE.');
      if (options.output === undefined) return void process.stdout.write(bytes);
      await writeFile(options.output, bytes);
      print(options, { ...wanted, output: options.output }, () => [options.output ?? '']);
    });
}

const common = (command: Command): Command =>
  command.option('--json', 'print JSON').option('--api-key <key>', 'if the API needs one (default: AWE_API_KEY)');

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

function formatList(page: Orders | PendingOrders): string[] {
  const rows = page.orders.map(
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
  const count = 'total' in page ? `${rows.length} of ${page.total} waiting` : counted(rows.length, 'order');
  return rows.length === 0 ? [count] : [...formatTable(head, rows, { SUBJECT: 60, FROM: 40 }), '', count];
}

function formatOrder({
  order_id,
  status,
  from_email,
  subject,
  draft,
  question,
  decisions,
  exports,
}: OrderDetail): string[] {
  return [
    `${order_id}  ${status}`,
    `  from      ${from_email}: ${subject}`,
    ...(draft ? draftLines(draft) : []),
    ...(question ? [`  waits     until ${question.expires_at}; ETag ${question.digest}`] : []),
    ...decisions.map(
      ({ choice, by, decided_at, channel }) => `  decided   ${choice} by ${by}, ${decided_at} (${channel})`,
    ),
    ...exports.map(({ path }) => `  exported  ${path}`),
  ];
}

function draftLines({ version, delivery, lines, totals, anomalies }: Order): string[] {
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
    ...faultLines(anomalies),
    '',
    ...(rows.length === 0 ? [] : formatTable(head, rows, { DESCRIPTION: 40 })),
    ...(lines.length > SHOWN ? [`… and ${lines.length - SHOWN} more lines (--json shows all)`] : []),
  ];
}

const faultLines = (anomalies: Anomaly[]): string[] =>
  anomalies.map(({ severity, code, line_id, message, evidence: [where] }) => {
    const at = where
      ? ` [${[where.file, where.sheet].filter(Boolean).join(' › ')}${where.cell ? `!${where.cell}` : ''}]`
      : '';
    return `  ${severity.padEnd(9)} ${line_id ? `${line_id} ` : ''}${code}: ${message.en}${at}`;
  });

const summarise = ({ order_id, outcome, repeated, decision, version }: OrderDecided): string =>
  `${order_id} version ${version} ${outcome} by ${decision.by}${repeated ? ' (already)' : ''}`;
